"""What people entered themselves, as the rows of the register take it: observations like those of articles, but marked."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, select

from pipeline.enumerations import ActType, Basis
from pipeline.records import Act, Agreement, Due, Figure, Party, Span, normalise
from pipeline.store import schema
from pipeline.store.decided import make_deed
from pipeline.store.observations import Actor, Deed, Seen
from pipeline.store.own import OwnAgreement, load_own
from pipeline.store.queries import is_one_of
from pipeline.store.register_rows import ObservationRow

_SURE = 1.0  # a person said so


def load_own_seen(connection: Connection, row_ids: Collection[str]) -> dict[str, list[Seen]]:
    """What people entered of these rows, by row."""
    link, own = schema.link, schema.own_agreement
    query = select(link.c.row_id, link.c.agreement_id, link.c.reason).where(
        link.c.agreement_id == own.c.id, is_one_of(link.c.row_id, row_ids)
    )
    places = {each.agreement_id: each for each in connection.execute(query)}
    found: dict[str, list[Seen]] = defaultdict(list)
    for each in load_own(connection, list(places)) if places else []:
        place = places[each.id]
        found[place.row_id].append(_make_seen(each, place.reason))
    return found


def load_own_shown(connection: Connection, own_ids: Collection[str]) -> dict[str, tuple[ObservationRow, Agreement]]:
    """The same with their words: those a person quoted, else the label."""
    link = schema.link
    query = select(link.c.agreement_id, link.c.reason, link.c.score).where(is_one_of(link.c.agreement_id, own_ids))
    places = {each.agreement_id: each for each in connection.execute(query)} if own_ids else {}
    return {
        each.id: _make_shown(each, places[each.id]) for each in (load_own(connection, list(places)) if places else [])
    }


def _make_seen(own: OwnAgreement, reason: str) -> Seen:
    acts = [Deed(each.act, each.polarity, Basis.STATED, each.date) for each in own.acts]
    if own.status and not acts:
        acts = [make_deed(own.status, own.date)]  # rows stand as their acts have it
    return Seen(
        agreement_id=own.id,
        article_id=own.id,  # it repeats no article
        first_seen=own.entered_at,
        label=own.label,
        kind=own.kind,
        confidence=_SURE,
        name=own.name,
        aliases=own.aliases,
        status=own.status,
        date=own.date,
        subject=own.subject,
        published=own.entered_at.date().isoformat(),
        reason=reason,
        acts=acts,
        parties=[Actor(normalise(each.entity), each.role, each.entity, own.entered_at) for each in own.parties],
        figures=[(each.name, each.unit, each.value) for each in own.figures],
        due=[each.date for each in own.due],
    )


def _make_shown(own: OwnAgreement, place: Row[tuple[str, str, float]]) -> tuple[ObservationRow, Agreement]:
    agreement = _make_agreement(own)
    observation = ObservationRow(
        agreement_id=own.id,
        article_id=own.id,
        address=own.url or own.source or own.who,
        url=own.url,
        title=own.source,
        publisher=own.who,
        published=own.entered_at.date().isoformat(),
        origin=own.origin,
        name=own.name,
        label=own.label,
        kind=own.kind,
        status=own.status,
        date=own.date,
        subject=own.subject,
        figures=agreement.figures,
        quote=agreement.mentions[0],
        confidence=_SURE,
        reason=place.reason,
        score=place.score,
        first_seen=own.entered_at,
    )
    return observation, agreement


def _make_agreement(own: OwnAgreement) -> Agreement:
    words = own.quote or own.label
    span: dict[str, Any] = {"start": 0, "end": len(words), "text": words}
    return Agreement(
        id=own.id,
        name=own.name,
        label=own.label,
        aliases=own.aliases,
        kind=own.kind,
        status=own.status,
        date=own.date,
        subject=own.subject,
        confidence=_SURE,
        due=tuple(Due(**span, date=each.date, date_text=each.date) for each in own.due),
        parties=tuple(Party(**span, entity=each.entity, role=each.role) for each in own.parties),
        mentions=(Span(**span),),
        acts=tuple(
            Act(**span, act=ActType(each.act), polarity=each.polarity, date=each.date, actors=each.actors)
            for each in own.acts
        ),
        figures=tuple(Figure(**span, name=each.name, value=each.value, unit=each.unit) for each in own.figures),
        rule=own.origin,
    )
