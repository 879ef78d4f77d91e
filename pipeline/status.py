"""From what happened to an agreement (its acts) to how it stands (its status): the one table, used everywhere.

| act done | status | | act done | status |
|---|---|---|---|---|
| proposed | proposed | | launched, operating | operating |
| announced | planned | | extended, withdrew | as before |
| negotiating | negotiating | | stalled, suspended | the same word |
| agreed | agreed | | rejected, expired, terminated | the same word |
| signed, ratified | signed | | acceded, entered_into_force | in_force |

Any act that is only planned gives ``planned`` where none is done; a denied act changes nothing (it is shown all the same).
"""

from collections.abc import Sequence
from typing import Protocol

from pipeline.enumerations import ActType, Basis, Polarity, Status
from pipeline.records import Act


class Deed(Protocol):
    """What of an act its status hangs on; an :class:`Act` has it, and so do shorter notes of one."""

    @property
    def act(self) -> ActType:
        """What happened."""

    @property
    def polarity(self) -> Polarity:
        """Whether it did."""

    @property
    def basis(self) -> Basis:
        """Whether that is stated."""

    @property
    def date(self) -> str | None:
        """When."""


STATUS_OF_ACT: dict[ActType, Status | None] = {
    ActType.PROPOSED: Status.PROPOSED,
    ActType.ANNOUNCED: Status.PLANNED,
    ActType.NEGOTIATING: Status.NEGOTIATING,
    ActType.AGREED: Status.AGREED,
    ActType.SIGNED: Status.SIGNED,
    ActType.RATIFIED: Status.SIGNED,
    ActType.ACCEDED: Status.IN_FORCE,
    ActType.ENTERED_INTO_FORCE: Status.IN_FORCE,
    ActType.LAUNCHED: Status.OPERATING,
    ActType.OPERATING: Status.OPERATING,
    ActType.EXTENDED: None,
    ActType.WITHDREW: None,
    ActType.STALLED: Status.STALLED,
    ActType.SUSPENDED: Status.SUSPENDED,
    ActType.REJECTED: Status.REJECTED,
    ActType.EXPIRED: Status.EXPIRED,
    ActType.TERMINATED: Status.TERMINATED,
}

#: How far along an act stands: of two acts without an order in time, the further one is how it stands.
PROGRESS: dict[Status, int] = {
    Status.PROPOSED: 0,
    Status.PLANNED: 1,
    Status.NEGOTIATING: 2,
    Status.AGREED: 3,
    Status.SIGNED: 4,
    Status.IN_FORCE: 5,
    Status.OPERATING: 5,
    Status.STALLED: 6,
    Status.SUSPENDED: 7,
    Status.REJECTED: 8,
    Status.EXPIRED: 8,
    Status.TERMINATED: 8,
}

#: What can only happen to what exists: "may withdraw from the treaty" does not make it planned.
CHANGES = frozenset(
    {
        ActType.EXTENDED,
        ActType.STALLED,
        ActType.SUSPENDED,
        ActType.WITHDREW,
        ActType.EXPIRED,
        ActType.TERMINATED,
        ActType.ACCEDED,
    }
)


def status_of(acts: Sequence[Deed]) -> Status | None:
    """How an agreement stands after these acts, of one article or of several, or None where they say nothing of it.

    The latest dated act decides, unless an act without a date is further along: news dates the past and leaves the present
    undated ("signed in 2010 … is now suspended"), but an undated signature does not undo a dated end. Of equals the one
    further along decides. What the text only takes for granted decides where nothing is stated: a later mention in passing
    does not revive what was ended.
    """
    stated = [act for act in acts if act.basis is Basis.STATED]
    presupposed = [act for act in acts if act.basis is Basis.PRESUPPOSED]
    if any(act.polarity is Polarity.PLANNED and act.act not in CHANGES for act in stated):
        return _standing(stated) or Status.PLANNED
    return _standing(stated) or _standing(presupposed)


def find_deciding(acts: Sequence[Act]) -> Act | None:
    """The act by which an agreement stands as :func:`status_of` says: the latest of those that give that status."""
    status = status_of(acts)
    if status is None:
        return None
    done = [act for act in acts if act.polarity is Polarity.DONE and STATUS_OF_ACT[act.act] is status]
    planned = [act for act in acts if act.polarity is Polarity.PLANNED and act.act not in CHANGES]
    found = done or (planned if status is Status.PLANNED else [])
    return max(found, key=lambda act: (act.basis is Basis.STATED, act.date or "", -act.start), default=None)


def _standing(acts: Sequence[Deed]) -> Status | None:
    done = [(act.date, STATUS_OF_ACT[act.act]) for act in acts if act.polarity is Polarity.DONE]
    dated = [(date, PROGRESS[status], status) for date, status in done if date is not None and status is not None]
    undated = [(PROGRESS[status], status) for date, status in done if date is None and status is not None]
    latest = [max(dated)[1:]] if dated else []
    return max([*latest, *undated])[1] if latest or undated else None
