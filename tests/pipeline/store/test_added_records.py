import pytest

from pipeline.corrections import check_values
from pipeline.store.added_records import PERSON, make_added

PLACE = {"start": 4, "end": 15, "text": "Moor Accord"}


def make(record_id, **values):
    return make_added(record_id, check_values(record_id, values))


def test_an_agreement_stands_on_its_words_with_all_its_parts():
    made = make(
        "ag-1",
        label="Moor Accord",
        kind="treaty",
        status="signed",
        date="2025-07",
        parties=[{"entity": "Norland", "role": "lead"}],
        figures=[{"name": "members", "value": 26}],
        due=[{"date": "2026-06"}],
        mentions=[PLACE],
    )
    assert (made.rule, made.confidence, made.parties[0].rule) == (PERSON, 1.0, PERSON)
    assert {each.text for each in (*made.parties, *made.acts, *made.figures, *made.due)} == {"Moor Accord"}
    assert [(each.act, each.date) for each in made.acts] == [("signed", "2025-07")]  # what its status stands on


@pytest.mark.parametrize(
    ("values", "acts"),
    [({}, []), ({"status": "in_force", "acts": [{"act": "signed"}]}, ["signed"]), ({"status": "agreed"}, ["agreed"])],
)
def test_what_happened_is_as_a_person_says_else_as_the_status_has_it(values, acts):
    made = make("ag-1", label="Moor Accord", kind="treaty", mentions=[PLACE], **values)
    assert [each.act for each in made.acts] == acts


def test_a_claim_and_an_entity():
    claim = make(
        "cl-1", type="evaluation", hedged=True, negated=False, direct=False, speaker="Mara Lind", content=[PLACE]
    )
    assert (claim.speaker.name, claim.content[0].text, claim.cue, claim.confidence) == (
        "Mara Lind",
        "Moor Accord",
        None,
        1,
    )
    assert make("cl-1", type="evaluation", hedged=True, negated=False, direct=False, content=[PLACE]).speaker is None
    entity = make("en-1", type="DOCUMENT", canonical="Moor Accord", mentions=[PLACE])
    assert (entity.rule, entity.mentions[0].start, entity.mentions[0].flags) == (PERSON, 4, ())
