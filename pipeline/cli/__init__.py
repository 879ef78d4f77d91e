"""The command line: a module per noun, no logic. Heavy libraries are imported inside the commands that need them."""

from pipeline.cli.app import main

__all__ = ["main"]
