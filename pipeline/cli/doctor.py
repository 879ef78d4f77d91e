"""``entente doctor``: whether everything is in place."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import typer
from pydantic import AliasChoices
from rich.text import Text

from pipeline.cli.door import PREFIX, load_settings, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, print_json, print_line, print_table, progress
from pipeline.errors import ModelError, StoreError
from pipeline.settings import Settings

_PACKAGES = ("spacy", "sentence-transformers", "torch", "scikit-learn", "sqlalchemy", "psycopg", "prefect", "pydantic")


def doctor(json: Json = False) -> None:
    """Check models, database, settings and versions.

    Models are verified by the digest of every file. The database is started where it does not run.
    """
    from pipeline.jobs.runs import describe_settings

    settings = load_settings()
    with progress("Checking models and database"):
        found: dict[str, Any] = {
            "versions": _find_versions(),
            "settings": {
                name: {"value": value, "from": _origin(name)} for name, value in describe_settings(settings).items()
            },
            "models": _check_models(),
            "database": _check_database(settings),
        }
    problem = _find_problem(found)
    found["ok"] = problem == 0
    print_json(found) if json else _print(found)
    if problem:
        raise typer.Exit(problem)


def _find_versions() -> dict[str, str]:
    versions = {"entente": version("entente"), "python": platform.python_version(), "system": platform.platform()}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "missing"
    return versions


def _origin(name: str) -> str:
    alias = Settings.model_fields[name].validation_alias  # proxies are known by their usual names too
    plain = [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else []
    names = {PREFIX + name.upper(), *plain}
    return "environment" if any(os.environ.get(each) for each in names) else "default"


def _check_models() -> list[dict[str, Any]]:
    from models import check_models

    return [check.model_dump(mode="json") for check in check_models()]


def _check_database(settings: Settings) -> dict[str, Any]:
    from pipeline.jobs.runs import mask_password

    where = mask_password(settings.database_url) if settings.database_url else str(settings.home / "postgres")
    facts = {"kind": "server" if settings.database_url else "embedded", "where": where}
    try:
        with open_store(settings):
            return facts | {"state": "reachable", "detail": ""}
    except StoreError as error:
        return facts | {"state": "unreachable", "detail": str(error)}


def _find_problem(found: dict[str, Any]) -> int:
    """The exit code: a model that is not the pinned one makes wrong records, so it is said first."""
    if any(model["state"] != "verified" for model in found["models"]):
        return ModelError.exit_code
    return StoreError.exit_code if found["database"]["state"] != "reachable" else 0


def _print(found: dict[str, Any]) -> None:
    _print_title("Models")
    columns = [Column("model"), Column("version"), Column("state"), Column("detail", wraps=True, share=1)]
    print_table(columns, [[m["name"], m["version"], _state(m["state"]), m["detail"]] for m in found["models"]])
    _print_title("Database")
    database = found["database"]
    print_table(
        [Column("kind"), Column("state"), Column("where", wraps=True, share=1)],
        [[database["kind"], _state(database["state"]), " ".join([database["where"], database["detail"]]).strip()]],
    )
    _print_title("Settings")
    print_table(
        [Column("setting"), Column("value", wraps=True, share=1), Column("from")],
        [[PREFIX + name.upper(), _say(each["value"]), each["from"]] for name, each in found["settings"].items()],
    )
    _print_title("Versions")
    print_table([Column("what"), Column("version", wraps=True, share=1)], list(found["versions"].items()))
    print_line("Everything is in place." if found["ok"] else "Something is missing; the lines in red say what to do.")


def _print_title(words: str) -> None:
    print_line(Text(words, style="bold blue"))


def _state(state: str) -> Text:
    return Text(state, style="green" if state in {"verified", "reachable"} else "bold red")


def _say(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "(not set)"
    return "(not set)" if value is None else str(value)
