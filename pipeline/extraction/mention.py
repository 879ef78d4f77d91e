"""One place where a text speaks of an agreement, and what is known of it at sight."""

from dataclasses import dataclass

from pipeline.enumerations import AgreementKind

#: Rules of places that take an agreement up again: by "it", or by nothing after a verb ("Chile did not join").
PRONOUN, UNSAID = "pronoun", "unsaid"


@dataclass(frozen=True)
class AgreementMention:
    """One mention: token offsets of the shown span, its root, its whole phrase, and what is known of it at sight."""

    start: int
    end: int
    root: int
    kind: AgreementKind
    key: str | None  #: entity key of a named one
    name: str | None
    rule: str
    definite: bool  #: "the coalition": may point back to one mentioned before
    rich: bool  #: has words or parties of its own beside the noun
    indefinite: bool = False  #: "a memorandum": may be a row though it says no more
    weak: bool = False  #: a name that nothing says to be an agreement's: a row only if something happened to it
    bloc: str | None = None  #: key of the bloc that an accession is to
    loose: bool = False  #: its noun lacks what the lexicon asks for: a row only if a maker or an act bears it out
