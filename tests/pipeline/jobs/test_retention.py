"""Keeping quotes only: what is left of a text, and what goes on working without the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from pipeline.brief.make import make_brief
from pipeline.jobs.ingest import ingest_all
from pipeline.jobs.link import link_register
from pipeline.jobs.retention import find_due, find_spans, keep_quoted, keep_quotes
from pipeline.settings import Settings
from pipeline.store.articles import load_article, load_articles
from pipeline.store.records import load_claims, load_record, load_register
from pipeline.store.retention import Whole
from pipeline.store.search import search
from pipeline.store.search_rows import SearchQuery
from pipeline.store.upkeep import load_upkeep

TEXT = "It rained. France signed the Lyon Pact on Monday. It was cold.\nRome said no."


def span(words, source=TEXT):
    start = source.index(words)
    return {"start": start, "end": start + len(words), "text": words}


@pytest.mark.parametrize(
    ("entities", "statements", "kept"),
    [
        ((), (), ""),
        ((), ({"acts": [span("signed")]},), "France signed the Lyon Pact on Monday."),
        (({"mentions": [span("Rome")]},), (), "Rome"),
        (({"mentions": [span("France")]},), ({"content": [span("no")]},), "France Rome said no."),
        ((), ({"content": [span("It rained."), span("cold")]},), "It rained. It was cold."),
    ],
)
def test_what_is_left_of_a_text(entities, statements, kept):
    left = keep_quoted(Whole(("ar-1", 1), TEXT, entities, statements))
    assert " ".join(left.split()) == kept
    assert len(left) == len(TEXT)
    assert left.count("\n") == TEXT.count("\n")
    assert all(mine in {theirs, " "} for mine, theirs in zip(left, TEXT, strict=True))


@given(st.text(alphabet="ab. \n", max_size=80), st.data())
def test_every_span_keeps_its_words(source, data):
    places = st.integers(0, len(source))
    spans = data.draw(st.lists(st.tuples(places, places).map(sorted), max_size=5))
    records = tuple({"start": start, "end": end} for start, end in spans)
    for entities, statements in ((records, ()), ((), records)):
        left = keep_quoted(Whole(("ar-1", 1), source, entities, statements))
        assert len(left) == len(source)
        assert all(left[start:end] == source[start:end] for start, end in spans)


def test_spans_are_found_at_any_depth():
    record = {
        "speaker": {"start": 1, "end": 2},
        "parts": [{"start": 3, "end": 4, "name": "x"}, {"start": None}],
        "n": 3,
    }
    assert list(find_spans(record)) == [(1, 2), (3, 4)]


@pytest.mark.slow
def test_the_register_goes_on_without_the_texts(store, settings: Settings, folder):
    with (folder / "mission.txt").open("a", encoding="utf-8") as file:
        file.write("\nThe afternoon was grey, and the harbour lay quiet under the rain.\n")
    ingest_all(store, [str(folder)], settings=settings, given={})
    rows, claims = load_register(store), load_claims(store)
    brief = make_brief(store)
    assert keep_quotes(store, settings=settings).texts == 0  # everything is kept
    aged = settings.model_copy(update={"keep_text_days": 30})
    assert find_due(store, settings=aged).numbers() == {"raws": 0, "texts": 0}
    with store.begin() as connection:
        connection.execute(text("UPDATE revision SET saved_at = saved_at - interval '31 days'"))
        connection.execute(text("UPDATE raw_article SET fetched_at = fetched_at - interval '31 days'"))
    assert find_due(store, settings=aged).numbers() == {"raws": 3, "texts": 3}

    assert keep_quotes(store, settings=aged).numbers() == {"raws": 3, "texts": 3}

    assert keep_quotes(store, settings=aged).numbers() == {"raws": 0, "texts": 0}
    assert load_upkeep(store)["retention"].facts["days"] == 30
    assert (load_register(store), load_claims(store)) == (rows, claims)
    for row in rows:
        assert load_record(store, row.id).id == row.id
    left = [load_article(store, article.id).text for article in load_articles(store)]
    assert any("  " in each for each in left)  # something is gone
    again = make_brief(store)
    assert [line.quote for part in again.sections for line in part.lines] == [
        line.quote for part in brief.sections for line in part.lines
    ]
    assert search(store, SearchQuery(text="Bergen")).hits
    counts = ingest_all(store, [str(folder)], settings=settings, given={})
    assert (counts.new, counts.known, counts.failures) == (0, 3, ())
    assert link_register(store).changed == 0
