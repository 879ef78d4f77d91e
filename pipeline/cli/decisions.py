"""``entente decisions``: who decided what, when, on what words."""

import json as json_module
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from pipeline.cli.door import open_store, warn
from pipeline.cli.options import Json, Limit
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id
from pipeline.decisions import Decision
from pipeline.enumerations import DecisionAction
from pipeline.store.filters import DecisionFilter
from pipeline.store.standing_rows import Standing

_WIDE = [
    Column("no.", justify="right"),
    Column("when"),
    Column("who"),
    Column("what", wraps=True, share=3),
    Column("record"),
    Column("words", wraps=True, share=3),
    Column("batch", wraps=True, share=1),
]
_NARROW = [Column("no.", justify="right"), Column("who"), Column("what", wraps=True, share=1), Column("record")]


def decisions(
    record: Annotated[str | None, typer.Option(metavar="ID", help="On this record, or what it was before.")] = None,
    who: Annotated[str | None, typer.Option(metavar="WHO", help="By this person.")] = None,
    batch: Annotated[str | None, typer.Option(metavar="NAME", help="Of this batch.")] = None,
    orphaned: Annotated[bool, typer.Option("--orphaned", help="Whose record is found no more.")] = False,
    reopened: Annotated[
        bool, typer.Option("--reopened", help="To look at again: text and extracted value have both changed.")
    ] = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List what people decided, the oldest first; with --limit the newest of them."""
    from pipeline.store.decisions import load_decisions
    from pipeline.store.subjects import resolve_subject

    with open_store() as store:
        record_id = resolve_subject(store, record) if record else None
        wanted = DecisionFilter(
            record_id=record_id, who=who, batch=batch, is_orphaned=orphaned, is_reopened=reopened, limit=limit
        )
        found = load_decisions(store, wanted)
    if json:
        print_json(found)
    elif found:
        print_table(_WIDE if is_wide() else _NARROW, [_show(each) for each in found])
    else:
        is_filtered = any((record, who, batch, orphaned, reopened))
        print_note(
            "No decision is like that." if is_filtered else "Nobody has decided anything: see entente decide --help."
        )


def show_decision(made: Decision) -> str:
    """One line: ``12  ana corrected status of ag-…: agreed -> signed``."""
    return f"{made.number}  {made.who}: {_say(made)} ({made.record_id})"


def list_standing(standing: Standing | None) -> list[str]:
    """What is in force of a record, a line each: ``Decided: reject``, ``Decided: status is in_force``."""
    if standing is None:
        return []
    said = [standing.review.value] if standing.review else []
    said += [f"{field} is {_value(value)}" for field, value in standing.fields.items()]
    said += [f"{review} {field}" for field, review in standing.field_reviews.items()]
    said += ["to be looked at again: text and extracted value have both changed"] if standing.is_reopened else []
    lines = [f"Decided: {each}" for each in said] or ["What was decided set no value and no review, or was undone."]
    return [*lines, f"entente decisions --record {standing.record_id} tells by whom and why."]


def show_unseen(unseen: Sequence[Decision]) -> None:
    """Tell who decided of what another decided meanwhile; both are kept."""
    for each in unseen:
        warn(f"meanwhile {show_decision(each)}; both are kept, yours holds")


def _show(made: Decision) -> list[str | Text]:
    number, record_id = str(made.number), show_id(made.record_id)
    if not is_wide():
        return [number, made.who, _say(made), record_id]
    when = f"{made.when:%Y-%m-%d %H:%M}"
    return [number, when, made.who, _say(made), record_id, _short(made.quote or ""), made.batch or ""]


def _say(made: Decision) -> str:
    field = f" {made.field}" if made.field else ""
    say = _SAYINGS.get(made.action)
    return f"{made.action}{field}" + (say(made) if say else "")


def _say_undo(made: Decision) -> str:
    return f" {made.undoes}" + (f": {_value(made.before)} -> {_value(made.after)}" if made.field else "")


_SAYINGS: dict[DecisionAction, Callable[[Decision], str]] = {
    DecisionAction.UNDO: _say_undo,
    DecisionAction.CORRECT: lambda made: f": {_value(made.before)} -> {_value(made.after)}",
    DecisionAction.NOTE: lambda made: f": {_short(str(made.after))}",
    DecisionAction.CREATE: lambda made: f" {_name(made.after)}",
    DecisionAction.MERGE: lambda made: f" {', '.join(made.after['merged'])}",
    DecisionAction.SPLIT: lambda made: f" {', '.join(made.after['split'])}",
}


def _name(values: dict[str, Any]) -> str:
    """What was created: an agreement by its label, an entity by its name, a claim by its words."""
    return str(values.get("label") or values.get("canonical") or _short(values["content"][0]["text"]))


def _value(value: Any) -> str:  # noqa: ANN401 -- JSON
    if value is None or value == []:
        return "none"
    if isinstance(value, list):
        return "; ".join(_value(each) for each in value)
    if isinstance(value, dict) and "entity" in value:
        return f"{value['entity']} ({value.get('role', 'party')})"
    return value if isinstance(value, str) else json_module.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 100 else flat[:99] + "…"
