"""``entente changes``: everything that is new or different in the register since a day."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.text import Text

from pipeline.brief.phrases import say_day, say_number, say_parties, say_speaker, say_value
from pipeline.cli.brief import parse_day
from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_line, print_note, show_label
from pipeline.store.rows import Changes, DifferingFigure, NewParty, RegisterRow, StatusChange


def changes(
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="From this day on (2025-09-12, UTC); by default since yesterday.")
    ] = None,
    json: Json = False,
) -> None:
    """List what changed in the register: new rows, changes of status, new parties, differing figures.

    New is what the store saw first since then, whenever it was published. The brief chooses its lines from these.
    """
    from pipeline.store.changes import load_changes

    moment = parse_day(since) or datetime.now(UTC) - timedelta(days=1)
    with open_store() as store:
        found = load_changes(store, since=moment)
    if json:
        print_json(found)
    elif lines := list(_list_sections(found)):
        for line in lines:
            print_line(line)
    else:
        print_note(f"Nothing has changed since {say_day(moment)}: entente changes --since DAY looks further back.")


def _list_sections(found: Changes) -> list[Text]:
    sections = (
        ("New agreements", [_show_row(each) for each in found.new_rows]),
        ("Changes of status", [_show_change(each) for each in found.status_changes]),
        ("New parties", [_show_party(each) for each in found.new_parties]),
        ("Differing figures", [_show_figure(each) for each in found.differing_figures]),
        ("New claims", [Text(f"{each.id}  {say_speaker(each.speaker)}: {each.content}") for each in found.new_claims]),
    )
    lines = []
    for words, shown in sections:
        if shown:
            lines += [Text(f"{words}: {len(shown):,}", style="bold blue"), *shown]
    return lines


def _show_row(row: RegisterRow) -> Text:
    parties = say_parties(each for each in row.parties if not each.is_minor and not each.is_past)
    facts = [say_value(row.kind), say_value(row.status), parties]
    return _line(row, " · ".join(each for each in facts if each))


def _show_change(change: StatusChange) -> Text:
    seen = change.observation
    source = ", ".join(part for part in (seen.publisher or seen.title, seen.published) if part)
    return _line(change.row, f"from {say_value(change.before)} to {say_value(change.after)} ({source})")


def _show_party(new: NewParty) -> Text:
    return _line(new.row, f"{new.party.entity}, {say_value(new.party.role)}")


def _show_figure(figure: DifferingFigure) -> Text:
    values = (f"{say_number(each.figure.value)} ({each.observation.published or 'undated'})" for each in figure.values)
    return _line(figure.row, f"{say_value(figure.name)}: {' · '.join(values)}")


def _line(row: RegisterRow, words: str) -> Text:
    return Text.assemble((row.id, "cyan"), "  ", show_label(row.label, is_named=row.name is not None), f": {words}")
