import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.records import Agreement, Claim, Entity, Theme
from pipeline.store.articles import load_articles
from pipeline.store.filters import ClaimFilter
from pipeline.store.records import load_claims, load_extraction, load_record, load_register
from pipeline.store.rows import ArticleRow, RegisterPage, ThemeRow
from pipeline.store.themes import save_themes


def test_a_claim_comes_with_its_article(store, save):
    article, _ = save()
    (row,) = load_claims(store)
    shown = row.model_dump(include={"speaker", "content", "cue", "publisher", "published", "article_id", "confidence"})
    assert shown == {
        "speaker": "Mara Lind",
        "content": 'it "changes everything"',
        "cue": None,
        "publisher": "The Example",
        "published": "2025-07-18",
        "article_id": article.id,
        "confidence": 0.7,
    }
    assert article.text[row.spans[0].start : row.spans[0].end] == row.content


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 2),
        ({"speaker": "mara lind"}, 2),
        ({"speaker": "Jon Berg"}, 0),
        ({"text": "EVERYTHING changes"}, 2),
        ({"text": "nothing"}, 0),
        ({"about": "kestrel"}, 2),
        ({"type": "prediction"}, 0),
        ({"min_confidence": 0.71}, 0),
        ({"limit": 1}, 1),
    ],
)
def test_claims_are_asked_for_by_what_is_in_them(store, save, wanted, count):
    save("/1.txt", published="2025-07-01")
    save("/2.txt", text='Mara Lind: it "changes everything", Norland.', published="2025-08")
    rows = load_claims(store, ClaimFilter.model_validate(wanted))
    assert len(rows) == count
    assert [row.published for row in rows] == ["2025-08", "2025-07-01"][:count]


@pytest.fixture
def ids(store, save, make) -> dict[str, str]:
    """One id of each kind."""
    article, _ = save()
    extraction = load_extraction(store, article.id)
    passage = make.passages(article)[0].id
    save_themes(
        store, [Theme(id="th-12345678", label="x", terms=("x",), size=1, members=(passage,), exemplars=(passage,))], "r"
    )
    return {
        "article": article.id,
        "agreement": extraction.agreements[0].id,
        "entity": extraction.entities[0].id,
        "claim": extraction.claims[0].id,
        "row": load_register(store)[0].id,
        "theme": "th-12345678",
    }


KINDS = {
    "article": ArticleRow,
    "agreement": Agreement,
    "entity": Entity,
    "claim": Claim,
    "row": RegisterPage,
    "theme": ThemeRow,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", [6, None])
def test_any_record_is_found_by_its_id_or_the_beginning_of_it_with_the_text_for_its_quotes(store, ids, kind, length):
    found = load_record(store, ids[kind][:length])
    assert (found.id, found.kind, type(found.record)) == (ids[kind], kind, KINDS[kind])
    assert found.text_of(ids["article"]).startswith("Norland and Sudland signed")
    assert type(found).model_validate_json(found.model_dump_json()) is not None


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ("ag-12", InputError, "too short"),
        ("xx-12345", NotFoundError, "ids begin with ar-, ag-"),
        ("ag-00000000", NotFoundError, "Nothing bears the id ag-00000000"),
        ("ag-%%%%%%", NotFoundError, "Nothing bears"),
    ],
)
def test_an_id_that_leads_nowhere_is_said_to(store, ids, asked, error, message):
    with pytest.raises(error, match=message):
        load_record(store, asked)


def test_a_beginning_that_several_ids_share_is_said_to_be_so(store, make):
    themes = [Theme(id=f"th-1234{n}", label="x", terms=(), size=1, members=("cl-1",)) for n in "ab"]
    save_themes(store, themes, "r")
    with pytest.raises(InputError, match="Several ids begin with th-1234: th-1234a, th-1234b"):
        load_record(store, "th-1234")


def test_what_only_an_older_revision_said_is_not_found(store, save, ids):
    save(text="Norland left.", name="Osprey Plan")
    for kind in ("agreement", "claim", "row"):
        with pytest.raises(NotFoundError):
            load_record(store, ids[kind])
    assert load_record(store, ids["entity"]).articles[0].article.revision == 2
    with pytest.raises(NotFoundError, match="has no members any more"):
        load_record(store, ids["theme"])


def test_an_article_that_is_not_there_has_no_extraction(store):
    assert load_articles(store) == []
    with pytest.raises(NotFoundError):
        load_extraction(store, "ar-1")
