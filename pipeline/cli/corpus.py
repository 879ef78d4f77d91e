"""``entente corpus``: check the gold, write the articles from it, count what there is."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.print import print_note
from pipeline.errors import InputError

app = typer.Typer(
    name="corpus", help="The annotated corpus: check it, build its articles, count it.", no_args_is_help=True
)

GOLD = Path("corpus/gold")
Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE]…", help="Gold files; all of corpus/gold where none is named.")
]


@app.command()
def check(
    files: Files = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Leave the notes out.")] = False,
) -> None:
    """Say everything that is wrong in gold files, as FILE:LINE: what, and how to mend it.

    Notes are worth a look but no mistakes. With all files, also what must hold between them.
    """
    from pipeline.evaluation.gold import find_gold, read_gold

    paths = files or find_gold(GOLD)
    readings = [read_gold(path) for path in paths]
    for reading in readings:
        for problem in reading.problems:
            if not (quiet and problem.is_note):
                print(f"{reading.path}:{problem.line}: {'note: ' if problem.is_note else ''}{problem.text}")
    wrong = sum(len(reading.errors) for reading in readings)
    notes = sum(len(reading.problems) for reading in readings) - wrong
    print_note(f"{len(readings)} file(s), {wrong} mistake(s), {notes} note(s)")
    if wrong:
        raise typer.Exit(InputError.exit_code)
