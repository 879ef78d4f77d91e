"""From the observations of a row to the row: pure rules, the same for the register, the brief and any past day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pipeline.enumerations import Polarity, Status
from pipeline.records import Act, Agreement, Span, normalise
from pipeline.sources.catalog import Authority
from pipeline.status import STATUS_OF_ACT, status_of
from pipeline.store.originals import Originals
from pipeline.store.rows import ObservationRow, PartyRow, RegisterRow

_NO_COPIES = Originals()


class Seen(NamedTuple):
    """One observation as it is shown, and all that the article says."""

    observation: ObservationRow
    agreement: Agreement
    parties: Mapping[tuple[str, str], datetime]  #: when each (normalised party, role) came in first
    authority: str | None = None  #: who speaks in the article, where its source is known


def make_row(
    row_id: str, first_seen: datetime, observations: Iterable[Seen], *, originals: Originals = _NO_COPIES
) -> RegisterRow:
    """The row of the register that these observations make; by ``originals`` its articles are counted."""
    seen = sorted(observations, key=_order)
    name = _choose_name(seen)
    status, status_date = find_status(seen)
    outranked = _find_outranked(seen)
    by_weight = [*outranked, *(each for each in seen if each not in outranked)]
    strongest = max(seen, key=lambda each: each.agreement.confidence)
    return RegisterRow(
        id=row_id,
        label=name or strongest.agreement.label,
        name=name,
        aliases=_find_aliases(seen, name),
        kind=Counter(each.agreement.kind for each in seen).most_common(1)[0][0],
        status=status,
        status_date=status_date,
        date=_last(each.agreement.date for each in by_weight),
        subject=_last(each.agreement.subject for each in by_weight),
        parties=_join_parties(seen),
        observations=tuple(each.observation for each in seen),
        independent=originals.count(each.observation.article_id for each in seen),
        confidence=strongest.agreement.confidence,
        first_seen=first_seen,
        last_seen=max(each.observation.first_seen for each in seen),
    )


def find_status(seen: Sequence[Seen]) -> tuple[Status | None, str | None]:
    """How a row stands, and the day that stands on: its latest act done, by the act's date.

    An act without a date stands at its article's publication. Articles without a date are asked only where dated ones
    say nothing of the status: nobody knows whether they are older or newer. Opinions are asked only where nobody else
    says how it stands, if an official text is among the articles: an op-ed never outranks it.
    """
    opinions = _find_outranked(seen)
    status, day = _find_status([each for each in seen if each not in opinions])
    return (status, day) if status is not None or not opinions else _find_status(seen)


def _find_status(seen: Sequence[Seen]) -> tuple[Status | None, str | None]:
    dated = [act for each in seen if each.observation.published for act in _date_acts(each)]
    undated = [act for each in seen if not each.observation.published for act in each.agreement.acts]
    for acts in (dated, undated):
        status = status_of(acts)
        if status is not None:
            return status, _date_of(acts, status)
    return None, None


def best_quote(agreement: Agreement) -> Span | None:
    """The words to show for an observation: of the latest act that is stated, else its first mention."""
    done = [act for act in agreement.acts if act.polarity is not Polarity.DENIED]
    evidence = max(done, key=lambda act: (act.basis == "stated", act.date or ""), default=None)
    words: Span | None = evidence or next(iter(agreement.mentions), None)
    return Span(start=words.start, end=words.end, text=words.text) if words else None


def _find_outranked(seen: Sequence[Seen]) -> list[Seen]:
    """The opinions, where an official text is there too."""
    if not any(each.authority == Authority.OFFICIAL for each in seen):
        return []
    return [each for each in seen if each.authority == Authority.OPINION]


def _order(seen: Seen) -> tuple[bool, str, str, str]:
    published = seen.observation.published
    return published is None, published or "", seen.observation.article_id, seen.observation.agreement_id


def _date_acts(seen: Seen) -> list[Act]:
    published = seen.observation.published
    return [act.model_copy(update={"date": act.date or published}) for act in seen.agreement.acts]


def _date_of(acts: Iterable[Act], status: Status) -> str | None:
    days = [act.date for act in acts if act.polarity is Polarity.DONE and STATUS_OF_ACT[act.act] is status and act.date]
    return max(days, default=None)


def _choose_name(seen: Sequence[Seen]) -> str | None:
    """The name most articles use, where they do not use an alias of it; of equals the longest."""
    own = [each for each in seen if each.observation.reason != "alias"] or seen
    names = Counter(each.agreement.name for each in own if each.agreement.name)
    return max(names, key=lambda name: (names[name], len(name), name), default=None)


def _find_aliases(seen: Sequence[Seen], name: str | None) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for each in seen:
        for alias in (each.agreement.name, *each.agreement.aliases):
            if alias and normalise(alias) != normalise(name or ""):
                found.setdefault(normalise(alias), alias)
    return tuple(found.values())


def _last(values: Iterable[str | None]) -> str | None:
    return next((value for value in reversed(list(values)) if value is not None), None)


def _join_parties(seen: Sequence[Seen]) -> tuple[PartyRow, ...]:
    joined: dict[tuple[str, str], PartyRow] = {}
    for each in seen:
        for party in each.agreement.parties:
            key = (normalise(party.entity), party.role.value)
            first_seen = each.parties.get(key, each.observation.first_seen)
            if (known := joined.get(key)) is None:
                joined[key] = PartyRow(
                    entity=party.entity,
                    role=party.role,
                    quote=Span(start=party.start, end=party.end, text=party.text),
                    article_id=each.observation.article_id,
                    agreement_ids=(each.agreement.id,),
                    first_seen=first_seen,
                )
            else:
                ids = dict.fromkeys((*known.agreement_ids, each.agreement.id))
                oldest = min(known.first_seen, first_seen)
                joined[key] = known.model_copy(update={"agreement_ids": tuple(ids), "first_seen": oldest})
    return tuple(joined.values())
