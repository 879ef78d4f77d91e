import pytest

from pipeline.records import Span
from pipeline.review.cards import find_places, list_values, make_card, make_cards, make_marks, show_places
from pipeline.store.reading import ReadRecord
from pipeline.store.standing_rows import Standing

TEXT = 'Norland and Sudland signed the Kestrel Treaty on 17 July 2025. Mara Lind said it "changes everything".'


@pytest.fixture
def read(make):
    article = make.article(text=TEXT)
    records = (make.claim(article), make.agreement(article, parties=("Norland",)), make.entity(article))
    return {each.id[:2]: ReadRecord(record=each, article_id=article.id) for each in records}


def decided(read, **facts):
    return read.model_copy(update={"standing": Standing(**({"record_id": read.record.id, "decision": 7} | facts))})


def test_records_are_numbered_in_the_order_of_the_text(read):
    cards = make_cards(list(read.values()), TEXT)
    assert [(each.number, each.sort) for each in cards] == [(1, "agreement"), (2, "entity"), (3, "claim")]
    assert [each.start for each in cards] == [0, 0, TEXT.index('it "')]
    assert (cards[0].title, cards[0].kind, cards[0].gist) == ("Kestrel Treaty", "treaty", "signed · Norland")
    assert cards[2].gist == "Mara Lind"


@pytest.mark.parametrize(
    ("confidence", "facts", "is_to_check"),
    [(0.79, {}, True), (0.8, {}, False), (0.9, {"is_reopened": True}, True), (0.5, {"review": "accept"}, True)],
)
def test_what_is_less_sure_or_open_again_is_to_be_checked(read, confidence, facts, is_to_check):
    agreement = read["ag"].model_copy(
        update={"record": read["ag"].record.model_copy(update={"confidence": confidence})}
    )
    assert make_card(decided(agreement, **facts), 1, ()).is_to_check is is_to_check
    assert not make_card(read["en"], 1, ()).is_to_check  # nobody has measured how sure one is


def test_a_card_shows_what_a_person_decided(read):
    words = {"start": 4, "end": 11, "text": "changes"}
    facts = {"review": "reject", "fields": {"status": "in_force", "parties": [{"entity": "Westia", "role": "host"}]}}
    card = make_card(decided(read["ag"], **facts), 3, ())
    assert (card.review, card.gist, card.decision) == ("reject", "in force · Westia (host)", 7)
    assert make_card(decided(read["cl"], fields={"content": [words]}), 1, ()).title == "changes"


def test_places_are_a_persons_and_found_again_in_a_changed_text(read):
    assert [each.text for each in find_places(read["en"], TEXT)] == ["Norland"]
    place = {"start": 12, "end": 19, "text": "Sudland", "flags": []}
    entity = decided(read["en"], fields={"mentions": [place]})
    assert [each.start for each in find_places(entity, "So " + TEXT)] == [15]
    assert find_places(entity, "Nothing of it") == []
    [mark] = make_marks([(4, decided(read["en"], review="reject"))], TEXT)
    assert mark == (0, 7, 4, "entity", "reject")


def test_each_value_says_its_words_its_rule_and_how_sure_it_is(read):
    values = {each.control.field: each for each in list_values(read["ag"])}
    [why] = values["parties"].reasons
    assert (why.words, why.rule, why.confidence) == (TEXT.partition(".")[0], "test", 0.8)
    assert values["kind"].reasons[0].words == TEXT.partition(".")[0]
    assert values["subject"].reasons == ()
    corrected = list_values(decided(read["ag"], fields={"kind": "coalition"}, field_reviews={"date": "accept"}))
    kind = next(each for each in corrected if each.control.field == "kind")
    assert (kind.value, kind.found, kind.is_corrected) == ("coalition", "treaty", True)
    assert [each.review for each in corrected if each.control.field == "date"] == ["accept"]
    speaker = next(each for each in list_values(read["cl"]) if each.control.field == "speaker")
    assert speaker.reasons[0].words == "Mara Lind"


def test_a_place_is_shown_with_words_around_it():
    [place] = show_places([Span(start=12, end=19, text="Sudland")], TEXT, around=5)
    assert (place.before, place.words, place.after) == (" and ", "Sudland", " sign")
