"""``entente precision``: how right each rule is, by what people decided of what it found."""

from typing import Annotated

import typer

from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, print_json, print_note, print_table
from pipeline.errors import InputError


def precision(
    by: Annotated[str, typer.Option(metavar="WHAT", help="rule, or version of the pipeline.")] = "rule",
    json: Json = False,
) -> None:
    """List rules with how much people decided of what they found, how much of it was right, and Wilson's 95 % interval.

    People look at what is doubtful first, so a rule is righter over everything than it is here.
    """
    from pipeline.store.precision import load_mended, load_precision

    if by not in {"rule", "version"}:
        raise InputError(f"{by!r} is nothing to group by: rule and version are")
    with open_store() as store:
        rows, mended = load_precision(store, "version" if by == "version" else "rule"), load_mended(store)
    if json:
        print_json({"precision": rows, "corrected_fields": mended})
        return
    if not rows:
        print_note("Nobody has decided anything: see entente decide --help, or entente review.")
        return
    numbers = ("decided", "right", "corrected", "wrong", "%", "from", "to")
    columns = [Column("kind"), Column(by), *(Column(each, justify="right") for each in numbers)]
    print_table(
        columns,
        [
            [
                each.kind,
                each.by,
                *(str(number) for number in (each.decided, each.right, each.corrected, each.wrong)),
                *(
                    f"{100 * (number or 0):.0f}"
                    for number in (each.precision.value, each.precision.low, each.precision.high)
                ),
            ]
            for each in rows
        ],
    )
