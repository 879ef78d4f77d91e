"""Labels: what a group of texts is about, in words that a reader would choose."""

import pytest

from pipeline.themes.labels import find_labels

SANCTIONS = [
    "Sanctions on oil tankers were widened. NATO was not asked about the shadow fleet.",
    "A new sanction hits the shadow fleet, and sanctions on oil follow.",
    "The shadow fleet evades every sanction on Russian oil, said the minister.",
]
BLACK_SEA = [
    "Turkey cleared mines in the Black Sea with NATO's blessing.",
    "Ships of Turkey and Bulgaria patrol the Black Sea against drifting mines.",
    "Drifting mines close the Black Sea; Bulgaria's navy and Turkey said so.",
]


def find_terms(*groups):
    return [label.terms for label in find_labels(groups)]


def test_terms_tell_the_groups_apart_in_the_case_of_the_texts():
    sanctions, sea = find_labels([SANCTIONS, BLACK_SEA])
    assert {"shadow fleet", "oil"} <= set(sanctions.terms)
    assert {"Black Sea", "Turkey"} <= set(sea.terms)
    assert sanctions.title == "Shadow fleet, " + ", ".join(sanctions.terms[1:3])
    assert all(3 <= len(label.terms) <= 6 for label in (sanctions, sea))
    assert not set(sanctions.terms) & set(sea.terms)


@pytest.mark.parametrize(
    ("texts", "wanted", "unwanted"),
    [
        (["a sanction and sanctions"] * 2, "sanction", "sanctions"),
        (["sanctions, sanctions, sanction"] * 2, "sanctions", "sanction"),
        (["NATO, and again NATO"] * 2, "NATO", "nato"),
        (["Deterrence works. We need deterrence"] * 2, "deterrence", "Deterrence"),
        (["the US told us"] * 2, "US", "us"),
        (["the U.S. fleet", "a U.S. fleet"], "U.S. fleet", "fleet"),
        (["Ukraine, Ukrainian, Ukraine"] * 2, "Ukraine", "Ukrainian"),
        (["nuclear weapons and what is nuclear"] * 2, "nuclear weapons", "nuclear"),
        (["Ukraine's security and its security"] * 2, "Ukraine", "Ukraine security"),
        (["in 2025 the treaty of 2025"] * 2, "treaty", "2025"),
        (["defence policies, a defence policy"] * 2, "defence policy", "defence policies"),
        (["what the minister said of mine warfare"] * 2, "mine warfare", "said"),
    ],
)
def test_terms_of(texts, wanted, unwanted):
    terms = find_terms(texts)[0]
    assert wanted in terms
    assert unwanted not in terms


def test_what_is_common_everywhere_names_nothing():
    group = ["NATO and drones", "drones for NATO"]
    assert find_terms(group)[0][0] in {"NATO", "drones"}
    label = find_labels([group], others=["NATO met", "NATO again", "NATO", "NATO ships"] * 5)[0]
    assert label.terms[0] == "drones"


@pytest.mark.parametrize("groups", [[], [[""]], [["the of and"], ["…"]]])
def test_without_words_there_are_no_terms(groups):
    assert [label.terms for label in find_labels(groups)] == [()] * len(groups)
