"""Decisions that change who stands with whom: saved, and the register linked anew at once."""

from pipeline.decisions import Decision
from pipeline.jobs.link import link_register
from pipeline.store.entries import NewEntry, create
from pipeline.store.judgements import NewJudgement, merge, split
from pipeline.store.store import Store
from pipeline.store.undo import Undone, undo, undo_batch


def merge_records(store: Store, new: NewJudgement) -> Decision:
    """Say that records are one, and join their rows.

    Raises:
        InputError: fewer than two, or of different sorts.
        NotFoundError: no record bears an id.
    """
    made = merge(store, new)
    link_register(store)
    return made


def split_records(store: Store, new: NewJudgement) -> Decision:
    """Say that records do not belong where they stand, and take them out.

    Raises:
        InputError: they stand in no row or in several, or nothing else stands there.
        NotFoundError: no record bears an id.
    """
    made = split(store, new)
    link_register(store)
    return made


def create_entry(store: Store, new: NewEntry) -> Decision:
    """Enter an agreement that one knows of, and put it into the register.

    Raises:
        InputError: it has no name, or a field has a value that it cannot have.
    """
    made = create(store, new)
    link_register(store)
    return made


def undo_decision(store: Store, what: int | str, *, who: str) -> Undone:
    """Undo a decision (its number) or a batch (its name), and have the register follow.

    Raises:
        NotFoundError: there is no such decision or batch.
        InputError: it is undone already, or was decided anew since.
    """
    done = undo(store, what, who=who) if isinstance(what, int) else undo_batch(store, what, who=who)
    if any(map(changes_links, done.made)):
        link_register(store)
    return done


def changes_links(made: Decision) -> bool:
    """Whether an undo is of what decides who stands with whom: a merge, a split, an entry.

    An undo's own kind says nothing, but these carry whole values before or after; a review or a note carries a word.
    """
    values = (made.before, made.after)
    return made.field is None and any(each is not None and not isinstance(each, str) for each in values)
