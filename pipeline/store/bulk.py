"""One review of many records at once: as many decisions in the log, under one batch, in a few steps whatever their number.

What :func:`pipeline.store.decisions.decide` does for one record is done here for all of them together; the rows of the
register that they touch are made anew once.
"""

import secrets
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, insert

from pipeline.decisions import REVIEWS, Decision
from pipeline.enumerations import DecisionAction, Review
from pipeline.errors import InputError
from pipeline.records import Record
from pipeline.store import schema
from pipeline.store.decisions import note_decided
from pipeline.store.locks import lock_register
from pipeline.store.row import Row
from pipeline.store.row_reviews import changes_no_value, refresh_reviews
from pipeline.store.standing import Standing, load_standing, refresh_standing
from pipeline.store.store import Store, now
from pipeline.store.subjects import Subject, load_subjects
from pipeline.store.touched import find_touched_rows, refresh_touched

#: What fits on a page, and as many again: who reviews in bulk has seen what is reviewed.
MOST = 100


class NewBulk(Record):
    """One review of all these records."""

    who: str = Field(min_length=1)
    action: Annotated[Review, Field(strict=False)]
    #: Whole ids, each with the number of the newest decision on it that was seen (0: none).
    seen: dict[str, int] = Field(min_length=1, max_length=MOST)
    batch: str = Field(default_factory=lambda: make_batch("bulk"))


class DoneBulk(Row):
    """What became of it."""

    batch: str
    decided: tuple[str, ...]  #: ids
    #: Ids of what was left as it is, and why: it is there no more, or somebody decided on it since it was seen.
    left: dict[str, str]


def make_batch(what: str) -> str:
    """A name for a batch of decisions that no other bears: ``bulk-1f3c9a``, of 16 million."""
    return f"{what}-{secrets.token_hex(3)}"


def decide_bulk(store: Store, new: NewBulk) -> DoneBulk:
    """Accept, reject or mark as unsure exactly these records, in one transaction, under one batch.

    What somebody decided on since it was seen is left alone: a bulk says nothing of what its maker has not seen.

    Raises:
        InputError: nothing of it can be decided any more.
    """
    with store.begin() as connection:
        lock_register(connection)
        subjects = load_subjects(connection, new.seen)
        standing = load_standing(connection, new.seen)
        left = {record_id: why for record_id in new.seen if (why := _find_obstacle(record_id, new, subjects, standing))}
        ids = [each for each in new.seen if each not in left]
        if not ids:
            raise InputError("All of these were decided or read anew meanwhile: look at the page again.")
        made = [_make(subjects[each], new, standing.get(each)) for each in ids]
        _append(connection, made)
        refresh_standing(connection, ids)
        _follow(connection, made, standing)
    return DoneBulk(batch=new.batch, decided=tuple(ids), left=left)


def _find_obstacle(
    record_id: str, new: NewBulk, subjects: dict[str, Subject], standing: dict[str, Standing]
) -> str | None:
    if record_id not in subjects:
        return "it is there no more: its article was read anew"
    held = standing.get(record_id)
    if held is not None and held.decision > new.seen[record_id]:
        return f"somebody decided on it meanwhile (decision {held.decision})"
    return None


def _make(subject: Subject, new: NewBulk, before: Standing | None) -> Decision:
    action = DecisionAction(new.action.value)
    assert action in REVIEWS, "reviews are actions"
    return Decision(
        who=new.who,
        when=now(),
        record_id=subject.record_id,
        action=action,
        before=before.review if before else None,
        quote=subject.quote,
        batch=new.batch,
        extractor=subject.extractor,
        article_id=subject.article_id,
        kind=subject.kind,
        text_sha256=subject.text_sha256,
        extracted=subject.values or None,
    )


def _follow(connection: Connection, made: Sequence[Decision], before: dict[str, Standing]) -> None:
    """Bring up to date what shows the records: of those whose values stay as they were only the review of their rows."""
    quiet = {each.record_id for each in made if changes_no_value(each, before.get(each.record_id))}
    refresh_reviews(connection, find_touched_rows(connection, quiet))
    refresh_touched(connection, [each.record_id for each in made if each.record_id not in quiet])


def _append(connection: Connection, made: Sequence[Decision]) -> None:
    connection.execute(insert(schema.decision), [each.model_dump(exclude={"number"}) for each in made])
    note_decided(connection, {each.article_id for each in made if each.article_id})
