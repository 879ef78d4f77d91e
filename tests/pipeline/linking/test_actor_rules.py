import pytest

from pipeline.enumerations import EntityType
from pipeline.linking.actor_keys import NamedEntity, find_keys
from pipeline.linking.actor_rules import Directory, choose, list_wanted


def named(name, kind="ORG", **facts):
    return NamedEntity(entity_id="en-1", article_id="ar-1", type=EntityType(kind), canonical=name, **facts)


def know(*actors):
    """A directory of actors: (id, entity, by how many entities it is named so)."""
    directory = Directory()
    for actor_id, entity, uses in actors:
        directory.add(actor_id, dict.fromkeys(find_keys(entity).names, uses), entity.traits)
    return directory


LIND = named("Mara Lind", "PERSON", traits=("office:minister", "state:XN"))
AGENCY = named("Kestrel Defence Agency", aliases=("KDA",))


@pytest.mark.parametrize(
    ("entity", "actors", "found"),
    [
        (named("Norge", "STATE", iso="XN"), [("ac-1", named("Norland", "STATE", iso="XN"), 5)], ("ac-1", "iso")),
        (named("Norland", "STATE", wikidata="Q2"), [("ac-1", named("Norland", "STATE", wikidata="Q1"), 5)], None),
        (AGENCY, [("ac-1", named("Kestrel Defence Agency", "DOCUMENT"), 1)], ("ac-1", "name")),
        (named("Mara Lind", "PERSON"), [("ac-1", LIND, 1)], ("ac-1", "name")),
        (named("Mara Lind", "PERSON", traits=("office:general", "state:XS")), [("ac-1", LIND, 1)], None),
        (named("Mara Lind", "PERSON", traits=("office:minister", "state:XS")), [("ac-1", LIND, 1)], ("ac-1", "name")),
        (named("Mara Linnd", "PERSON"), [("ac-1", LIND, 1)], ("ac-1", "spelling")),
        (named("KDA"), [("ac-1", AGENCY, 1)], ("ac-1", "alias")),
        (AGENCY, [("ac-1", named("KDA"), 1)], ("ac-1", "alias")),
        (named("KDA"), [("ac-1", AGENCY, 1), ("ac-2", named("Kestrel Duty Act", aliases=("KDA",)), 9)], None),
        (named("Lind", "PERSON", traits=("scene:XN",)), [("ac-1", LIND, 1)], ("ac-1", "surname")),
        (named("Lind", "PERSON", traits=("scene:XS",)), [("ac-1", LIND, 1)], None),
        (
            named("Lind", "PERSON", traits=("scene:XN",)),
            [("ac-1", LIND, 1), ("ac-2", named("Ada Lind", "PERSON"), 1)],
            None,
        ),
        (LIND, [("ac-1", named("Lind", "PERSON", traits=("scene:XN",)), 1)], ("ac-1", "surname")),
        (named("Ministry of Defence"), [("ac-1", named("Ministry of Defence", traits=("state:XN",)), 1)], None),
        (AGENCY, [("ac-1", AGENCY, 3), ("ac-2", AGENCY, 1)], ("ac-1", "name")),
        (AGENCY, [("ac-1", AGENCY, 2), ("ac-2", AGENCY, 1)], None),
    ],
)
def test_who_an_entity_is(entity, actors, found):
    assert choose(entity, find_keys(entity), know(*actors), set()) == found


def test_what_a_person_told_apart_is_not_found():
    assert choose(AGENCY, find_keys(AGENCY), know(("ac-1", AGENCY, 5)), {"ac-1"}) is None


def test_what_extraction_told_apart_within_an_article_no_weak_rule_joins():
    directory, short = know(("ac-1", AGENCY, 1)), named("KDA")
    directory.take("ar-1", "ac-1")
    assert choose(short, find_keys(short), directory, set()) is None


@pytest.mark.parametrize("entity", [LIND, AGENCY, named("Lind", "PERSON"), named("Norland", "STATE", iso="XN")])
def test_all_that_is_asked_for_is_wanted(entity):
    class Noting(Directory):
        def find(self, *keys):
            asked.update(keys)
            return super().find(*keys)

    asked = set()
    keys = find_keys(entity)
    directory = Noting()
    choose(entity, keys, directory, set())
    directory.find_doubtful(entity, keys, "ac-1")
    assert asked <= list_wanted(entity, keys)
