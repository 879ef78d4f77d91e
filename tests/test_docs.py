"""The documents cannot rot: what README shows is run, and every command and setting is described."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
TEXT = "On 12 September 2025 France and Germany signed the Harrowgate Treaty in Lisbon. Officials in Paris said it would hold.\n"


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(group: typer.core.TyperGroup, path: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found += commands(command, f"{path}{name} ") if hasattr(command, "commands") else [f"{path}{name}"]
    return found


@pytest.mark.slow
def test_each_command_of_the_readme_runs_in_its_order(settings, tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    (tmp_path / "folder" / "second.txt").write_text(TEXT.replace("Harrowgate", "Linden"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENTENTE_HOME", str(settings.home))
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("entente ")]
    runner, rows = CliRunner(), ""
    assert len(lines) >= 6
    for line in lines:
        found = re.search(r"rw-[0-9a-f]{16}", rows)
        arguments = [found[0] if word == "ID" and found else word for word in shlex.split(line, comments=True)[1:]]

        result = runner.invoke(app, arguments)

        assert result.exit_code == 0, f"{line}: {result.output}"
        rows += result.output
    assert "Harrowgate Treaty" in rows
    assert (tmp_path / "brief.html").stat().st_size > 1000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "docs/python.md"])
def test_the_python_of_the_documents_runs(name, settings, tmp_path, monkeypatch):
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENTENTE_HOME", str(settings.home))
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    found = blocks("python", (ROOT / name).read_text("utf-8"))
    assert found
    for block in found:
        exec(compile(block, name, "exec"), {})


def test_every_setting_stands_in_the_readme():
    missing = [name for name in Settings.model_fields if f"`ENTENTE_{name.upper()}`" not in README]

    assert missing == []


def test_every_command_stands_in_the_reference():
    reference = (ROOT / "docs" / "cli.md").read_text("utf-8")

    missing = [name for name in commands(typer.main.get_command(app)) if f"entente {name}" not in reference]

    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md"])
def test_links_inside_the_repository_lead_somewhere(name):
    text = (ROOT / name).read_text("utf-8")

    missing = [link for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text) if not (ROOT / link).exists()]

    assert missing == []
