"""The whole extraction: the rows follow the words, whatever the names are."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from pipeline import road
from pipeline.enumerations import EntityType
from pipeline.extraction.extract import add_rules
from pipeline.language.model import load_base
from pipeline.records import Article
from pipeline.settings import Settings

TREATY = (
    "{A} and {B} signed the {T} in Bergen on 3 March 2025. The treaty, which entered into force in June, commits the two "
    "to share radar data. {C} has not signed the {T}. {D} may join the {T} next year."
)
OPERATION = (
    "{BLOC} launched {O} in January 2025 in response to attacks on cables. {O}, led by {A}, has patrolled the northern sea "
    "since then. {B} takes part in {O}, while {C} does not."
)
PROGRAMME = (
    "{A}, {B} and {C} signed a letter of intent on the {P} ({PA}) on 11 July 2024, under which they mean to build sensors. "
    "The project has no budget yet. {D} has joined {PA}."
)
COALITION = (
    "The {K}, which includes {A} and {B}, met on Monday. {C} is not a member of the {K}. {A} and {B} agreed to set up a "
    "permanent headquarters in {CITY}."
)
BODY = "{A} and {B} have agreed to create the {G}. The {G} will oversee joint exercises. {D} declined membership in the {G}."

FIRST = {
    "A": "Norway", "B": "Chile", "C": "Japan", "D": "Canada", "BLOC": "NATO", "CITY": "Oslo", "HOST": "Norway",
    "T": "Kensal Treaty", "O": "Operation Silver Gate", "P": "European Deep Radar Approach", "PA": "EDRA",
    "K": "Silver Coalition", "G": "Silver Steering Group",
}  # fmt: skip
SECOND = {
    "A": "Germany", "B": "Brazil", "C": "Poland", "D": "Mexico", "BLOC": "the European Union", "CITY": "Warsaw", "HOST": "Poland",
    "T": "Harrowgate Treaty", "O": "Operation Amber Lantern", "P": "Nordic Long-Range Sensor Approach", "PA": "NLRSA",
    "K": "Amber Coalition", "G": "Harrowgate Planning Group",
}  # fmt: skip
THIRD = {
    "A": "Kenya", "B": "Vietnam", "C": "Australia", "D": "Greece", "BLOC": "NATO", "CITY": "Athens", "HOST": "Greece",
    "T": "Maple Ridge Accord", "O": "Operation Quiet Harbour", "P": "Pacific Undersea Cable Programme", "PA": "PUCP",
    "K": "Maple Alliance", "G": "Maple Liaison Group",
}  # fmt: skip

# The rows of each paragraph in terms of its slots: name, kind, status, parties by role.
ROWS = {
    TREATY: [("{T}", "treaty", {"{A}:party", "{B}:party", "{C}:excluded", "{D}:prospective"})],
    OPERATION: [("{O}", "operation_mission", {"{BLOC}:lead", "{A}:lead", "{B}:member", "{C}:excluded"})],
    PROGRAMME: [("{P}", "capability_programme", {"{A}:party", "{B}:party", "{C}:party", "{D}:member"})],
    COALITION: [
        ("{K}", "coalition", {"{A}:member", "{B}:member", "{C}:excluded"}),
        (None, "institution_body", {"{A}:party", "{B}:party", "{HOST}:host"}),
    ],
    BODY: [("{G}", "institution_body", {"{A}:party", "{B}:party", "{D}:excluded"})],
}


@pytest.fixture(scope="module")
def extractor(tmp_path_factory):
    """The rules alone: what they make of a text is a matter of its words, to the last party."""
    return add_rules(load_base(Settings(home=tmp_path_factory.mktemp("home"))))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The rules and what was learned behind them."""
    return road.load_extractor(Settings(home=tmp_path_factory.mktemp("home")))


def extract(extractor, text):
    article = Article(id="ar-1", address="a", text=text, published="2025-09-17")
    return article, road.extract_article(extractor, article, fingerprint="f")


def rows_of(extractor, text):
    _, extraction = extract(extractor, text)
    return [
        (row.name, row.kind.value, {f"{party.entity}:{party.role.value}" for party in row.parties})
        for row in extraction.agreements
    ]


def fill(text, names):
    return None if text is None else re.sub(r"\{(\w+)\}", lambda match: names[match[1]].removeprefix("the "), text)


@pytest.mark.parametrize("names", [FIRST, SECOND, THIRD])
@pytest.mark.parametrize("paragraph", list(ROWS))
def test_rows_swap_with_the_names(extractor, paragraph, names):
    expected = [(fill(name, names), kind, {fill(p, names) for p in parties}) for name, kind, parties in ROWS[paragraph]]
    assert rows_of(extractor, paragraph.format(**names)) == expected


@pytest.mark.parametrize("names", [FIRST, SECOND, THIRD])
@pytest.mark.parametrize("paragraph", list(ROWS))
def test_names_swap_in_what_was_learned_too(whole, paragraph, names):
    """What was learned weighs each row by itself: a party more or less may depend on a name, but none comes from elsewhere."""
    expected = {fill(name, names) for name, _, _ in ROWS[paragraph] if name}
    used = {name.removeprefix("the ") for name in names.values()}
    rows = rows_of(whole, paragraph.format(**names))
    assert {name for name, _, _ in rows if name} >= expected
    assert {party.split(":")[0] for _, _, parties in rows for party in parties} <= used


@pytest.mark.parametrize("names", [FIRST, SECOND, THIRD])
def test_named_rows_need_no_list_of_organisations(monkeypatch, tmp_path, names):
    # what organisations.jsonl adds: everything that is no state and no place
    known = tuple(entry for entry in models.load_gazetteer() if entry.type in {EntityType.STATE, EntityType.PLACE})
    monkeypatch.setattr(models, "load_gazetteer", lambda: known)
    extractor = road.load_extractor(Settings(home=tmp_path))
    for paragraph, rows in ROWS.items():
        found = {name for name, _, _ in rows_of(extractor, paragraph.format(**names))}
        assert found >= {fill(name, names) for name, _, _ in rows if name}


def test_the_same_text_gives_the_same_records(extractor):
    text = "\n\n".join(paragraph.format(**FIRST) for paragraph in ROWS)
    assert extract(extractor, text) == extract(extractor, text)


WORDS = (
    "the a treaty Treaty Arden Norway Chile signed joined left of and with in ( ) “ ” , . - 5 percent 2025 May agreed to "
    "coalition NATO member Operation Amber which not may withdrawal from headquarters Kyiv’s accession"
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*WORDS.split(), "\n"]), min_size=1, max_size=60))
def test_whatever_is_found_stands_in_the_text(extractor, words):
    article, extraction = extract(extractor, " ".join(words))
    for row in extraction.agreements:
        for span in (*row.mentions, *row.parties, *row.acts, *row.figures, *row.due):
            assert article.text[span.start : span.end] == span.text
    for entity in extraction.entities:
        for mention in entity.mentions:
            assert article.text[mention.start : mention.end] == mention.text
