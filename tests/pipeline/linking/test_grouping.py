import itertools

import pytest

from pipeline.linking.grouping import group_features, link_all
from pipeline.linking.observations import make_features
from tests.pipeline.linking.sightings import sight

NUCLEAR = {"subject": "coordination of nuclear deterrents", "kind": "joint_declaration"}
TRAPS = {  # what must stay apart, however alike
    "an unnamed deal of the same two": (
        sight(
            "a/1",
            "Harrow House 2.0",
            "France",
            "United Kingdom",
            kind="joint_declaration",
            subject="defence relationship",
        ),
        sight("b/1", "agreement on nuclear deterrents", "France", "United Kingdom", **NUCLEAR),
    ),
    "one name, other parties": (
        sight("a/1", "Joint Declaration", "France", "Poland", kind="joint_declaration"),
        sight("b/1", "Joint Declaration", "Japan", "Italy", kind="joint_declaration"),
    ),
    "summits of two years": (
        sight("a/1", "Arden Summit Declaration 2022", "NATO", kind="joint_declaration"),
        sight("b/1", "Arden Summit Declaration 2023", "NATO", kind="joint_declaration"),
    ),
    "packages by number": (
        sight("a/1", "18th sanctions package", "European Union:lead", "Russia:target", kind="sanctions_regime"),
        sight("b/1", "19th sanctions package", "European Union:lead", "Russia:target", kind="sanctions_regime"),
    ),
    "packages by ordinal": (
        sight("a/1", "eighteenth package of sanctions", "European Union:lead", kind="sanctions_regime"),
        sight("b/1", "nineteenth package of sanctions", "European Union:lead", kind="sanctions_regime"),
    ),
    "what two coalitions have": (
        sight("a/1", "headquarters of the coalition", "Norway:lead", kind="institution_body"),
        sight("b/1", "headquarters of the coalition", "Kenya:lead", kind="institution_body"),
    ),
    "two pairs": (
        sight("a/1", "defence cooperation agreement", "United States", "Finland"),
        sight("b/1", "defence cooperation agreement", "United States", "Sweden"),
    ),
    "two candidates": (
        sight("a/1", "accession to the EU", "Moldova:candidate", "European Union", kind="accession"),
        sight("b/1", "accession to the EU", "Georgia:candidate", "European Union", kind="accession"),
    ),
    "two resolutions": (
        sight("a/1", "Security Council resolution", "UN Security Council", reference="Resolution 2118"),
        sight("b/1", "Security Council resolution", "UN Security Council", reference="Resolution 2254"),
    ),
    "two of one article": (sight("a/1", "Arden Treaty"), sight("a/2", "Arden Treaty")),
}
SAME = {
    "a name": (
        sight("a/1", "Arden Treaty", "France"),
        sight("b/1", "the Treaty of Arden".replace("the ", ""), "Norway"),
    ),
    "a name, seen as another kind": (
        sight("a/1", "Arden Force", kind="coalition"),
        sight("b/1", "Arden Force", kind="operation_mission"),
    ),
    "an alias": (
        sight("a/1", "Arden Long-Range Approach", "France", aliases=("ALRA",), kind="capability_programme"),
        sight("b/1", "ALRA", "France", kind="capability_programme"),
    ),
    "words and parties": (
        sight(
            "a/1",
            "Franco-British group on nuclear oversight",
            "France:lead",
            "UK:lead",
            kind="institution_body",
            subject="steering of nuclear cooperation",
        ),
        sight(
            "b/1",
            "nuclear oversight group",
            "United Kingdom:lead",
            "France:lead",
            kind="institution_body",
            subject="nuclear cooperation",
        ),
    ),
}


def rows_of(*observations):
    return len({link.row_id for link in link_all(observations)})


@pytest.mark.parametrize("two", TRAPS.values(), ids=TRAPS)
def test_what_is_not_one_stays_apart(two):
    assert rows_of(*two) == rows_of(*two[::-1]) == 2


@pytest.mark.parametrize("two", SAME.values(), ids=SAME)
def test_what_is_one_is_joined(two):
    assert rows_of(*two) == rows_of(*two[::-1]) == 1


def test_an_article_that_gives_both_names_joins_their_rows():
    plan = {"kind": "funding_instrument", "subject": "higher defence budgets"}
    one = sight("a/1", "Rearm Arden", "European Union:lead", **plan)
    other = sight("b/1", "Arden Horizon", "European Union:lead", **plan)
    both = sight("c/1", "Rearm Arden", "European Union:lead", aliases=("Arden Horizon",), **plan)
    assert rows_of(one, other) == 2
    for order in itertools.permutations([one, other, both]):
        assert rows_of(*order) == 1, [each.agreement_id for each in order]
    _, merges = group_features([make_features(each) for each in (one, other, both)])
    assert len(merges) == 1


def test_an_alias_of_two_names_joins_neither_to_the_other():
    one, other = sight("a/1", "Arden Treaty", aliases=("AT",)), sight("b/1", "Alder Treaty", aliases=("AT",))
    assert rows_of(one, other) == 2
    assert rows_of(one, other, sight("c/1", "AT")) <= 3
