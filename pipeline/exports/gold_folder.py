"""A folder of gold files from what people decided; each is read back by the checker before it counts."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.exports.gold import Written, make_gold
from pipeline.gold.read import read_gold
from pipeline.store.streams import Annotated


def write_gold_folder(articles: Iterable[Annotated], folder: Path, *, split: str = "train") -> Iterator[Written]:
    """Write a gold file for each article; gives back each with what keeps it from being one, whose file is not there.

    Raises:
        InputError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for annotated in articles:
            yield _write(make_gold(annotated, split=split), folder)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}); check the path and its permissions"
        ) from error


def _write(made: Written, folder: Path) -> Written:
    path = folder / made.name
    path.unlink(missing_ok=True)  # of an earlier export: what is right no more must not stay
    if made.content is None:
        return made
    path.write_text(made.content, encoding="utf-8")
    errors = read_gold(path).errors
    if errors:
        path.unlink()
        return made._replace(content=None, problems=tuple(each.text for each in errors))
    return made
