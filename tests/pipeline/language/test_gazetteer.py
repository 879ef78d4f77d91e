from itertools import pairwise

import pytest
from spacy.tokens import Doc

import models
from pipeline.enumerations import EntityType
from pipeline.language.gazetteer import GazetteerMatcher


@pytest.fixture(scope="module")
def find(nlp):
    matcher = GazetteerMatcher(nlp)

    def find_names(text):
        doc = nlp.make_doc(text)
        return [(doc[name.start : name.end].text, name) for name in matcher.find_names(doc)]

    return find_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Poland signed.", [("Poland", "Poland", "STATE", [])]),
        ("the European Defence Agency", [("European Defence Agency", "European Defence Agency", "ORG", [])]),
        ("the EDA said", [("EDA", "European Defence Agency", "ORG", ["acronym"])]),
        (
            "the US and the UK",
            [("US", "United States", "STATE", ["acronym"]), ("UK", "United Kingdom", "STATE", ["acronym"])],
        ),
        ("NATO's members", [("NATO", "NATO", "ALLIANCE_BLOC", [])]),
        ("Polish forces", [("Polish", "Poland", "STATE", ["adjectival"])]),
        ("the Poles", [("Poles", "Poland", "STATE", ["adjectival"])]),
        (
            "Franco-British talks",
            [("Franco", "France", "STATE", ["adjectival"]), ("British", "United Kingdom", "STATE", ["adjectival"])],
        ),
        ("Franco ruled Spain", [("Spain", "Spain", "STATE", [])]),  # a prefix only before a hyphen
        ("polish the floor", []),
        ("POLAND", []),
        ("Polandia", []),
        ("nobody at all", []),
        ("", []),
    ],
)
def test_each_form(find, text, expected):
    found = [(words, name.entry.canonical, name.entry.type.value, list(name.flags)) for words, name in find(text)]
    assert found == expected


def test_the_longest_name_wins(find):
    assert [words for words, _ in find("the Democratic Republic of the Congo and the Republic of the Congo")] == [
        "Democratic Republic of the Congo",
        "Republic of the Congo",
    ]


@pytest.mark.parametrize(
    ("text", "state", "place"),
    [("Kyiv agreed", "Ukraine", "Kyiv"), ("talks in Paris", "France", "Paris"), ("the Kremlin", "Russia", None)],
)
def test_a_seat_stands_for_its_state_and_remembers_its_place(find, text, state, place):
    ((_, name),) = find(text)
    assert name.is_seat
    assert name.entry.canonical == state
    assert (name.place.canonical if name.place else None) == place


def test_a_plain_name_is_no_seat(find):
    ((_, name),) = find("Ukraine agreed")
    assert not name.is_seat
    assert name.place is None


def test_an_ambiguous_name_says_so(find):
    by_words = {words: name.entry.context for words, name in find("Georgia and Poland")}
    assert by_words == {"Georgia": True, "Poland": False}


@pytest.mark.parametrize("text", ["the US National Security Strategy", "the EU Global Strategy", "NATO Response Force"])
def test_a_known_name_keeps_its_owner_apart(find, text):
    words, names = zip(*find(text), strict=True)
    owned = [name.entry for name in names if name.entry.type in {EntityType.DOCUMENT, EntityType.MILITARY_UNIT_OP}]
    actors = [name.entry for name in names if name.entry.type in {EntityType.STATE, EntityType.ALLIANCE_BLOC}]
    assert len(actors) == 1, words
    assert len(owned) <= 1, words


def test_names_do_not_overlap_and_come_in_order(find, nlp):
    text = " ".join(entry.canonical for entry in models.load_gazetteer()[::7])
    names = [name for _, name in find(text)]
    assert len(names) > 100
    assert all(before.end <= after.start for before, after in pairwise(names))


def test_every_name_of_the_gazetteer_is_found_as_a_whole(nlp):
    """Unless it is a prefix; a name may belong to several entries, and a state in front may stand apart."""
    matcher = GazetteerMatcher(nlp)
    missed = []
    for entry in models.load_gazetteer():
        for written in (*entry.names, *entry.acronyms, *entry.adjectives):
            doc = nlp.make_doc(written)
            found = matcher.find_names(doc)
            if not found or found[0].start != 0 or found[-1].end != len(doc):
                missed.append((entry.canonical, written))
    assert missed == []


def test_an_empty_doc(nlp):
    assert GazetteerMatcher(nlp).find_names(Doc(nlp.vocab)) == []
