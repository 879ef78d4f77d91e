"""``entente diff RUN RUN``: what an upgrade of the extractor changed."""

from typing import Annotated

import typer
from rich.text import Text

from pipeline.brief.phrases import say_value
from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, print_json, print_line, print_note, print_table, show_id
from pipeline.exports.differences import KindDiff, RecordChange, RunDiff

_COUNTS = [Column("kind"), *(Column(name, justify="right") for name in ("before", "after", "came", "went", "changed"))]
_COUNTS += [Column("fields that changed", wraps=True, share=1)]
_CHANGES = [
    Column("id"),
    Column("change"),
    Column("record", wraps=True, share=2),
    Column("fields", wraps=True, share=1),
]


def diff(
    runs: Annotated[
        list[str],
        typer.Argument(metavar="RUN [RUN]", help="The earlier run and the later one; of one, what it replaced."),
    ],
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="List at most so many.")] = 50,
    json: Json = False,
) -> None:
    """Compare what two runs extracted from the articles that both have read: what came, went and changed.

    Of one run that re-read articles: what it found, with what it found in its place. How a value was found, and how sure
    that is, is no difference.
    """
    from pipeline.exports.run_diff import diff_runs

    if len(runs) > 2:
        raise typer.BadParameter(f"two runs are compared, not {len(runs)}")
    before, after = runs if len(runs) == 2 else (None, runs[0])
    with open_store() as store:
        found = diff_runs(store, before, after, limit=limit)
    if json:
        print_json(found)
    else:
        _print(found)


def _print(found: RunDiff) -> None:
    if not found.articles:
        print_note("The two have no article in common; entente run list shows what ran.")
        return
    revised = f", {found.revised} of them with another text" if found.revised else ""
    alone = [f"{found.only_before} only in the earlier"] if found.only_before else []
    alone += [f"{found.only_after} only in the later"] if found.only_after else []
    print_line(f"Articles compared: {found.articles}{revised}{'; ' + ', '.join(alone) if alone else ''}.")
    print_table(_COUNTS, [_show_kind(kind) for kind in found.kinds])
    if found.changes:
        print_table(_CHANGES, [_show_change(change) for change in found.changes])
    total = sum(kind.came + kind.went + kind.changed for kind in found.kinds)
    if total > len(found.changes):
        print_note(f"{total - len(found.changes):,} more: --limit {total} lists all.")


def _show_kind(kind: KindDiff) -> list[str | Text]:
    fields = ", ".join(f"{say_value(name)} {number}" for name, number in kind.fields.items())
    numbers = (kind.before, kind.after, kind.came, kind.went, kind.changed)
    return [kind.kind, *(f"{number:,}" for number in numbers), fields]


def _show_change(change: RecordChange) -> list[str | Text]:
    style = {"came": "green", "went": "red"}.get(change.change, "yellow")
    fields = ", ".join(_say_field(each.name, each.before, each.after) for each in change.fields)
    return [show_id(change.id), Text(change.change, style=style), change.label, fields]


def _say_field(name: str, before: object, after: object) -> str:
    """``status: planned → signed``; of what is long, how many there were: ``parties: 2 → 3``."""
    if isinstance(before, list) and isinstance(after, list) and len(before) != len(after):
        return f"{say_value(name)}: {len(before)} → {len(after)}"
    plain = not isinstance(before, list | dict) and not isinstance(after, list | dict)
    return f"{say_value(name)}: {_say(before)} → {_say(after)}" if plain else say_value(name)


def _say(value: object) -> str:
    return "none" if value is None else str(value)
