"""What the strict reader makes of a gold file, and what it says of a wrong one."""

import re

import pytest
from pydantic import BaseModel

from pipeline.enumerations import Basis, MentionFlag, PartyRole
from pipeline.errors import InputError
from pipeline.evaluation.gold import find_gold, load_gold, read_gold
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


MISTAKES = [
    # what is written, what stands there instead, the line, what is said of it
    ('style = "wire"', 'style = "wires"', 7, 'style = "wires" is not known; is "wire" meant?'),
    ('split = "train"', 'split = "tain"', 9, '"train" meant?'),
    ('published = "2025-03-13"', 'published = "13 March"', 3, "is no ISO date; write 2025, 2025-09 or 2025-09-12"),
    ('topic = "arden"\n', "", 2, "topic is missing"),
    ("{e4 ARDEN}", "{e4 ARDEN", 11, 'the mark "{e4 ARDEN'),
    ("{e4 ARDEN}", "e4 ARDEN}", 11, "a closing brace without an opening one"),
    ("{e4 ARDEN}", "{ARDEN}", 11, "bears no id"),
    ("{e4 ARDEN}", "{z4 ARDEN}", 11, "bears no id"),
    ("{e4 ARDEN}", "{e4}ARDEN", 11, "has no words"),
    ("{e4 ARDEN}", "{e4 ARDEN }", 11, "blanks at its edge"),
    ("+adjectival Norl", "+adjective Norl", 11, 'unknown flag "adjective"; is "adjectival" meant?'),
    ("{x1 signed}", "{x1+pronoun signed}", 11, "only entities have them"),
    ("{x1 signed}", "signed", 28, "x1 (act) is nowhere marked in the text"),
    ("{x1 signed}", "{x9 signed}", 11, 'x9 (act, "signed") is marked but has no record'),
    ("{q1 said}", "{q7 said}", 11, "q7 (cue) is marked but no claim has"),
    ("{s1 a harbour", "{s3 a harbour", 13, "s3 (described speaker) is marked but no claim has"),
    ("the {e3 Arden Treaty}", "the {e3 Arden {e4 Treaty}}", 11, "entities are flat"),
    ("{c1 it will make", "{c1 it {q1 will} make", 11, "has its own cue q1 within it"),
    ("ports safer}.", "ports safer.}", 11, "leave the stop outside"),
    ('"Sudland"}', '"Sudland", iso = "SUD"}', 19, 'iso = "SUD" has not the form of iso (two capitals, as FR)'),
    ('"Sudland"}', '"Sudland", iso = "FR"}', 19, 'which is "France" in the gazetteer'),
    ('"Sudland"}', '"Sudland", qid = "142"}', 19, "as Q142"),
    ('name = "Sudland"', 'name = "France"', 19, 'add iso = "FR"'),
    ('name = "Sudland"', 'name = "Norland"', 19, "make them one id"),
    ('name = "Sudland"', 'nane = "Sudland"', 19, 'unknown key "nane"; is "name" meant?'),
    ('type = "PERSON"', 'type = "PERSON", iso = "FR"', 22, "is no STATE"),
    ('type = "PERSON"', 'type = "PERSONS"', 22, 'is "PERSON" meant?'),
    ("e5 = {type", "e4 = {type", 22, "stands here a second time"),
    ("e5 = {type", "x5 = {type", 22, "ids here are e1, e2"),
    ("[agreements]", "[agreemnts]", 24, "is no section"),
    ('kind = "treaty"', 'kind = "treatise"', 25, 'is "treaty" meant?'),
    (
        'status = "signed"',
        'status = "in_force"',
        25,
        "its acts (done signed 2025-03-12, denied rejected, presupposed: done",
    ),
    ('status = "signed", ', "", 25, 'its acts give status = "signed"'),
    ('name = "Arden Treaty", kind', "kind", 25, "needs a name"),
    ('date = "2025-03-12", shared', "date = 2025-03-12, shared", 25, "stands without quotes"),
    ('date = "2025-03-12", shared', 'date = "2025-02-30", shared', 25, "date"),
    ('"e1 party"', '"e1 partner"', 25, '"partner" is no role; is "party" meant?'),
    ('"e1 party"', '"e8 party"', 25, "e8 is not in the tables"),
    ('"e1 party"', '"e2 party"', 25, "stands twice"),
    ('entity = "e3"', 'entity = "e33"', 25, "e33 is not in the tables"),
    ('["proposed"], parties', '["proposed"], shared = "arden-treaty", parties', 26, "the same shared"),
    ('x2 = {of = "a2"', 'x2 = {of = "a1"', 26, "a2 has no act"),
    ('x2 = {of = "a2"', 'x2 = {of = "a7"', 29, "of = a7 is not in the tables"),
    ('actors = ["e6"]', 'actors = ["e66"]', 30, "actor e66 is not in the tables"),
    ("value = 26}", 'value = "many"}', 33, "value"),
    ("value = 26}", "value = 26", 33, "f1 is no TOML"),
    ('date = "2027"}', 'date = "in 2027"}', 35, "no ISO date"),
    ('speaker = "e5"', 'speaker = "e55"', 37, "speaker e55 is not in the tables"),
    ('speaker = "e5"', 'speaker = "Mara"', 37, "AUTHOR"),
    ('"recommendation"', '"assertion_of_fact"', 39, "of AUTHOR is no claim"),
    ('about = ["a2"]}\n', 'about = ["c2"]}\n', 39, "about c2 is not in the tables"),
    ("[claims]", "claims", 35, "d1 is no TOML"),
    ("[entities]", "entities", 17, '"entities" is no record'),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"), MISTAKES, ids=[f"{old} -> {new}" for old, new, _, _ in MISTAKES]
)
def test_a_mistake_is_named_with_its_line(change, old, new, line, said):
    reading = read_gold(change(old, new))
    assert reading.article is None
    assert [p for p in reading.errors if p.line == line and said in p.text], reading.errors


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
