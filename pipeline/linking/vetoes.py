"""What forbids that two observations are one agreement, however alike they are: a wrong merge is worse than a missed one."""

from collections.abc import Callable, Mapping

from pipeline.linking.likenesses import are_apart, has_short_form
from pipeline.linking.observations import Features, is_distinctive
from pipeline.linking.words import is_particular


def find_veto(one: Features, other: Features) -> str | None:
    """Why two observations can be no one agreement, or None; each rule has its trap in the tests."""
    return next((reason for reason, holds in _VETOES.items() if holds(one, other)), None)


def is_certain_name(one: Features, other: Features) -> bool:
    """Whether the name of one is a name or alias of the other, and no sort of agreement ("Joint Declaration")."""
    if not (one.name and other.name):
        return False
    shared = ({one.name} & other.names) | ({other.name} & one.names)
    return any(is_distinctive(name) for name in shared)


def _have_generic_name(one: Features, other: Features) -> bool:
    """A "Joint Declaration" of these two and a "Joint Declaration" of those two."""
    shared = ({one.name} & other.names) | ({other.name} & one.names)
    is_generic = bool(shared) and not any(is_distinctive(name) for name in shared)
    return is_generic and are_apart(one.actors, other.actors)


def _have_other_names(one: Features, other: Features) -> bool:
    """Two names of their own, neither of which holds the other: a deal of the same two states may bear another name."""
    if not (is_distinctive(one.name) and is_distinctive(other.name)) or one.names & other.names:
        return False
    ours, theirs = ({word for word in each.name.split() if is_particular(word)} for each in (one, other))
    return not (ours <= theirs or theirs <= ours or has_short_form(one, other))


def _have_other_candidates(one: Features, other: Features) -> bool:
    return are_apart(one.candidates, other.candidates)


def _have_other_reference(one: Features, other: Features) -> bool:
    return bool(one.reference and other.reference and one.reference != other.reference)


def _is_other_number(one: Features, other: Features) -> bool:
    """The 18th package and the 19th."""
    return are_apart(one.numbers, other.numbers) and not is_certain_name(one, other)


def _is_other_edition(one: Features, other: Features) -> bool:
    """The summit declaration of 2022 and that of 2023: what bears its year in its own name."""
    return are_apart(one.years, other.years) and bool(one.name and other.name) and one.name != other.name


_VETOES: Mapping[str, Callable[[Features, Features], bool]] = {
    "a name of many, and other parties": _have_generic_name,
    "another name": _have_other_names,
    "other candidates": _have_other_candidates,
    "another official number": _have_other_reference,
    "another number": _is_other_number,
    "another year in the name": _is_other_edition,
}
