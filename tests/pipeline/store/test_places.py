import pytest

from pipeline.decisions import NewDecision
from pipeline.errors import InputError, NotFoundError
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.places import check_places, load_article_text, load_text
from pipeline.store.records import load_claims
from tests.pipeline.store.conftest import TEXT, cut


@pytest.fixture
def article_id(save):
    return save()[0].id


def test_the_text_is_that_of_now(store, article_id, save):
    assert load_article_text(store, article_id) == TEXT
    save(text="Another text.")
    assert load_article_text(store, article_id) == "Another text."
    with pytest.raises(NotFoundError, match="No article"):
        load_article_text(store, "ar-0")
    with store.begin() as connection:
        assert load_text(connection, "ar-0") is None


@pytest.mark.parametrize("places", [None, [], cut(TEXT, "Norland"), [cut(TEXT, "Norland"), cut(TEXT, "17 July")]])
def test_words_that_stand_there_are_places(store, article_id, places):
    with store.begin() as connection:
        check_places(connection, article_id, places)


def test_words_that_do_not_are_none(store, article_id):
    with pytest.raises(InputError, match="“Norland” does not stand at 1-8"), store.begin() as connection:
        check_places(connection, article_id, [{"start": 1, "end": 8, "text": "Norland"}])


def test_the_content_and_the_cue_of_a_claim_are_corrected_in_lists_too(store, article_id):
    [claim] = load_claims(store)
    for field, value in (("content", [cut(TEXT, "changes everything")]), ("cue", cut(TEXT, "said"))):
        made = decide(store, NewDecision(who="ana", record_id=claim.id, action="correct", field=field, value=value))
        assert made.decision.after == value
    [now] = load_claims(store)
    assert (now.content, now.cue) == ("changes everything", "said")
    assert [each.text for each in now.spans] == ["changes everything"]
    [first, _] = load_decisions(store)
    assert [each["text"] for each in first.before] == ['it "changes everything"']
    wrong = [{"start": 0, "end": 4, "text": "said"}]
    with pytest.raises(InputError, match="does not stand"):
        decide(store, NewDecision(who="ana", record_id=claim.id, action="correct", field="content", value=wrong))
