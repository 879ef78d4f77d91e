import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.enumerations import AgreementKind, Status
from pipeline.jobs.reattach import ReattachCounts, reattach_decisions
from pipeline.records import Agreement, Article, Extraction, RawArticle, Span, make_article_id, make_record_id
from pipeline.store.articles import save_article
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.filters import DecisionFilter
from pipeline.store.raws import save_raw
from pipeline.store.standing import load_standing
from pipeline.store.store import now

ADDRESS = "https://a.example/pact"
FIRST = "Norland and Sudland signed a pact on fisheries. It pleased them."
SECOND = "Norland and Sudland have suspended a pact on fisheries. It pleased nobody."


@pytest.fixture
def read(store):
    """Saves the article with one agreement whose id comes from its anchor, and returns that id."""

    def read_one(words, *, anchor, fingerprint="f1", status="signed", mention="a pact on fisheries"):
        article = Article(id=make_article_id(ADDRESS), address=ADDRESS, text=words)
        start = words.index(mention)
        agreement = Agreement(
            id=make_record_id("ag", article.id, anchor),
            name=None,
            label=anchor,
            kind=AgreementKind.TREATY,
            status=Status(status),
            confidence=0.8,
            mentions=(Span(start=start, end=start + len(mention), text=mention),),
            rule="test",
        )
        raw = RawArticle(address=ADDRESS, media_type="text/plain", body=words.encode(), fetched_at=now())
        extraction = Extraction(article_id=article.id, fingerprint=fingerprint, agreements=(agreement,))
        save_article(store, raw_id=save_raw(store, raw).raw_id, article=article, extraction=extraction, passages=())
        return agreement.id

    return read_one


@pytest.fixture
def standing(store):
    def load(record_id):
        with store.begin() as connection:
            return load_standing(connection, [record_id]).get(record_id)

    return load


def decide_on(store, record_id, action="correct", field="status", value="agreed"):
    return decide(store, NewDecision(who="ana", record_id=record_id, action=action, field=field, value=value)).decision


def test_where_nothing_was_saved_anew_nothing_is_done(store, read):
    decide_on(store, read(FIRST, anchor="pact"))
    assert reattach_decisions(store) == ReattachCounts()


@pytest.mark.parametrize(
    ("again", "is_open"),
    [
        ({"words": SECOND, "status": "suspended"}, True),
        ({"words": SECOND, "status": "signed"}, False),  # the text alone
        ({"words": FIRST, "fingerprint": "f2", "status": "in_force"}, False),  # the extractor alone
        ({"words": SECOND, "status": "agreed"}, False),  # the extractor says what the person says
    ],
)
def test_a_decision_stands_through_revisions_and_new_extractors(store, read, standing, again, is_open):
    record_id = read(FIRST, anchor="pact")
    decide_on(store, record_id)
    words = again.pop("words")
    assert read(words, anchor="pact", **again) == record_id
    assert reattach_decisions(store) == ReattachCounts(articles=1, reopened=int(is_open))
    assert standing(record_id).fields == {"status": "agreed"}
    assert standing(record_id).is_reopened is is_open
    assert reattach_decisions(store) == ReattachCounts()


def test_what_bears_another_id_is_found_by_its_words(store, read, standing):
    old = read(FIRST, anchor="pact")
    decide_on(store, old)
    new = read(FIRST, anchor="the fisheries pact", fingerprint="f2")
    assert new != old
    assert reattach_decisions(store).moved == 1
    assert standing(new).fields == {"status": "agreed"}
    decide_on(store, new, value="in_force")
    assert standing(new).fields == {"status": "in_force"}


def test_what_is_found_no_more_waits_as_an_orphan_and_comes_back(store, read, standing):
    old = read(FIRST, anchor="pact")
    made = decide_on(store, old)
    new = read(FIRST, anchor="pleasure", fingerprint="f2", mention="pleased them")
    assert reattach_decisions(store).orphaned == 1
    assert load_decisions(store, DecisionFilter(is_orphaned=True)) == [made]
    assert standing(new) is None
    assert read(SECOND, anchor="pact", fingerprint="f1") == old
    assert reattach_decisions(store).orphaned == 0
    assert load_decisions(store, DecisionFilter(is_orphaned=True)) == []
    assert standing(old).fields == {"status": "agreed"}


def test_what_breaks_off_is_taken_up_again(store, read):
    record_id = read(FIRST, anchor="pact")
    decide_on(store, record_id)
    read(SECOND, anchor="pact")
    with store.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM decided_article WHERE is_stale")).scalar() == 1
    reattach_decisions(store)
    with store.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM decided_article WHERE is_stale")).scalar() == 0
