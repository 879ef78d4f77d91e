"""The measures: which counts make which figure, layer by layer, and how certain each figure is.

Counts are added up over articles first, so an article weighs by what is in it. How certain a figure is, is asked of the
articles too: they are drawn again with replacement many times, and the middle 95 % of the figures is the interval.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from pipeline.enumerations import EntityType
from pipeline.evaluation.confidence import BINS, Array, divide, find_calibration_error
from pipeline.evaluation.facets import FACETS
from pipeline.records import Record

# A thousand draws: the ends of an interval move by less than 0.005 from seed to seed on fifty articles.
DRAWS = 1000
SEED = 20


class Measure(NamedTuple):
    """One figure, or three (precision, recall, F1), from counts."""

    name: str
    layer: str
    kind: Literal["f1", "share", "calibration"]
    right: str
    found: str = ""  #: of a share: of how many
    gold: str = ""


class Score(Record):
    """One figure and its interval."""

    name: str  #: "row_right_f1"
    layer: str
    value: float | None  #: None where there was nothing to measure it on
    low: float | None = None
    high: float | None = None


def _f1(name: str, layer: str, right: str, total: str = "") -> Measure:
    return Measure(name, layer, "f1", right, f"{total or name}.found", f"{total or name}.gold")


def _share(name: str, layer: str, right: str, of: str) -> Measure:
    return Measure(name, layer, "share", right, of)


_PAIRED = "row.paired"
_E, _A, _C, _T = "entities", "agreements", "claims", "confidence"
MEASURES: tuple[Measure, ...] = (
    _f1("entity_exact", _E, "entity.exact", "entity"),
    _f1("entity_typed", _E, "entity.exact.type", "entity"),
    _f1("entity_overlap", _E, "entity.overlap", "entity"),
    _f1("entity_named", _E, "entity.exact.name", "entity"),
    _share("entity_type_of_exact", _E, "entity.exact.type", "entity.exact"),
    _share("entity_type_of_overlap", _E, "entity.overlap.type", "entity.overlap"),
    _share("entity_name_of_exact", _E, "entity.exact.name", "entity.exact"),
    _share("entity_name_of_overlap", _E, "entity.overlap.name", "entity.overlap"),
    *(_f1(f"entity_{t.value}", _E, f"entity.{t.value}.right", f"entity.{t.value}") for t in EntityType),
    _f1("row_found", _A, _PAIRED, "row"),
    _f1("row_right", _A, "row.right", "row"),
    _f1("row_strict", _A, "row.strict", "row"),
    _f1("row_kind_overall", _A, "row.kind", "row"),
    _f1("row_status_overall", _A, "row.status", "row"),
    *(_f1(f"{facet}_overall", _A, f"{facet}_overall.right") for facet in FACETS),
    _share("row_name", _A, "row.name", _PAIRED),
    _share("row_kind", _A, "row.kind", _PAIRED),
    _share("row_status", _A, "row.status", _PAIRED),
    *(_f1(facet, _A, f"{facet}.right") for facet in FACETS),
    _share("date_exact", _A, "date.exact", "date.gold"),
    _share("date_lenient", _A, "date.lenient", "date.gold"),
    _f1("claim_found", _C, "claim.paired", "claim"),
    *(_f1(f"claim_{f}_overall", _C, f"claim.{f}", "claim") for f in ("speaker", "type", "hedged", "negated", "direct")),
    _share("claim_speaker", _C, "claim.speaker", "claim.paired"),
    _share("claim_speaker_attributed", _C, "claim.attributed.speaker", "claim.attributed"),
    _share("claim_type", _C, "claim.type", "claim.paired"),
    _share("claim_coarse_type", _C, "claim.coarse_type", "claim.paired"),
    _share("claim_hedged", _C, "claim.hedged", "claim.paired"),
    _share("claim_negated", _C, "claim.negated", "claim.paired"),
    _share("claim_direct", _C, "claim.direct", "claim.paired"),
    Measure("row_calibration_error", _T, "calibration", "row"),
    Measure("claim_calibration_error", _T, "calibration", "claim"),
    _share("row_trusted_precision", _T, "row.trusted.right", "row.trusted.found"),
    _share("row_trusted_share", _T, "row.trusted.found", "row.found"),
    _share("claim_trusted_precision", _T, "claim.trusted.right", "claim.trusted.found"),
    _share("claim_trusted_share", _T, "claim.trusted.found", "claim.found"),
)


def score_counts(documents: Sequence[Mapping[str, int]], *, draws: int = DRAWS, seed: int = SEED) -> list[Score]:
    """Every measure over some articles, with its 95 % interval over them.

    Args:
        documents: the counts of each article.
        draws: how often the articles are drawn again; 0 leaves the intervals out.
        seed: of the drawing, so that the same counts always give the same intervals.
    """
    names = sorted({name for document in documents for name in document} | set(_find_names()))
    table = np.array([[document.get(name, 0) for name in names] for document in documents], dtype=np.float64)
    table = table.reshape(len(documents), len(names))
    totals = _compute(dict(zip(names, table.sum(axis=0)[:, None], strict=True)))
    drawn = _draw(table, names, draws=draws, seed=seed) if draws and len(documents) > 1 else {}
    layers = {name: measure.layer for measure in MEASURES for name in _find_figures(measure)}
    return [_make_score(name, layers[name], values[0], drawn.get(name)) for name, values in totals.items()]


def _draw(table: Array, names: Sequence[str], *, draws: int, seed: int) -> dict[str, Array]:
    picks = np.random.default_rng(seed).integers(len(table), size=(draws, len(table)))
    weights = np.stack([np.bincount(pick, minlength=len(table)) for pick in picks]).astype(np.float64)
    return _compute(dict(zip(names, (weights @ table).T, strict=True)))


def _make_score(name: str, layer: str, value: float, drawn: Array | None) -> Score:
    if np.isnan(value):
        return Score(name=name, layer=layer, value=None)
    held = drawn[~np.isnan(drawn)] if drawn is not None else np.empty(0)
    if not len(held):
        return Score(name=name, layer=layer, value=float(value))
    low, high = np.quantile(held, [0.025, 0.975])
    return Score(name=name, layer=layer, value=float(value), low=float(low), high=float(high))


def _find_names() -> list[str]:
    bins = [f"{layer}.bin{n}.{what}" for layer in ("row", "claim") for n in range(BINS) for what in _IN_BINS]
    return [*bins, *(name for measure in MEASURES for name in (measure.right, measure.found, measure.gold) if name)]


_IN_BINS = ("found", "right", "thousandths")


def _find_figures(measure: Measure) -> tuple[str, ...]:
    if measure.kind == "f1":
        return (f"{measure.name}_precision", f"{measure.name}_recall", f"{measure.name}_f1")
    return (measure.name,)


def _compute(counts: Mapping[str, Array]) -> dict[str, Array]:
    """Every figure from its counts; a count may be one number or one for each draw."""
    figures: dict[str, Array] = {}
    for measure in MEASURES:
        values: tuple[Array, ...]
        if measure.kind == "f1":
            right, found, gold = counts[measure.right], counts[measure.found], counts[measure.gold]
            values = (divide(right, found), divide(right, gold), divide(2 * right, found + gold))
        elif measure.kind == "share":
            values = (divide(counts[measure.right], counts[measure.found]),)
        else:
            values = (find_calibration_error(measure.right, counts),)
        figures.update(zip(_find_figures(measure), values, strict=True))
    return figures
