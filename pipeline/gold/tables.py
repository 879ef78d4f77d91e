"""What stands in the tables of a gold file: one closed set of keys for each sort of record."""

import re
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from pipeline.enumerations import ActType, AgreementKind, Basis, ClaimType, EntityType, Polarity, Status
from pipeline.records import IsoDate, Record

STYLES = (
    *("report", "wire", "opinion", "brief", "press_release", "joint_statement", "interview", "legal_note", "digest"),
    "translation",
)
SPLITS = ("train", "dev", "test")

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False, pattern=r"^\S(.*\S)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class HeaderTable(Record):
    """What an article says of itself, and where it stands in the corpus."""

    title: Words
    published: IsoDate
    publisher: Words
    authors: tuple[Words, ...] = ()
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    style: str
    topic: Slug  #: event family; all articles of one stand in the same split
    split: str
    source: Words | None = None  #: of a real article: where its text lies (:mod:`pipeline.evaluation.standoff`)


class EntityTable(Record):
    """``e1 = {type = "STATE", name = "France", iso = "FR", qid = "Q142"}``."""

    type: EntityType
    name: Words  #: canonical
    iso: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    qid: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None
    aliases: tuple[Words, ...] = ()


class AgreementTable(Record):
    """``a1 = {name = "Arden Treaty", kind = "treaty", status = "signed", parties = ["e1 party"]}``."""

    name: Words | None = None
    label: Words | None = None
    aliases: tuple[Words, ...] = ()
    kind: AgreementKind
    kind_alt: tuple[AgreementKind, ...] = ()
    status: Status | None = None
    status_alt: tuple[Status, ...] = ()
    date: IsoDate | None = None
    date_alt: tuple[IsoDate, ...] = ()
    subject: Words | None = None
    legal_form: Words | None = None
    reference: Words | None = None
    obligations: tuple[Words, ...] = ()
    shared: Slug | None = None  #: the same in every article that tells of this agreement
    entity: str | None = None
    parties: tuple[str, ...] = ()  #: "e1 lead"

    @model_validator(mode="after")
    def _check_called(self) -> "AgreementTable":
        if not (self.name or self.label):
            raise ValueError("it needs a name, or a label where it has none")
        return self


class ActTable(Record):
    """``x1 = {of = "a1", act = "signed", date = "2025-09-12", actors = ["e1"]}``."""

    of: str
    act: ActType
    polarity: Polarity = Polarity.DONE
    basis: Basis = Basis.STATED
    date: IsoDate | None = None
    date_text: Words | None = None
    actors: tuple[str, ...] = ()


class FigureTable(Record):
    """``f1 = {of = "a1", name = "members", value = 26}``; of an agreement or a claim."""

    of: str
    name: Words
    value: float
    unit: Words | None = None


class DueTable(Record):
    """``d1 = {of = "a1", date = "2030"}``."""

    of: str
    date: IsoDate
    date_text: Words | None = None


#: An entity or a described speaker, as a claim refers to it.
SPEAKER_ID = re.compile(r"[es][1-9][0-9]*")


class ClaimTable(Record):
    """``c1 = {type = "prediction", speaker = "e1", cue = "q1", about = ["a1"]}``."""

    type: ClaimType
    speaker: str = Field(pattern=r"^(AUTHOR|[es][1-9][0-9]*|)$")
    speaker_alt: tuple[Words, ...] = ()  #: others that a fair judge accepts: ids ("e3", "s1") or names
    cue: str = Field(default="", pattern=r"^(q[1-9][0-9]*|)$")
    about: tuple[str, ...] = ()
    direct: bool = False
    hedged: bool = False
    negated: bool = False


SECTIONS: dict[str, tuple[str, type[Record]]] = {
    "entities": ("e", EntityTable),
    "agreements": ("a", AgreementTable),
    "acts": ("x", ActTable),
    "figures": ("f", FigureTable),
    "due": ("d", DueTable),
    "claims": ("c", ClaimTable),
}
