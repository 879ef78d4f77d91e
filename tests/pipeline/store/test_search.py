from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.decisions import NewDecision
from pipeline.enumerations import AgreementKind, ClaimType, Status
from pipeline.store.decisions import decide
from pipeline.store.queries import digest
from pipeline.store.records import load_register
from pipeline.store.search import search, search_newest
from pipeline.store.search_rows import QueryVector, SearchKind, SearchQuery
from pipeline.store.vectors import save_vectors

PACT = "Eastland launched the Osprey Programme for long-range drones. Observers in Norland were not impressed."


@pytest.fixture
def filled_store(store, save):
    """Two articles: of a treaty, with a claim, and of a programme; their rows as the register would show them."""
    save()
    save(
        "https://b.example/2",
        text=PACT,
        published="2024-03",
        name="Osprey Programme",
        kind="capability_programme",
        act="launched",
        parties=("Eastland",),
    )
    return store


def find(store, typed="", **conditions):
    return [(hit.kind.value, hit.label) for hit in search(store, SearchQuery(text=typed, **conditions)).hits]


TREATY, CLAIM, ROW = ("article", "A treaty"), ("claim", 'it "changes everything"'), ("agreement", "Kestrel Treaty")
PROGRAMME = ("agreement", "Osprey Programme")
TABLE = [
    ("kestrel", [TREATY, ROW]),
    ("everything changing", [TREATY, CLAIM]),
    ("lind", [TREATY, CLAIM]),  # a claim is found by its speaker too
    ('"treaty kestrel"', []),
    ('"Kestrel Treaty" OR drones', [TREATY, TREATY, ROW, PROGRAMME]),
    ("norland -kestrel", [TREATY]),
    ("programm*", [TREATY, PROGRAMME]),
    ("long range", [TREATY, PROGRAMME]),
    ("the", []),
    ("' \" - * & | ! ( <-> :*A", []),
]


@pytest.mark.parametrize(("typed", "hits"), TABLE)
def test_words_find_articles_agreements_and_claims(filled_store, typed, hits):
    assert sorted(find(filled_store, typed)) == sorted(hits)


CONDITIONS = [
    ({"party": "NORLAND"}, [ROW]),
    ({"kind": AgreementKind.CAPABILITY_PROGRAMME}, [PROGRAMME]),
    ({"status": Status.SIGNED}, [ROW]),
    ({"type": ClaimType.EVALUATION}, [CLAIM]),
    ({"type": ClaimType.PREDICTION}, []),
    ({"speaker": "mara lind"}, [CLAIM]),
    ({"speaker": "mara lind", "party": "Norland"}, []),
    ({"published_from": "2025-07"}, [TREATY, CLAIM, ROW]),
    ({"published_to": "2024-03-15", "kinds": ("article",)}, [TREATY]),
    ({"published_from": "2024", "published_to": "2024", "kinds": ("claim",)}, []),
    ({"published_from": "1990", "published_to": "2030", "kinds": ("claim",)}, [CLAIM]),
    ({"published_from": "2026"}, []),
    ({"theme": "th-none"}, []),
    ({"authority": "official"}, []),
    ({"publisher": "the example", "kinds": ("claim",)}, [CLAIM]),
    ({"publisher": "Nobody"}, []),
    ({"kinds": ("agreement",)}, [ROW, PROGRAMME]),
]


@pytest.mark.parametrize(("conditions", "hits"), CONDITIONS)
def test_conditions_hold_for_what_they_say_something_of(filled_store, conditions, hits):
    assert sorted(find(filled_store, **conditions)) == sorted(hits)


def test_a_hit_points_at_its_article_and_words(filled_store):
    (claim,) = search(filled_store, SearchQuery(text="changes", kinds=("claim",))).hits
    assert claim.snippet.text == 'it "changes everything"'
    assert [claim.snippet.text[each.start : each.end] for each in claim.snippet.marks] == ["changes"]
    assert (claim.title, claim.published, claim.speaker, claim.word_rank, claim.meaning_rank) == (
        "A treaty", "2025-07-18", "Mara Lind", 1, None,
    )  # fmt: skip
    (row,) = search(filled_store, SearchQuery(text="osprey", kinds=("agreement",))).hits
    assert row.snippet.text == PACT.partition(".")[0]
    assert row.status is Status.OPERATING
    assert search(filled_store, SearchQuery(text="osprey")).is_cut is False


def test_what_an_article_said_before_is_not_found(filled_store, save):
    save(text="Norland stays at home.")
    assert find(filled_store, "kestrel", kinds=("article", "claim")) == []
    assert find(filled_store, "home", kinds=("article",)) == [TREATY]


def test_pages_follow_each_other(filled_store):
    pages = [search(filled_store, SearchQuery(text="norland", limit=1, offset=at)) for at in range(4)]
    assert [page.total for page in pages] == [3, 3, 3, 3]
    assert len({hit.id for page in pages for hit in page.hits}) == 3
    assert pages[3].hits == ()


def test_meaning_joins_by_reciprocal_rank(filled_store):
    near, far = (1.0, 0.0), (0.0, 1.0)
    texts = {
        PACT: near,
        'it "changes everything"': far,
        "Kestrel Treaty. Norland and Sudland signed the Kestrel Treaty on 17 July 2025": near,
    }
    save_vectors(
        filled_store, "r1", {digest(text): np.array(vector, dtype=np.float32) for text, vector in texts.items()}
    )
    page = search(filled_store, SearchQuery(text="kestrel"), QueryVector("r1", near))
    assert page.by_meaning
    ranks = {(hit.kind.value, hit.label, hit.word_rank, hit.meaning_rank) for hit in page.hits}
    assert ("agreement", "Kestrel Treaty", 1, 1) in ranks
    assert ("article", "A treaty", None, 1) in ranks  # the other article, by its passage
    assert page.hits[0].score == pytest.approx(2 / 61, abs=1e-6)
    passage = next(hit for hit in page.hits if hit.word_rank is None and hit.kind is SearchKind.ARTICLE)
    assert passage.snippet.text == PACT
    alone = search(filled_store, SearchQuery(text="kestrel"), QueryVector("r2", near))
    assert not alone.by_meaning


def test_new_is_what_came_in_last(filled_store, save):
    before = datetime.now(UTC)
    hits, number = search_newest(filled_store, SearchQuery(text="norland"))
    assert len(hits) == 3
    save("https://c.example/3", text="Norland again.", published=None)
    fresh, _ = search_newest(filled_store, SearchQuery(text="norland"), after=number)
    assert {hit.kind for hit in fresh} >= {SearchKind.ARTICLE}
    assert all(hit.first_seen >= before for hit in fresh)
    late = before + timedelta(days=1)
    assert search_newest(filled_store, SearchQuery(text="norland"), since=late)[0] == ()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60) | st.text(alphabet="ab-\"'*|&!:<>()\\ OR", max_size=40))
def test_nothing_typed_is_an_error(store, typed):
    assert search(store, SearchQuery(text=typed, kinds=("claim",))).hits == ()


@pytest.mark.parametrize("field", ["id", "agreement"])
def test_what_a_person_rejected_is_found_where_it_is_asked_for(filled_store, field):
    row = next(each for each in load_register(filled_store) if each.name == "Kestrel Treaty")
    record_id = row.id if field == "id" else row.observations[0].agreement_id
    decide(filled_store, NewDecision(who="ana", record_id=record_id, action="reject"))
    assert sorted(find(filled_store, "kestrel")) == [TREATY]
    assert find(filled_store, "", kinds=("agreement",)) == [PROGRAMME]
    assert find(filled_store, "kestrel", review="reject") == [ROW]
