import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.errors import InputError, NotFoundError
from pipeline.store.decisions import decide
from pipeline.store.reading import load_read_record, load_reading, load_story
from tests.pipeline.store.conftest import TEXT


@pytest.fixture
def article(save):
    return save()[0]


def test_an_article_is_read_with_its_records_and_what_was_decided(store, article):
    reading = load_reading(store, article.id)
    assert reading.text.text == TEXT
    assert [each.record.id[:2] for each in reading.records] == ["ag", "cl", "en"]
    with store.begin() as connection:
        row_id = connection.execute(text("SELECT row_id FROM link")).scalar()
    assert [each.row_id for each in reading.records] == [row_id, None, None]
    assert {each.standing for each in reading.records} == {None}
    decide(store, NewDecision(who="ana", record_id=reading.records[1].record.id, action="reject"))
    assert load_reading(store, article.id).records[1].standing.review == "reject"


def test_one_record_is_read_alone_or_with_its_story(store, article):
    first = load_reading(store, article.id).records[0]
    for action in ("accept", "unsure"):
        decide(store, NewDecision(who="ana", record_id=first.record.id, action=action))
    read = load_read_record(store, first.record.id[:10])
    assert (read.record, read.row_id, read.standing.review) == (first.record, first.row_id, "unsure")
    story = load_story(store, first.record.id)
    assert (story.read, story.text) == (read, TEXT)
    assert [each.action for each in story.decisions] == ["unsure", "accept"]


@pytest.mark.parametrize(
    ("function", "asked", "error"),
    [
        (load_reading, "ar-0000000000000000", NotFoundError),
        (load_read_record, "ag-0000000000000000", NotFoundError),
        (load_read_record, "rw-0000000000000000", NotFoundError),
        (load_story, "ag-0", InputError),
    ],
)
def test_what_is_not_there_is_said(store, function, asked, error):
    with pytest.raises(error):
        function(store, asked)
