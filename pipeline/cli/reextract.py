"""``entente reextract``: stored articles are read anew by the present version."""

from datetime import datetime
from typing import Annotated, Any

import typer

from pipeline.cli.door import complain, load_settings, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_line, print_note, progress
from pipeline.errors import ArticleError


def reextract(
    everything: Annotated[bool, typer.Option("--all", help="All articles that another version has read.")] = False,
    article: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="This article; may be given several times.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="What came in since that day (UTC).")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Articles of this publisher.")] = None,
    from_raw: Annotated[
        bool, typer.Option("--from-raw", help="From their kept bytes: what is read otherwise today is a new revision.")
    ] = False,
    batch: Annotated[int, typer.Option(min=1, metavar="N", help="Articles between two links of the register.")] = 32,
    flow: Annotated[bool, typer.Option("--flow", help="Run as a tracked Prefect flow.")] = False,
    json: Json = False,
) -> None:
    """Read stored articles anew, where another version of the pipeline has read them.

    What was extracted before stays until the new extraction is whole. A run that was interrupted goes on where it was.
    Without options: say how many articles are outdated.
    """
    given = {"article_ids": list(article or ()), "since": since, "publisher": publisher}
    if not (everything or any(given.values())):
        _look(as_json=json)
        return
    counts = _run_flow(given, from_raw) if flow else _run_here(given, from_raw, batch)
    for failure in counts.failures:
        complain(f"{failure.address}: {failure.reason}")
    if json:
        print_json(counts.numbers() | {"failures": [failure.model_dump() for failure in counts.failures]})
    else:
        found = f"{counts.agreements} agreements, {counts.claims} claims, {counts.entities} entities"
        print_line(f"Articles: {counts.reread} read anew. Found {found}." if counts.reread else "Nothing was outdated.")
    if counts.failures:
        raise typer.Exit(ArticleError.exit_code)


def _look(*, as_json: bool) -> None:
    from pipeline.jobs.reextract import find_stale
    from pipeline.store.reextractions import StoredFilter, count_unreadable

    settings = load_settings()
    with open_store(settings) as store:
        number = len(find_stale(store, StoredFilter(), settings=settings))
        unreadable = count_unreadable(store)
    if as_json:
        print_json({"outdated": number, "quotes_only": unreadable})
        return
    print_line(f"Articles that another version has read: {number}.")
    if unreadable:
        print_note(f"Of {unreadable} only quotes are left (ENTENTE_KEEP_TEXT_DAYS); they stay as they were read.")
    if number:
        print_note("To read them anew: entente reextract --all")


def _run_here(given: dict[str, Any], from_raw: bool, batch: int) -> Any:  # noqa: ANN401 -- naming its class would load the jobs
    from datetime import UTC

    from pipeline.jobs.reextract import find_stale, reextract_all
    from pipeline.store.reextractions import StoredFilter

    settings = load_settings()
    since = given["since"].replace(tzinfo=UTC) if given["since"] else None
    wanted = StoredFilter(article_ids=tuple(given["article_ids"]), since=since, publisher=given["publisher"])
    with open_store(settings) as store:
        total = len(find_stale(store, wanted, settings=settings))
        with progress("Reading anew", total=total) as step:
            return reextract_all(store, wanted, settings=settings, from_raw=from_raw, batch=batch, on_article=step)


def _run_flow(given: dict[str, Any], from_raw: bool) -> Any:  # noqa: ANN401 -- as above
    from flows.reextract import reextract as run

    since = f"{given['since']:%Y-%m-%d}" if given["since"] else None
    return run(**(given | {"since": since}), from_raw=from_raw)
