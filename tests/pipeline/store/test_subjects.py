import pytest
from sqlalchemy import text

from pipeline.errors import InputError, NotFoundError
from pipeline.store.entries import NewEntry, create
from pipeline.store.subjects import find_subject_id, load_article_subjects, load_subjects, make_quotes, resolve_subject


@pytest.fixture
def article(save):
    return save()[0]


def test_a_record_is_what_can_be_decided_of_it(store, article):
    with store.begin() as connection:
        subjects = load_article_subjects(connection, article.id)
        found = load_subjects(connection, [each.record_id for each in subjects])
    assert [each.record_id[:2] for each in subjects] == ["ag", "cl", "en"]
    assert {each.record_id: each for each in subjects} == found
    agreement, claim, entity = subjects
    assert agreement.values["parties"] == [
        {"entity": "Norland", "role": "party"},
        {"entity": "Sudland", "role": "party"},
    ]
    assert (agreement.kind, claim.kind, entity.kind) == ("treaty", "evaluation", "STATE")
    assert (claim.values["speaker"], claim.quote) == ("Mara Lind", 'it "changes everything"')
    assert {(each.article_id, each.extractor, each.text_sha256) for each in subjects} == {
        (article.id, "f1", article.sha256)
    }


def test_rows_and_entries_have_no_article(store, article):
    own = create(store, NewEntry(who="ana", values={"name": "Linden Pact", "kind": "treaty"})).record_id
    with store.begin() as connection:
        row = connection.execute(text("SELECT row_id FROM link")).scalar()
        found = load_subjects(connection, [own, row, "ag-ffffff", "ac-ffffff"])
    assert set(found) == {own, row}
    assert found[own].values["name"] == "Linden Pact"
    assert found[row].article_id is None


def test_an_id_is_found_by_its_beginning(store, article):
    with store.begin() as connection:
        whole = connection.execute(text("SELECT id FROM claim")).scalar()
        assert find_subject_id(connection, whole[:8]) == whole
        for asked, error in (
            ("cl-ffffff", NotFoundError),
            ("cl-1", InputError),
            ("ar-123456", InputError),
            ("claim1", InputError),
        ):
            with pytest.raises(error):
                find_subject_id(connection, asked)
    assert resolve_subject(store, whole[:8]) == whole


def test_a_record_that_is_gone_is_resolved_where_it_was_decided_on(store):
    with store.begin() as connection:
        connection.execute(
            text("INSERT INTO decision (who, \"when\", record_id, action) VALUES ('ana', now(), 'ag-gone00', 'accept')")
        )
    assert resolve_subject(store, "ag-gone00") == "ag-gone00"
    with pytest.raises(NotFoundError):
        resolve_subject(store, "ag-gone")


def test_words_that_name_a_record_are_said_once():
    record = {
        "mentions": [{"text": "the pact"}, {"text": "it"}, {"text": "the pact"}],
        "content": [{"text": "it holds"}],
    }
    assert make_quotes("ag-1", record) == ("the pact", "it")
    assert make_quotes("cl-1", record) == ("it holds",)
    assert make_quotes("rw-1", {}) == ()
