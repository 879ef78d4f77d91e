"""``entente show``: one record with its quotes, or what became of an article."""

from typing import Annotated

import typer

from pipeline.cli.decisions import list_standing
from pipeline.cli.door import open_store
from pipeline.cli.options import Json, RecordId, check_day
from pipeline.cli.pages import show_record
from pipeline.cli.print import print_json, print_line, print_note
from pipeline.errors import InputError
from pipeline.store.rows import FoundRecord


def show(
    record_id: RecordId,
    diff: Annotated[
        bool, typer.Option("--diff", help="What each revision of an article changed in the one before it.")
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Which rule or model made each value, and from which words.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="A row of the register as articles published until DAY tell it.")
    ] = None,
    json: Json = False,
) -> None:
    """Show one record with its quotes in context, or what became of an article.

    Of a row of the register: its parties, what happened when, where its articles differ, what is due, and who says so.
    With --why, which rule or model made each value of it, and from which words; with --diff, what each revision changed.
    """
    from pipeline.store.records import load_record

    if diff:
        _show_revisions(record_id, as_json=json)
        return
    if record_id.startswith("ac-"):
        _show_actor(record_id, as_json=json)
        return
    with open_store() as store:
        found = load_record(store, record_id, as_of=check_day(as_of, "--as-of"))
    if json:
        print_json(found)
        return
    for part in show_record(found):
        print_line(part.text, indent=part.indent)
    for line in list_standing(found.standing):
        print_line(line)
    if why:
        _show_reasons(found)


def _show_actor(actor_id: str, *, as_json: bool) -> None:
    from pipeline.cli.entities import PAGE, print_actor
    from pipeline.store.actor_pages import load_actor

    with open_store() as store:
        found = load_actor(store, actor_id, size=PAGE, page=1)
    print_actor(found, as_json=as_json)


def _show_reasons(found: FoundRecord) -> None:
    from pipeline.cli.reasons import explain_record

    parts = list(explain_record(found))
    if not parts:
        print_note(
            "What it is made of has its reasons: --why shows those of an agreement (ag-…), a claim or an entity."
        )
    for part in parts:
        print_line(part.text, indent=part.indent)


def _show_revisions(article_id: str, *, as_json: bool) -> None:
    from pipeline.cli.diffs import show_diff
    from pipeline.exports.revisions import make_diffs
    from pipeline.store.revisions import load_revisions

    if not article_id.startswith("ar-"):
        raise InputError(f"{article_id} is no article: --diff compares the revisions of one (ar-…)")
    with open_store() as store:
        diffs = make_diffs(load_revisions(store, article_id))
    if as_json:
        print_json(diffs)
    elif not diffs:
        print_note("There is one revision: nothing has changed since the article was first read.")
    for diff in [] if as_json else diffs:
        for part in show_diff(diff):
            print_line(part.text, indent=part.indent)
