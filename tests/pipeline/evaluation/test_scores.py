"""Scores: full marks for the gold itself, none for nothing, and the figures of an independent scorer for all between."""

import os
from pathlib import Path

import pytest

from pipeline.enumerations import EntityType
from pipeline.evaluation.perfect import to_extraction
from pipeline.evaluation.scores import Scored, score_articles
from pipeline.records import Extraction
from tests.pipeline.evaluation.independent import SAME, load_module, load_samples, to_their_gold, to_their_prediction
from tests.pipeline.evaluation.perturbed import perturb

SCORER = os.environ.get("ENTENTE_SCORER_DIR")
_LOW_IS_GOOD = {"row_calibration_error", "claim_calibration_error"}


def score(articles, find, **options):
    return {s.name: s for s in score_articles([Scored(gold, find(gold)) for gold in articles], **options)}


def test_the_gold_itself_has_full_marks(articles):
    values = {name: s.value for name, s in score(articles, to_extraction, draws=0).items() if s.value is not None}
    assert {name: value for name, value in values.items() if value != float(name not in _LOW_IS_GOOD)} == {}
    assert {"row_right_f1", "act_dated_f1", "figure_f1", "due_f1", "claim_hedged", "link_pair_f1"} <= values.keys()


def test_nothing_found_is_nothing_right(articles):
    nothing = Extraction(article_id="ar-x", fingerprint="x")
    values = {name: s.value for name, s in score(articles, lambda _: nothing, draws=0).items()}
    # Linking is measured on the marked agreements too, whatever is found.
    values = {name: value for name, value in values.items() if not name.startswith("gold_")}
    assert {value for name, value in values.items() if name.endswith(("_recall", "_f1"))} <= {0.0, None}
    assert values["row_right_f1"] == 0.0
    assert values["row_right_precision"] is None


def test_intervals_hold_their_figure_and_do_not_change(articles):
    first, again = (score(articles, lambda gold: perturb(gold, seed=3)) for _ in range(2))
    assert first == again
    held = [s for s in first.values() if s.low is not None]
    assert len(held) > 20
    assert all(s.low <= s.value <= s.high for s in held)


def change(arden, kind, fields):
    """The perfect extraction with fields of its first record of a kind changed."""
    found = to_extraction(arden)
    first, *rest = getattr(found, kind)
    return found.model_copy(update={kind: (first.model_copy(update=fields), *rest)})


@pytest.mark.parametrize(
    ("kind", "fields", "worse", "untouched"),
    [
        ("agreements", {"status": None}, ["row_status", "row_right_f1"], ["row_found_f1", "party_f1", "row_kind"]),
        ("agreements", {"parties": ()}, ["party_f1", "row_right_f1"], ["row_status", "act_f1"]),
        ("agreements", {"acts": ()}, ["act_f1", "act_dated_f1"], ["row_right_f1", "figure_f1"]),
        ("agreements", {"figures": ()}, ["figure_f1", "figure_named_f1"], ["row_right_f1", "act_f1"]),
        ("agreements", {"due": ()}, ["due_f1"], ["row_right_f1", "figure_f1"]),
        ("agreements", {"date": "2025"}, ["date_exact"], ["date_lenient", "row_right_f1"]),
        ("agreements", {"name": "Peace of Westland"}, ["row_name", "row_right_f1"], ["row_found_f1"]),
        ("claims", {"hedged": True}, ["claim_hedged"], ["claim_negated", "claim_found_f1"]),
        ("claims", {"negated": True}, ["claim_negated"], ["claim_hedged", "claim_type"]),
        ("claims", {"direct": True}, ["claim_direct"], ["claim_type"]),
        ("claims", {"speaker": None}, ["claim_speaker", "claim_speaker_attributed"], ["claim_type"]),
        ("claims", {"type": "threat_warning"}, ["claim_type"], ["claim_coarse_type", "claim_speaker"]),
        ("entities", {"type": "ORG"}, ["entity_typed_f1", "entity_STATE_f1"], ["entity_exact_f1"]),
        ("entities", {"canonical": "Nowhere"}, ["entity_name_of_exact"], ["entity_typed_f1"]),
        ("entities", {"mentions": ()}, ["entity_exact_recall"], ["entity_exact_precision"]),
    ],
)
def test_a_mistake_is_felt_where_it_belongs(arden, kind, fields, worse, untouched):
    values = {key: s.value for key, s in score([arden], lambda _: change(arden, kind, fields), draws=0).items()}
    assert [key for key in worse if not values[key] < 1] == []
    assert [key for key in untouched if values[key] != 1] == []


def test_linking_is_measured_over_articles(articles):
    def find(gold):
        found = to_extraction(gold)
        bare = {"name": None, "aliases": (), "subject": None, "parties": (), "acts": (), "reference": None}
        unnamed = [row.model_copy(update={**bare, "label": f"what {gold.slug} says"}) for row in found.agreements]
        return found.model_copy(update={"agreements": tuple(unnamed)})

    values = score(articles, find, draws=0)
    assert values["link_pair_recall"].value == 0.0
    assert values["link_bcubed_precision"].value == 1.0


@pytest.mark.skipif(SCORER is None, reason="ENTENTE_SCORER_DIR is not set")
@pytest.mark.parametrize("seed", range(12))
def test_the_independent_scorer_agrees(articles, seed):
    folder = Path(SCORER)
    theirs, adapter = load_module(folder, "score_records"), load_module(folder, "adapt")
    golds = [*load_samples(folder), *articles]
    found = {gold.slug: perturb(gold, seed=seed, rate=0.1 + 0.04 * seed) for gold in golds}
    counts = [
        theirs.doc_counts(to_their_gold(g), to_their_prediction(g, found[g.slug], adapter.adapt), g.text) for g in golds
    ]
    figures = theirs.metrics(counts)
    ours = score(golds, lambda gold: found[gold.slug], draws=0)
    apart = {
        name: (ours[name].value, figures[their])
        for name, their in [*SAME.items(), *((f"entity_{t}_f1", f"ent_f1_{t}") for t in EntityType)]
        if their in figures and round(ours[name].value or 0.0, 3) != round(figures[their], 3)
    }
    assert apart == {}
    assert set(SAME.values()) <= figures.keys()
    assert 0 < ours["row_right_f1"].value < 1
