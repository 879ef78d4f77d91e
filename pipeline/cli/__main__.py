"""``python -m pipeline.cli``: the command line, where ``entente`` is not on the path."""

from pipeline.cli.app import main

main()
