"""What the strict reader makes of a gold file, and what it says of a wrong one."""

import re

import pytest
from pydantic import BaseModel

from pipeline.enumerations import Basis, MentionFlag, PartyRole
from pipeline.errors import InputError
from pipeline.gold.read import find_gold, load_gold, read_gold
from pipeline.records import AUTHOR, Span


def find_spans(record):
    if isinstance(record, Span):
        yield record
    elif isinstance(record, BaseModel):
        for name in type(record).model_fields:
            yield from find_spans(getattr(record, name))
    elif isinstance(record, tuple):
        for each in record:
            yield from find_spans(each)


def test_a_right_file_has_nothing_but_notes(arden):
    assert arden.text.startswith("ARDEN, 13 March – Norland and Sudland signed the Arden Treaty on Wednesday. Mara")
    assert arden.text.endswith("The headquarters should wait.\n")
    assert "{" not in arden.text


def test_every_span_is_the_text_s_own_words(articles):
    for article in articles:
        spans = list(find_spans(article))
        assert len(spans) > 10
        assert all(article.text[span.start : span.end] == span.text for span in spans)


def test_entities_have_their_mentions(arden):
    norland = arden.entities[0]
    assert [(m.text, m.flags) for m in norland.mentions] == [("Norland", ()), ("Norlandish", (MentionFlag.ADJECTIVAL,))]


def test_agreements_have_what_belongs_to_them(arden):
    treaty, headquarters = arden.agreements
    assert [m.text for m in treaty.mentions] == ["the Arden Treaty", "the treaty"]
    assert [(p.actor, p.role) for p in headquarters.actors] == [
        ("Norland", PartyRole.LEAD),
        ("Sudland", PartyRole.LEAD),
    ]
    assert [(x.act, x.basis, x.span and x.span.text) for x in treaty.acts] == [
        ("signed", Basis.STATED, "signed"),
        ("rejected", Basis.STATED, "did not reject"),
        ("entered_into_force", Basis.PRESUPPOSED, None),
    ]
    assert [(f.name, f.value, f.span.text) for f in treaty.figures] == [("ships", 26.0, "26 ships")]
    assert [(d.date, d.span.text) for d in treaty.due] == [("2027", "by 2027")]
    assert headquarters.names == ("joint headquarters in Arden",)


def test_claims_have_their_parts_and_speakers(articles):
    told = [
        ([part.text for part in claim.content], claim.speaker_name, claim.speaker_span and claim.speaker_span.text)
        for article in articles
        for claim in article.claims
    ]
    assert told == [
        (["it will make Norlandish and Sudlandish ports safer"], "Mara Lind", "Mara Lind"),
        (["It may never open", "and nobody will miss it"], "a harbour official", "a harbour official"),
        (["The headquarters should wait"], AUTHOR, None),
        (["leave it for good"], None, None),
        (["That door is closed"], AUTHOR, None),
        (["the 32 ships will rust"], AUTHOR, None),
    ]


def test_all_mistakes_are_said_at_once(change):
    path = change(
        '"wire"',
        '"wires"',
        "+adjectival",
        "+adjective",
        '"treaty", status',
        '"treatise", status',
        '"e5", cue',
        '"e55", cue',
    )
    assert [problem.line for problem in read_gold(path).errors] == [7, 11, 25, 37]


def test_one_broken_record_is_one_mistake(change):
    """What points at it is not called unknown."""
    assert len(read_gold(change('type = "PERSON"', 'type = "PERSONS"')).errors) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++\n[entities]", "++\n[entities]", "three lines must be exactly +++"),
        ("signed}", "signed}\r", "carriage return"),
        ("signed}", "signed}\t", "a tab"),
        ("+++\ntitle", "+++\ntitle title", "the head is no TOML"),
    ],
)
def test_the_form_of_the_file(change, old, new, said):
    assert said in str(read_gold(change(old, new)).errors)


def test_a_name_left_unmarked_is_a_note(change):
    (note,) = read_gold(change("Mara", "Mara")).problems
    assert note.is_note
    assert note.line == 15
    assert note.text.startswith('"Norland" is marked as e1 elsewhere but not here')


def test_half_a_word_is_a_note(change):
    notes = read_gold(change("{e2 Sudland}", "{e2 Sud}land")).problems
    assert any("within a word" in note.text and note.is_note for note in notes)


@pytest.mark.parametrize("name", ["arden.gold", "90-arden.gold", "901-Arden.gold", "901-arden.txt"])
def test_a_file_s_name_has_a_number_and_words(change, tmp_path, name):
    path = change("Mara", "Mara").rename(tmp_path / name)
    assert "is no name for a gold file" in str(read_gold(path).errors)


def test_what_cannot_be_read(tmp_path):
    assert "cannot be read" in read_gold(tmp_path / "901-none.gold").errors[0].text
    path = tmp_path / "901-latin.gold"
    path.write_bytes("+++\ntitle = 'é'".encode("latin-1"))
    assert "is not UTF-8" in read_gold(path).errors[0].text


def test_loading_names_the_first_mistake(change):
    with pytest.raises(InputError, match=re.escape("901-arden-treaty.gold:7: ")):
        load_gold([change('"wire"', '"wires"')])


def test_a_folder_without_gold(tmp_path):
    with pytest.raises(InputError, match=r"has no \.gold file"):
        find_gold(tmp_path)
