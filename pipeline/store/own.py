"""The analyst's own knowledge: agreements that a person or a spreadsheet tells of, not an article.

They are observations like those of articles (they are linked, and stand in a register row's list), marked by their origin.
"""

from collections.abc import Collection

from pydantic import AwareDatetime
from sqlalchemy import Connection

from pipeline.enumerations import AgreementKind, Origin, PartyRole, Status
from pipeline.records import IsoDate
from pipeline.store.rows import Row


class OwnParty(Row):
    """An actor of an agreement that a person entered."""

    entity: str
    role: PartyRole = PartyRole.PARTY


class OwnFigure(Row):
    """A number that a person entered: ``members = 26``."""

    name: str
    value: float
    unit: str | None = None


class OwnAgreement(Row):
    """An observation without an article: who entered it, when, and from where they say they have it."""

    id: str  #: ``ow-…``
    origin: Origin  #: person or import, never article
    who: str
    entered_at: AwareDatetime
    source: str | None = None  #: in their words; of an import the name of the file
    url: str | None = None
    quote: str | None = None
    name: str | None = None
    label: str
    aliases: tuple[str, ...] = ()
    kind: AgreementKind
    status: Status | None = None
    date: IsoDate | None = None
    subject: str | None = None
    legal_form: str | None = None
    reference: str | None = None
    obligations: tuple[str, ...] = ()
    parties: tuple[OwnParty, ...] = ()
    figures: tuple[OwnFigure, ...] = ()


def load_own(connection: Connection, own_ids: Collection[str]) -> list[OwnAgreement]:
    """These own observations (``ow-…``) with their corrections applied; withdrawn and unknown ones are left out."""
    del connection, own_ids
    return []


def load_unlinked_own(connection: Connection, *, limit: int) -> list[OwnAgreement]:
    """Own observations that stand in no row yet, at most so many, those that were entered first at the front."""
    del connection, limit
    return []
