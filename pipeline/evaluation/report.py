"""The report of a trial for people: the scores, and every mistake in its sentence, as one page without scripts."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.errors import InputError
from pipeline.evaluation.extractions import Trial
from pipeline.evaluation.measures import Score
from pipeline.evaluation.mistakes import Mistake, find_mistakes
from pipeline.evaluation.table import Line, list_lines

NAME = "mistakes.html"


class _Part(NamedTuple):
    slug: str
    title: str
    mistakes: list[Mistake]


def write_report(folder: Path, trial: Trial, scores: Sequence[Score], *, split: str) -> Path:
    """Write the report of a trial into a folder, which is made if need be.

    Raises:
        InputError: the split is the test split, whose sentences nobody is to read; or the folder cannot be written.
    """
    if split == "test":
        raise InputError("the test split is read by the scorer alone: take --report away, or use --split dev")
    page = render_report(trial, list_lines(scores), split=split)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); give --report another place") from error
    return folder / NAME


def render_report(trial: Trial, lines: Sequence[Line], *, split: str) -> str:
    """The page: scores, how many mistakes of which sort, then each layer's mistakes article by article."""
    parts = [_Part(s.gold.slug, s.gold.header.title, find_mistakes(s)) for s in trial.articles]
    sorts = Counter((m.layer, m.sort, m.field) for part in parts for m in part.mistakes)
    environment = Environment(loader=PackageLoader("pipeline.evaluation"), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("report.html.j2")
    return template.render(trial=trial, lines=lines, parts=parts, sorts=sorts, split=split, layers=_LAYERS)


_LAYERS = ("agreements", "claims", "entities")
