from datetime import UTC, datetime

import pytest

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction, Review
from pipeline.records import AUTHOR
from pipeline.store import streams
from pipeline.store.actors import load_entities
from pipeline.store.articles import load_articles
from pipeline.store.decisions import decide
from pipeline.store.filters import ArticleFilter, ClaimFilter, RegisterFilter
from pipeline.store.records import load_claims
from pipeline.store.register import load_register
from pipeline.store.streams import (
    stream_annotated,
    stream_articles,
    stream_claims,
    stream_entities,
    stream_observations,
    stream_register,
)

TEXT = 'Norland and Sudland signed the Kestrel Treaty on 17 July 2025. Mara Lind said it "changes everything".'


@pytest.fixture
def several(save, monkeypatch):
    """Seven articles, read three at a time."""
    monkeypatch.setattr(streams, "_BATCH", 3)
    monkeypatch.setattr(streams, "_TEXTS", 3)
    names = ["Kestrel Treaty", "Harrier Pact"]
    return [
        save(f"https://a.example/{n}", text=f"{TEXT} {n}", published=f"2025-07-{10 + n}", name=names[n % 2])[0]
        for n in range(7)
    ]


def records(stream):
    return [item.record for item in stream]


def test_lists_come_whole_and_in_their_order(store, several):
    assert records(stream_claims(store)) == load_claims(store)
    assert records(stream_articles(store)) == load_articles(store)
    assert {row.id for row in records(stream_register(store))} == {row.id for row in load_register(store)}
    assert records(stream_entities(store)) == load_entities(store)
    assert [each.article.id for each in stream_annotated(store)] == [row.id for row in load_articles(store)]


def test_filters_and_limits_hold(store, several):
    assert len(records(stream_claims(store, ClaimFilter(limit=4)))) == 4
    assert records(stream_claims(store, ClaimFilter(speaker=AUTHOR))) == []
    assert len(records(stream_articles(store, ArticleFilter(published_from="2025-07-14", limit=2)))) == 2
    (row,) = records(stream_register(store, RegisterFilter(text="kestrel")))
    assert row.name == "Kestrel Treaty"
    assert len(records(stream_register(store, RegisterFilter(limit=1)))) == 1


def test_observations_know_their_row(store, several):
    found = list(stream_observations(store, RegisterFilter(text="harrier")))
    assert len(found) == 3
    assert {item.row_id for item in found} == {row.id for row in load_register(store, RegisterFilter(text="harrier"))}


def test_what_a_person_decided_is_said(store, several):
    first, second = load_claims(store)[:2]
    reject = NewDecision(who="ana", record_id=first.id, action=DecisionAction.REJECT)
    correct = NewDecision(
        who="ana", record_id=second.id, action=DecisionAction.CORRECT, field="type", value="prediction"
    )
    for decision in (reject, correct):
        decide(store, decision)
    assert first.id not in {record.id for record in records(stream_claims(store))}
    found = list(stream_claims(store, with_rejected=True))
    assert [item.review for item in found[:3]] == [Review.REJECT, None, None]
    assert [item.is_rejected for item in found[:2]] == [True, False]
    assert found[1].record.type == "prediction"
    annotated = next(each for each in stream_annotated(store) if each.article.id == first.article_id)
    assert annotated.standing[first.id].review is Review.REJECT


def test_texts_come_with_what_was_extracted(store, several):
    annotated = next(iter(stream_annotated(store)))
    for record in annotated.extraction.claims:
        assert all(annotated.text[span.start : span.end] == span.text for span in record.content)
    assert annotated.article.first_seen <= datetime.now(UTC)
