"""``entente evaluate``: how right the pipeline is, on the annotated corpus."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.corpus import CORPUS, GOLD
from pipeline.cli.door import complain, load_settings
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_note, progress
from pipeline.cli.scores import print_scores
from pipeline.errors import EntenteError, InputError

_GATE = CORPUS / "gate.toml"
REAL = CORPUS / "real"
_SPLITS = ("train", "dev", "test")

Gold = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Measure on the gold files of this folder instead, of that split.")
]
Regressions = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Say instead what of these rejected records is trusted again; fail if any is."),
]
Report = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Write every mistake in its sentence there; not of test.")
]
Real = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Measure on corpus/real instead; its texts are in this folder.")
]


def evaluate(
    split: Annotated[str, typer.Option(metavar="SPLIT", help="train, dev or test.")] = "dev",
    gold: Gold = None,
    regressions: Regressions = None,
    report: Report = None,
    real: Real = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Fail where a figure is below its floor in corpus/gate.toml.")
    ] = False,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to what is reached.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="With --update: floors may fall.")
    ] = False,
    json: Json = False,
) -> None:
    """Run the pipeline on marked articles and say how right it is, layer by layer.

    Intervals are of 95 % over the articles. The test split is scored and never shown.
    """
    if regressions is not None:
        _check_regressions(regressions, as_json=json)
        return
    _check_options(split, report, real or gold, gate or update)
    trial, name = _run(split, real, gold or GOLD)
    from pipeline.evaluation.scores import score_articles

    scores = score_articles(trial.articles)
    _print(scores, trial.describe(name), as_json=json)
    if report is not None:
        from pipeline.evaluation.report import write_report

        print_note(f"mistakes in {write_report(report, trial, scores, split=name)}")
    if update:
        _update(scores, trial.digest, may_fall=allow_regression)
    if gate:
        _check_gate(scores, trial.digest)


def _check_options(split: str, report: Path | None, real: Path | None, is_gated: bool) -> None:
    if split not in _SPLITS:
        raise InputError(f"there is no split {split!r}; there are {', '.join(_SPLITS)}")
    if split == "test" and report is not None:
        raise InputError("the test split is read by the scorer alone: take --report away, or use --split dev")
    if is_gated and (split != "dev" or real is not None):
        raise InputError("the gate is measured on the dev split of the corpus; take --split, --gold and --real away")


def _run(split: str, real: Path | None, gold: Path) -> tuple[Any, str]:
    """The trial (:class:`pipeline.evaluation.extractions.Trial`) and what it is called."""
    from pipeline.evaluation.extractions import choose_split, extract_all
    from pipeline.evaluation.standoff import choose_real
    from pipeline.gold.read import find_gold

    chosen = choose_split(find_gold(gold), split) if real is None else choose_real(REAL, texts=real)
    with progress("Extracting", total=len(chosen.articles)) as step:
        return extract_all(chosen, settings=load_settings(), step=step), split if real is None else "real"


def _check_regressions(path: Path, *, as_json: bool) -> None:
    from pipeline.evaluation.regressions import find_returns
    from pipeline.gold.regressions import load_cases

    cases = load_cases(path)
    with progress("Extracting", total=len(cases)) as step:
        found = find_returns(cases, settings=load_settings(), step=step)
    if as_json:
        print_json(
            [{"article": each.case.article, "id": each.rejected.id, "confidence": each.confidence} for each in found]
        )
    for each in found:
        complain(each.describe())
    print_note(f"{sum(len(each.rejected) for each in cases)} rejected record(s), {len(found)} trusted again")
    if found:
        raise typer.Exit(EntenteError.exit_code)


def _print(scores: Sequence[Any], facts: dict[str, Any], *, as_json: bool) -> None:
    print_json({**facts, "scores": scores}) if as_json else print_scores(scores)
    print_note(f"{facts['articles']} article(s) of {facts['split']}, pipeline {facts['fingerprint']}")


def _update(scores: Sequence[Any], digest: str, *, may_fall: bool) -> None:
    from pipeline.evaluation.gate import load_gate, raise_floors, save_gate

    save_gate(_GATE, raise_floors(load_gate(_GATE), scores, digest=digest, may_fall=may_fall))
    print_note(f"floors written to {_GATE}")


def _check_gate(scores: Sequence[Any], digest: str) -> None:
    from pipeline.evaluation.gate import find_failures, load_gate

    failures = find_failures(load_gate(_GATE), scores, digest=digest)
    for failure in failures:
        complain(failure)
    if failures:
        raise typer.Exit(EntenteError.exit_code)
    print_note("no figure is below its floor")
