"""docs/cli.md says what the command line does: every command, option, setting, exit code and key of the JSON."""

import json
import re
from pathlib import Path

import pytest
import typer

from pipeline.cli.app import app
from pipeline.exports.extraction import ExtractionFile
from pipeline.settings import Settings

TEXT = (Path(__file__).parents[3] / "docs" / "cli.md").read_text("utf-8")
LISTS = ("register", "claims", "entities", "themes", "articles", "quarantine list", "run list")


def find_commands():
    for name, command in typer.main.get_command(app).commands.items():
        below = getattr(command, "commands", None)
        if below:
            yield from ((f"{name} {each}", inner) for each, inner in below.items())
        else:
            yield name, command


@pytest.mark.parametrize(
    ("name", "command"), list(find_commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_is_described(name, command):
    assert f"entente {name}" in TEXT
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option not in TEXT] == []


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_described(field):
    assert f"| `ENTENTE_{field.upper()}` |" in TEXT


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 130])
def test_every_exit_code_is_described(code):
    assert f"\n| {code} | " in TEXT


@pytest.mark.parametrize("command", LISTS)
def test_every_key_of_the_json_is_described(reader, command):
    row = json.loads(reader(*command.split(), "--json").out)[0]
    (line,) = re.findall(rf"^\| `{command}`.*$", TEXT, re.MULTILINE)
    assert [key for key in row if not re.search(rf"[{{ ]{key}\b", line)] == []


def test_every_key_of_an_extraction_is_described():
    (line,) = re.findall(r"^\| `extract`.*$", TEXT, re.MULTILINE)
    assert all(key in line for key in ExtractionFile.model_fields)
