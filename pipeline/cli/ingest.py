"""``entente ingest``: articles into the register."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.door import load_settings
from pipeline.cli.options import Json
from pipeline.errors import ArticleError, InputError


def ingest(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH|URL|-…", help="Files, folders (with all below), web addresses, or -."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="When they were published: 2025-09-12, 2025-09 or 2025.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published them.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title (of one article).")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Its address on the web (of one article).")] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The source of the catalogue they are from; without inputs, all it has."),
    ] = None,
    all_sources: Annotated[
        bool, typer.Option("--all", help="What is new in all sources of the catalogue that are enabled.")
    ] = False,
    flow: Annotated[bool, typer.Option("--flow", help="Run as a tracked flow, themes and brief included.")] = False,
    themes: Annotated[bool, typer.Option("--themes", help="Embed what is new and find its themes afterwards.")] = False,
    json: Json = False,
) -> None:
    """Read articles into the register; what is known is skipped.

    With PREFECT_API_URL set, or --flow, it is a tracked flow run. What cannot be read stands in quarantine.
    """
    given = _drop_none(published=published, publisher=publisher, title=title, url=url)
    inputs = inputs or []
    source = _choose_source(inputs, source, is_all=all_sources)
    _check(inputs, given)
    settings = load_settings()
    from pipeline.cli import ingesting

    if ingesting.is_tracked(asked=flow):
        counts = ingesting.run_flow(inputs, given, source=source)
    else:
        counts = ingesting.run_here(inputs, given, source=source, settings=settings, with_themes=themes)
    ingesting.report(counts, as_json=json)
    if counts.failures:
        raise typer.Exit(ArticleError.exit_code)


def _drop_none(**options: str | None) -> dict[str, str]:
    return {name: value for name, value in options.items() if value is not None}


def _choose_source(inputs: list[str], source: str | None, *, is_all: bool) -> str | None:
    """The name to pass on: ``*`` for all."""
    if is_all and (inputs or source is not None):
        raise InputError("--all reads all sources; give it without inputs and without --source")
    if not inputs and source is None and not is_all:
        raise InputError(
            "there is nothing to ingest; give a PATH, a URL, -, --source NAME or --all; see entente ingest --help"
        )
    return "*" if is_all else source


def _check(inputs: list[str], given: Mapping[str, str]) -> None:
    """A title or an address is one article's: given to many, they would all be taken for the same."""
    for name in ("title", "url"):
        if name in given and (len(inputs) != 1 or Path(inputs[0]).is_dir()):
            raise InputError(f"--{name} is one article's, but the inputs may be many; give one file or address with it")
