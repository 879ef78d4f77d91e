"""``entente gold``: what people decided, as marked articles to learn from and as cases that must not come back."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.door import open_store, warn
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_note
from pipeline.errors import InputError

app = typer.Typer(
    name="gold", help="What people decided, as marked articles and regression cases.", no_args_is_help=True
)


@app.command()
def export(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to write NAME.gold; made where it is not there.")
    ],
    split: Annotated[str, typer.Option(metavar="SPLIT", help="train, dev or test: where they stand.")] = "train",
    json: Json = False,
) -> None:
    """Write a gold file for every article that people have gone through whole.

    Gone through is an article each agreement and claim of which is accepted or rejected. One that cannot be written rightly
    is named with the reason, and left out.
    """
    from pipeline.exports.gold_folder import write_gold_folder
    from pipeline.gold.tables import SPLITS
    from pipeline.store.reviewed import stream_reviewed

    if split not in SPLITS:
        raise InputError(f"there is no split {split!r}; there are {', '.join(SPLITS)}")
    with open_store() as store:
        made = [
            each._replace(content=each.content and "")
            for each in write_gold_folder(stream_reviewed(store), folder, split=split)
        ]
    for each in made:
        for problem in each.problems:
            warn(f"{each.name}: {problem}")
    written = [each.name for each in made if each.content is not None]
    if json:
        print_json(
            [{"name": each.name, "is_written": each.content is not None, "problems": each.problems} for each in made]
        )
    print_note(f"{len(written)} article(s) written to {folder}, {len(made) - len(written)} left out")


@app.command()
def regressions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the cases, an article a line (JSON).")],
) -> None:
    """Write what people rejected, with its texts: entente evaluate --regressions FILE says whether any of it is trusted again."""
    from pipeline.exports.regressions import make_cases
    from pipeline.gold.regressions import write_cases
    from pipeline.store.reviewed import stream_rejected

    with open_store() as store:
        number = write_cases(file, make_cases(stream_rejected(store)))
    print_note(f"{number} rejected record(s) written to {file}")
