"""Short forms inside one article."""

import pytest

from pipeline.enumerations import EntityType
from pipeline.extraction.forms import KnownForms

ORG, PERSON, UNIT = EntityType.ORG, EntityType.PERSON, EntityType.MILITARY_UNIT_OP


@pytest.mark.parametrize(
    ("form", "kind", "meant"),
    [
        ("Mara Lind", PERSON, "Mara Lind"),
        ("Lind", PERSON, "Mara Lind"),
        ("PPA", ORG, "Polar Procurement Agency"),
        ("Nordic Forward Land Forces", UNIT, "Forward Land Forces"),
        ("PP", ORG, None),
        ("Agency", ORG, None),
        ("Berg", PERSON, None),
    ],
)
def test_short_forms(form, kind, meant):
    known: KnownForms[str] = KnownForms()
    for name, its_kind in (("Mara Lind", PERSON), ("Polar Procurement Agency", ORG), ("Forward Land Forces", UNIT)):
        known.add(name, its_kind, name)
    assert known.find(form, kind) == meant


def test_initials_of_two_names_mean_neither():
    known: KnownForms[str] = KnownForms()
    known.add("Polar Procurement Agency", ORG, "first")
    known.add("Public Planning Agency", ORG, "second")
    assert known.find("PPA", ORG) is None


def test_a_surname_means_its_last_bearer():
    known: KnownForms[str] = KnownForms()
    known.add("Mara Lind", PERSON, "Mara")
    known.add("Jon Lind", PERSON, "Jon")
    assert known.find("Lind", PERSON) == "Jon"
