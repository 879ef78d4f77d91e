from datetime import UTC, datetime

import pytest

from pipeline.enumerations import Status
from pipeline.errors import NotFoundError
from pipeline.exports.run_diff import diff_runs
from pipeline.records import Article, RawArticle
from pipeline.store.articles import save_article
from pipeline.store.raws import save_raw
from pipeline.store.reextractions import load_stored, save_reextraction
from pipeline.store.runs import start_run


@pytest.fixture
def runs(store, annotated):
    """An ingest of two articles, and a run that read one of them anew: the agreement has a status now, the claim is gone."""
    first, second = (start_run(store, kind, settings={}, versions={}) for kind in ("ingest", "reextract"))
    for number in (1, 2):
        article = Article(id=f"ar-{number}", address=f"/{number}.txt", text=f"{annotated.text}{number}")
        raw = RawArticle(address=article.address, media_type="text/plain", body=b"x", fetched_at=datetime.now(UTC))
        old = annotated.extraction.model_copy(
            update={"article_id": article.id, "entities": (), "agreements": tuple(_rename(annotated, number))}
        )
        old = old if number == 1 else old.model_copy(update={"claims": ()})
        raw_id = save_raw(store, raw).raw_id
        save_article(store, raw_id=raw_id, article=article, extraction=old, passages=(), run_id=first)
    stored = load_stored(store, "ar-1")
    (agreement,) = _rename(annotated, 1)
    signed = agreement.model_copy(update={"status": Status.SIGNED})
    new = annotated.extraction.model_copy(
        update={"article_id": "ar-1", "fingerprint": "f2", "entities": (), "agreements": (signed,), "claims": ()}
    )
    assert save_reextraction(store, stored, new, (), run_id=second)
    return first, second


def _rename(annotated, number):
    return [each.model_copy(update={"id": f"ag-{number}"}) for each in annotated.extraction.agreements]


@pytest.mark.parametrize("is_alone", [True, False])
def test_what_an_upgrade_changed(store, runs, is_alone):
    first, second = runs
    found = diff_runs(store, None if is_alone else first, second[:10])
    assert (found.before, found.after) == (None if is_alone else first, second)
    assert (found.articles, found.revised, found.only_before) == (1, 0, 0 if is_alone else 1)
    counted = {kind.kind: (kind.before, kind.after, kind.came, kind.went, kind.changed) for kind in found.kinds}
    assert counted == {"agreement": (1, 1, 0, 0, 1), "claim": (1, 0, 0, 1, 0), "entity": (0, 0, 0, 0, 0)}
    assert found.kinds[0].fields == {"status": 1}
    assert [(each.kind, each.change) for each in found.changes] == [("agreement", "changed"), ("claim", "went")]
    (field,) = found.changes[0].fields
    assert (field.name, field.before, field.after) == ("status", None, "signed")


def test_all_are_counted_and_some_are_listed(store, runs):
    found = diff_runs(store, *runs, limit=1)
    assert len(found.changes) == 1
    assert sum(kind.changed + kind.went for kind in found.kinds) == 2


def test_a_run_that_there_is_not(store, runs):
    with pytest.raises(NotFoundError, match="rn-zz"):
        diff_runs(store, "rn-zz", runs[1])
