"""The evaluate flow: how right the pipeline is on the annotated corpus, tracked by Prefect."""

from pathlib import Path
from typing import Literal

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.tracked import track
from pipeline.errors import EntenteError
from pipeline.evaluation.extractions import choose_split, extract_all
from pipeline.evaluation.gate import find_failures, load_gate
from pipeline.evaluation.measures import Score
from pipeline.evaluation.scores import score_articles
from pipeline.gold.read import find_gold
from pipeline.settings import Settings

Split = Literal["train", "dev", "test"]
CORPUS = Path(__file__).parents[1] / "corpus"  #: of this clone: a run may start in any directory


@flow(name="evaluate", persist_result=False)
def evaluate(corpus: Path = CORPUS, split: Split = "dev", gate: bool = False) -> dict[str, float | None]:  # noqa: FBT001, FBT002 -- a flow's parameters are given by name
    """Run the pipeline on marked articles and score it, layer by layer.

    Args:
        corpus: its folder: the marked articles in ``gold/``, the floors in ``gate.toml``.
        split: which articles; the floors are of dev.
        gate: fail where a figure is below its floor.

    Returns:
        Each figure by its name; None where there was nothing to measure it on.

    Raises:
        EntenteError: a figure is below its floor.
    """
    with track("evaluate", corpus=str(corpus), split=split, gate=gate):
        scores, digest = score(corpus, split)
        rows = [each.model_dump(include={"name", "value", "low", "high"}) for each in scores]
        create_table_artifact(rows, key="scores", description=f"The {split} split of {corpus}")
        if gate:
            _check(scores, digest, corpus)
    return {each.name: each.value for each in scores}


@task(name="score", cache_policy=NO_CACHE, persist_result=False)
def score(corpus: Path, split: str) -> tuple[list[Score], str]:
    """The figures of a split, and the digest of its marks."""
    chosen = choose_split(find_gold(corpus / "gold"), split)
    trial = extract_all(chosen, settings=Settings(), step=_ignore)
    return list(score_articles(trial.articles)), trial.digest


def _ignore(_: object) -> None:
    """Nobody watches a flow."""


def _check(scores: list[Score], digest: str, corpus: Path) -> None:
    failures = find_failures(load_gate(corpus / "gate.toml"), scores, digest=digest)
    if failures:
        raise EntenteError("; ".join(failures))
