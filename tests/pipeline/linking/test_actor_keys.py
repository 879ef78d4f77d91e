import pytest

from pipeline.enumerations import EntityType
from pipeline.linking.actor_keys import NamedEntity, find_keys, find_surname, is_surname, is_telling, spell


def named(name, kind="ORG", **facts):
    return NamedEntity(entity_id="en-1", article_id="ar-1", type=EntityType(kind), canonical=name, **facts)


@pytest.mark.parametrize(
    ("entity", "ids", "names"),
    [
        (named("Norland", "STATE", iso="XN", wikidata="Q1"), ["wikidata Q1", "iso XN"], ["name STATE norland"]),
        (
            named("Kestrel Plan", "DOCUMENT", is_listed=True),
            ["listed DOCUMENT kestrel plan"],
            ["name THING kestrel plan"],
        ),
        (
            named("Ferdinand Marcos Jr.", "PERSON", aliases=("Marcos",)),
            [],
            [
                "name PERSON ferdinand marcos jr",
                "also PERSON marcos",
                "last PERSON marcos",
                "spelt PERSON ferdinand marcos jr",
            ],
        ),
        (named("Lind", "PERSON"), [], ["name PERSON lind"]),
        (
            named("Kestrel Defence Agency", aliases=("KDA", "the Agency")),
            [],
            ["name THING kestrel defence agency", "also ORG kda", "seen ORG agency"],
        ),
        (named("Ministry of Defence"), [], ["seen ORG ministry of defence"]),
        (named("Ministry of Defence", traits=("state:XN",)), [], ["name ORG ministry of defence @XN"]),
        (named("Ministry of Defence", traits=("state:XN", "state:XS")), [], ["seen ORG ministry of defence"]),
    ],
)
def test_keys_of_an_entity(entity, ids, names):
    keys = find_keys(entity)
    assert list(keys.ids) == ids
    assert list(keys.names) == [*ids, *names]


def test_a_thing_has_one_key_whatever_an_article_takes_it_for_and_a_person_has_its_own():
    kinds = ("ORG", "DOCUMENT", "WEAPON_PROGRAMME")
    assert len({find_keys(named("Kestrel Sky Shield", kind)).name for kind in kinds}) == 1
    assert find_keys(named("Jordan", "PERSON")).name != find_keys(named("Jordan", "STATE")).name


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        ("Supreme Court", False),
        ("Supreme Court of Norland", True),
        ("EDA", True),
        ("the Union", False),
        ("2030", False),
        ("Resolution 1701", True),
        ("Joint Declaration 2023", False),
    ],
)
def test_a_name_that_is_everybodys_tells_nothing(name, telling):
    assert is_telling(name) is telling


@pytest.mark.parametrize(("name", "short"), [("Lind", True), ("von der Heide", True), ("Mara Lind", False)])
def test_a_surname_alone(name, short):
    assert is_surname(name) is short


@pytest.mark.parametrize(
    ("name", "last"), [("Mara Lind", "lind"), ("Ana de la Cruz", "cruz"), ("Jon Berg III", "berg")]
)
def test_the_surname_of_a_name(name, last):
    assert find_surname(name) == last


@pytest.mark.parametrize(
    ("one", "other"), [("Volodymyr Zelensky", "Volodymyr O. Zelenskyy"), ("Dmitri Belskii", "Dmitri Belsky")]
)
def test_ways_to_spell_a_name_are_one(one, other):
    assert spell(one) == spell(other)
