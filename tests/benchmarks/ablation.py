"""What each part of the extraction is worth: the dev split scored by the rules alone, by all, and by all but one part.

    python tests/benchmarks/ablation.py [--real TEXTS]

Run where corpus/ is; with --real, on the real documents. The table goes to docs/evaluation.md by hand, with its day.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.cli.corpus import GOLD
from pipeline.cli.evaluate import REAL
from pipeline.evaluation.articles import to_article
from pipeline.evaluation.extractions import Chosen, choose_split
from pipeline.evaluation.scores import Scored, score_articles
from pipeline.evaluation.standoff import choose_real
from pipeline.extraction import settle, settled_claims
from pipeline.extraction.extract import add_components, add_rules
from pipeline.gold.read import find_gold
from pipeline.language.model import load_base
from pipeline.road import extract_article
from pipeline.settings import Settings

SHOWN = (
    "row_found_f1",
    "party_f1",
    "row_status",
    "act_f1",
    "figure_f1",
    "row_right_f1",
    "claim_found_f1",
    "claim_speaker_attributed",
    "claim_type",
)


def keep_parties(row: dict[str, Any], *_: object) -> list[float]:
    """The rules' parties as they are."""
    return [0.9] * len(row["parties"])


def keep_acts(_doc: object, rows: list[dict[str, Any]], *_: object) -> list[float]:
    """The rules' acts as they are."""
    return [0.5] * len(rows)


PARTS: dict[str, list[tuple[Any, str, Any]]] = {
    "mentions": [(settle, "DEFAULTS", settle.Thresholds(keep=0.0, new=2.0, again=2.0))],
    "parties": [(settle, "_settle_parties", keep_parties)],
    "acts": [(settle, "settle_acts", keep_acts)],
    "status": [(settle, "settle_status", keep_acts)],
    "figures": [(settle, "settle_figures", lambda *_: None)],
    "claims": [(settle, "settle_claims", lambda *_: None)],
    "speakers": [(settled_claims, "_ask_voice", lambda *_: None)],
}


@contextmanager
def patched(changes: list[tuple[Any, str, Any]]) -> Iterator[None]:
    """Some names of modules changed for a while."""
    before = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def score(nlp: Any, chosen: Chosen) -> dict[str, float | None]:
    """The figures that are shown."""
    found = [Scored(gold, extract_article(nlp, to_article(gold), fingerprint="ablation")) for gold in chosen.articles]
    scores = {each.name: each.value for each in score_articles(found)}
    return {name: scores[name] for name in SHOWN}


def main() -> None:
    """Score and print one line a variant."""
    real = Path(sys.argv[2]) if sys.argv[1:2] == ["--real"] else None
    chosen = choose_split(find_gold(GOLD), "dev") if real is None else choose_real(REAL, texts=real)
    settings = Settings()
    whole = add_components(load_base(settings))
    print("variant", *SHOWN, sep=" | ")
    show("rules alone", score(add_rules(load_base(settings)), chosen))
    show("all", score(whole, chosen))
    for name, changes in PARTS.items():
        with patched(changes):
            show(f"all but {name}", score(whole, chosen))


def show(variant: str, scores: dict[str, float | None]) -> None:
    """One line of the table."""
    print(variant, *("-" if value is None else f"{value:.3f}" for value in scores.values()), sep=" | ")


if __name__ == "__main__":
    main()
