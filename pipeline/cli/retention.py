"""``entente retention``: keeping quotes only."""

from typing import Annotated

import typer

from pipeline.cli.door import load_settings, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_line, print_note, progress


def retention(
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it now. What is let go comes back from a backup only.")
    ] = False,
    json: Json = False,
) -> None:
    """Say what is older than ENTENTE_KEEP_TEXT_DAYS and still there whole; with --apply, keep of it the quotes only.

    The flow ``upkeep`` does so every day. Without that setting everything is kept.
    """
    from pipeline.jobs.retention import find_due, keep_quotes

    settings = load_settings()
    with open_store(settings) as store, progress("Looking for old texts"):
        found = (keep_quotes if apply else find_due)(store, settings=settings)
    days = settings.keep_text_days
    if json:
        print_json({"keep_text_days": days, "applied": apply, **found.numbers()})
    elif days is None:
        print_line("Everything is kept: ENTENTE_KEEP_TEXT_DAYS is not set.")
    else:
        what = "let go" if apply else "older"
        print_line(
            f"Quotes only after {days} days. {what.capitalize()}: {found.texts} texts, {found.raws} fetched pages."
        )
        if not apply and (found.texts or found.raws):
            print_note("To keep of them the quotes only: entente retention --apply")
