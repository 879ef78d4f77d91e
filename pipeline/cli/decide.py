"""``entente decide``: what a person thinks of records; each is kept with who, when and the words, and can be undone."""

import getpass
from typing import Annotated, Any

import typer

from pipeline.cli.decisions import show_decision, show_unseen
from pipeline.cli.door import open_store, warn
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_line
from pipeline.decisions import Decision, NewDecision
from pipeline.enumerations import AgreementKind, DecisionAction, Status
from pipeline.errors import InputError

app = typer.Typer(name="decide", help="Accept, reject or correct what was extracted; merge, split, add and undo.")

Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of rows, agreements, claims or entities.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="An id, or its beginning.")]
Who = Annotated[str | None, typer.Option("--as", metavar="WHO", help="Who decides; by default your login name.")]
Quote = Annotated[
    str | None, typer.Option(metavar="WORDS", help="The words that it stands on; the record's by default.")
]
Batch = Annotated[str | None, typer.Option(metavar="NAME", help="A name to find and undo several decisions by.")]
FieldName = Annotated[str | None, typer.Option("--field", metavar="NAME", help="Only this field of it.")]
Expected = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER", min=0, help="The newest decision on it that you saw (0: none): you are told of later ones."
    ),
]


@app.command(name="accept")
def accept(
    record_ids: Ids,
    field: FieldName = None,
    quote: Quote = None,
    batch: Batch = None,
    expected: Expected = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Say that records, or one field of them, are right."""
    _review(DecisionAction.ACCEPT, record_ids, _Facts(field, quote, batch, expected, who), as_json=json)


@app.command(name="reject")
def reject(
    record_ids: Ids,
    field: FieldName = None,
    quote: Quote = None,
    batch: Batch = None,
    expected: Expected = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Say that records, or one field of them, are wrong; a rejected record counts nowhere."""
    _review(DecisionAction.REJECT, record_ids, _Facts(field, quote, batch, expected, who), as_json=json)


@app.command(name="unsure")
def unsure(
    record_ids: Ids,
    field: FieldName = None,
    quote: Quote = None,
    batch: Batch = None,
    expected: Expected = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Say that one has looked at records, or one field of them, and cannot tell."""
    _review(DecisionAction.UNSURE, record_ids, _Facts(field, quote, batch, expected, who), as_json=json)


@app.command(name="correct")
def correct(
    record_id: Id,
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="status, kind, date, parties, name, speaker, hedged, …")
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="'France (lead); Germany', 2025-07, none, or JSON.")],
    quote: Quote = None,
    batch: Batch = None,
    expected: Expected = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Put another value in place of what was extracted, which is kept beside it."""
    from pipeline.reading.cells import read_cell

    facts = _Facts(field, quote, batch, expected, who)
    _decide([_make(DecisionAction.CORRECT, record_id, facts, read_cell(field, value))], as_json=json)


@app.command(name="note")
def note(
    record_id: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be remembered of it.")],
    field: FieldName = None,
    quote: Quote = None,
    batch: Batch = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Add a note to a record."""
    _decide([_make(DecisionAction.NOTE, record_id, _Facts(field, quote, batch, None, who), text)], as_json=json)


@app.command(name="merge")
def merge(record_ids: Ids, quote: Quote = None, batch: Batch = None, who: Who = None, json: Json = False) -> None:
    """Say that rows or observations (or entities) are one, for good: in new articles and after re-extraction too."""
    from pipeline.jobs.decide import merge_records
    from pipeline.store.judgements import NewJudgement

    new = NewJudgement(who=find_who(who), record_ids=tuple(record_ids), quote=quote, batch=batch)
    with open_store() as store:
        made = merge_records(store, new)
    _show([made], as_json=json)


@app.command(name="split")
def split(
    record_ids: Ids,
    row: Annotated[
        str | None, typer.Option("--from", metavar="ID", help="Where they do not belong; by default where they stand.")
    ] = None,
    quote: Quote = None,
    batch: Batch = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Say that observations (ag-…) do not belong in their row, or entities (en-…) to their actor, for good."""
    from pipeline.jobs.decide import split_records
    from pipeline.store.judgements import NewJudgement

    new = NewJudgement(who=find_who(who), record_ids=tuple(record_ids), row_id=row, quote=quote, batch=batch)
    with open_store() as store:
        made = split_records(store, new)
    _show([made], as_json=json)


@app.command(name="create")
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The agreement's name, or a label with --unnamed.")],
    kind: Annotated[AgreementKind, typer.Option(case_sensitive=False, help="What sort of arrangement it is.")],
    unnamed: Annotated[bool, typer.Option("--unnamed", help="It has no name: NAME only labels it.")] = False,
    status: Annotated[Status | None, typer.Option(case_sensitive=False, help="How it stands.")] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Any other field: --set 'parties=France (lead); Germany'"),
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="TEXT", help="From where you have it.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it can be read.")] = None,
    quote: Quote = None,
    batch: Batch = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Enter an agreement that no article told of; it stands in the register, marked as a person's."""
    from pipeline.jobs.decide import create_entry
    from pipeline.store.entries import NewEntry

    fields: dict[str, Any] = {"label": name, "kind": kind.value, "status": status.value if status else None}
    fields |= ({} if unnamed else {"name": name}) | read_pairs(values)
    new = NewEntry(who=find_who(who), values=fields, source=source, url=url, quote=quote, batch=batch)
    with open_store() as store:
        made = create_entry(store, new)
    _show([made], as_json=json)


@app.command(name="undo")
def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="Of a decision; of an undo, to bring back.")
    ] = None,
    batch: Annotated[str | None, typer.Option(metavar="NAME", help="All decisions of this batch.")] = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Undo a decision or a whole batch; what was undone stays in the log, and can be brought back."""
    from pipeline.jobs.decide import undo_decision

    what = batch if number is None else number
    if what is None or (number is not None and batch is not None):
        raise InputError("say what to undo: NUMBER or --batch NAME; see entente decisions")
    with open_store() as store:
        done = undo_decision(store, what, who=find_who(who))
    for left, reason in sorted(done.left.items()):
        warn(f"decision {left} {reason}")
    _show(list(done.made), as_json=json)


class _Facts:
    """What the options of a decision say."""

    def __init__(
        self, field: str | None, quote: str | None, batch: str | None, expected: int | None, who: str | None
    ) -> None:
        self.facts = {"field": field, "quote": quote, "batch": batch, "expected": expected, "who": find_who(who)}


def find_who(given: str | None) -> str:
    """Who decides: what ``--as`` says, else the login name.

    Raises:
        InputError: there is neither.
    """
    if given and given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # a container's user without a name
        raise InputError("your login has no name: say who you are with --as WHO") from error


def read_pairs(pairs: list[str] | None) -> dict[str, Any]:
    """``FIELD=VALUE`` options as values of fields.

    Raises:
        InputError: one has no ``=``, or a value that cannot be.
    """
    from pipeline.reading.cells import read_cell

    return {field: read_cell(field, value) for field, value in split_pairs(pairs).items()}


def split_pairs(pairs: list[str] | None) -> dict[str, str]:
    """``NAME=VALUE`` options, by name.

    Raises:
        InputError: one has no ``=``.
    """
    found = {}
    for pair in pairs or []:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise InputError(f"{pair} is no pair: write NAME=VALUE")
        found[name.strip()] = value
    return found


def _review(action: DecisionAction, record_ids: list[str], facts: _Facts, *, as_json: bool) -> None:
    _decide([_make(action, each, facts) for each in record_ids], as_json=as_json)


def _make(action: DecisionAction, record_id: str, facts: _Facts, value: Any = None) -> NewDecision:  # noqa: ANN401 -- JSON
    return NewDecision.model_validate({"record_id": record_id, "action": action, "value": value} | facts.facts)


def _decide(wanted: list[NewDecision], *, as_json: bool) -> None:
    from pipeline.store.decisions import decide_all

    with open_store() as store:
        made = decide_all(store, wanted)
    for each in made:
        show_unseen(each.unseen)
    _show([each.decision for each in made], as_json=as_json)


def _show(made: list[Decision], *, as_json: bool) -> None:
    if as_json:
        print_json(made)
        return
    for each in made:
        print_line(show_decision(each))
