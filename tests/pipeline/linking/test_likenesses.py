from pipeline.linking.likenesses import LIKENESSES, are_apart, forget_rarity, has_short_form, show
from tests.pipeline.linking.sightings import feature

ONE = feature(
    "a/1",
    "Arden Long-Range Approach",
    "France",
    "Norway",
    aliases=("ALRA",),
    date="2025-07",
    subject="missiles in Riga",
)
OTHER = feature("b/1", "ALRA", "Norway", "Japan", date="2024", subject="missiles")


def test_every_likeness_is_symmetric():
    for name, likeness in LIKENESSES.items():
        assert likeness(ONE, OTHER) == likeness(OTHER, ONE), name


def test_nothing_is_like_nothing():
    empty = feature("a/1", "x")
    assert not any(
        LIKENESSES[name](empty, OTHER) for name in ("name", "alias", "short form", "parties", "year", "figure", "place")
    )


def test_a_likeness_has_its_words():
    assert show("parties", ONE, OTHER) == "norway"
    assert show("other year", ONE, OTHER) == "2025 | 2024"
    assert show("within", ONE, OTHER) == ""
    assert has_short_form(ONE, OTHER)
    assert are_apart({"a"}, {"b"})
    assert not are_apart({"a"}, set())
    forget_rarity()
