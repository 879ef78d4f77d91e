"""``entente import``: a spreadsheet of agreements that people keep beside the articles."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.decide import Who, find_who, split_pairs
from pipeline.cli.door import complain, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_line, print_note
from pipeline.errors import ArticleError, InputError
from pipeline.jobs.counts import ImportReport
from pipeline.reading.days import DayOrder


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv, .tsv or .xlsx with one line of headers.")],
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What a column is; without a FIELD it is left out."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="What lines that do not say it have: --set kind=treaty"),
    ] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help="Of an .xlsx; by default its first.")] = None,
    day_first: Annotated[bool, typer.Option("--day-first", help="3/4/2025 is the third of April.")] = False,
    month_first: Annotated[bool, typer.Option("--month-first", help="3/4/2025 is the fourth of March.")] = False,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="What its lines are found by again; by default the file's name.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Say what would come in and what is wrong; import nothing.")
    ] = False,
    who: Who = None,
    json: Json = False,
) -> None:
    """Import a spreadsheet of agreements: new lines are entered, changed ones corrected, the same file again does nothing."""
    from pipeline.jobs.imports import ImportOptions, import_agreements

    options = ImportOptions(
        who=find_who(who),
        sheet=sheet,
        columns=split_pairs(columns),
        defaults=split_pairs(values),
        order=_find_order(day_first, month_first),
        source=source,
        is_check=check,
    )
    with open_store() as store:
        report = import_agreements(store, file, options)
    _say(report, file.name, as_json=json)
    if report.bad:
        raise typer.Exit(ArticleError.exit_code)


def _find_order(day_first: bool, month_first: bool) -> DayOrder | None:
    if day_first and month_first:
        raise InputError("say --day-first or --month-first, not both")
    return DayOrder.DAY_FIRST if day_first else DayOrder.MONTH_FIRST if month_first else None


def _say(report: ImportReport, name: str, *, as_json: bool) -> None:
    for each in report.bad:
        complain(f"{name}, line {each.number}: {each.problem}")
    if as_json:
        print_json(report)
        return
    would = "would be " if report.is_check else ""
    counts = f"{report.new} {would}new, {report.changed} {would}changed, {report.same} as before"
    print_line(f"{counts}, {len(report.bad)} bad.")
    if report.left:
        print_note(f"Not read: {', '.join(report.left)}; --map COLUMN=FIELD says what a column is.")
    if report.batch:
        print_note(f"To take it back: entente decide undo --batch '{report.batch}'")
