import inspect
from enum import StrEnum

import pytest

from pipeline import enumerations

LISTS = [
    kind for kind in vars(enumerations).values() if inspect.isclass(kind) and kind.__module__ == enumerations.__name__
]


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_a_value_is_its_name_as_it_is_stored(kind):
    """Stored and exported values never change: a name that is mended in code would leave them behind otherwise."""
    assert issubclass(kind, StrEnum)
    assert [member.value.upper() for member in kind] == list(kind.__members__)
    assert kind.__doc__


def test_entity_types_are_written_large_as_the_models_write_them():
    assert all(member.value.isupper() for member in enumerations.EntityType)
    others = [kind for kind in LISTS if kind is not enumerations.EntityType]
    assert all(member.value.islower() for kind in others for member in kind)


def test_a_status_has_the_word_of_its_act_where_both_exist():
    shared = {
        "proposed",
        "negotiating",
        "agreed",
        "signed",
        "operating",
        "stalled",
        "suspended",
        "expired",
        "terminated",
        "rejected",
    }
    assert shared == {act.value for act in enumerations.ActType} & {status.value for status in enumerations.Status}
