"""From the parts of a gold file without mistakes to its records."""

from typing import Any

from pipeline.enumerations import MentionFlag, PartyRole
from pipeline.errors import InputError
from pipeline.gold.records import (
    GoldAct,
    GoldAgreement,
    GoldArticle,
    GoldClaim,
    GoldDue,
    GoldEntity,
    GoldFigure,
    GoldParty,
)
from pipeline.gold.source import Source
from pipeline.gold.tables import (
    SPEAKER_ID,
    ActTable,
    AgreementTable,
    ClaimTable,
    DueTable,
    EntityTable,
    FigureTable,
)
from pipeline.records import AUTHOR, Mention, Record, Span


def build_article(source: Source) -> GoldArticle:
    """The records of a file that has passed all checks.

    Raises:
        InputError: it has no readable head.
    """
    if source.header is None:
        raise InputError(f"{source.slug}: has no head; run entente corpus check")
    return GoldArticle(
        slug=source.slug,
        header=source.header,
        text=source.marked.text,
        entities=tuple(_build_entity(source, entry.key, table) for entry, table in source.find_all(EntityTable)),
        agreements=tuple(_build_row(source, entry.key, table) for entry, table in source.find_all(AgreementTable)),
        claims=tuple(_build_claim(source, entry.key, table) for entry, table in source.find_all(ClaimTable)),
    )


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _spans(source: Source, key: str) -> tuple[Span, ...]:
    return tuple(source.cut(mark) for mark in source.marks.get(key, ()))


def _first(source: Source, key: str) -> Span | None:
    spans = _spans(source, key)
    return spans[0] if spans else None


def _name(source: Source, key: str) -> str:
    record = source.tables.entries[key].record
    return record.name if isinstance(record, EntityTable) else key


def _build_entity(source: Source, key: str, table: EntityTable) -> GoldEntity:
    mentions = tuple(
        Mention(**source.cut(mark).model_dump(), flags=tuple(map(MentionFlag, mark.flags)))
        for mark in source.marks[key]
    )
    return GoldEntity(**_fields(table), key=key, mentions=mentions)


def _build_row(source: Source, key: str, table: AgreementTable) -> GoldAgreement:
    parties = [party.partition(" ") for party in table.parties]
    return GoldAgreement(
        **_fields(table),
        key=key,
        mentions=_spans(source, key),
        actors=tuple(GoldParty(actor=_name(source, who), role=PartyRole(role)) for who, _, role in parties),
        acts=tuple(
            GoldAct(
                **_fields(act),
                key=entry.key,
                span=_first(source, entry.key),
                names=tuple(_name(source, actor) for actor in act.actors),
            )
            for entry, act in source.find_all(ActTable)
            if act.of == key
        ),
        figures=_build_figures(source, key),
        due=tuple(
            GoldDue(**_fields(due), key=entry.key, span=_first(source, entry.key))
            for entry, due in source.find_all(DueTable)
            if due.of == key
        ),
    )


def _build_figures(source: Source, owner: str) -> tuple[GoldFigure, ...]:
    return tuple(
        GoldFigure(**_fields(figure), key=entry.key, span=_first(source, entry.key))
        for entry, figure in source.find_all(FigureTable)
        if figure.of == owner
    )


def _build_claim(source: Source, key: str, table: ClaimTable) -> GoldClaim:
    content = _spans(source, key)
    cue = _first(source, table.cue)
    span = _nearest(_spans(source, table.speaker), to=cue or content[0])
    return GoldClaim(
        **_fields(table) | {"speaker_alt": tuple(_name_alternative(source, each) for each in table.speaker_alt)},
        key=key,
        content=content,
        cue_span=cue,
        speaker_name=_name_speaker(source, table.speaker, span),
        speaker_span=span,
        figures=_build_figures(source, key),
    )


def _name_speaker(source: Source, speaker: str, span: Span | None) -> str | None:
    if speaker in {"", AUTHOR}:
        return speaker or None
    if speaker.startswith("e"):
        return _name(source, speaker)
    return span.text if span else None


def _name_alternative(source: Source, alternative: str) -> str:
    """An alternative speaker given as an id is the name or the words it stands for; anything else is a name itself."""
    if not SPEAKER_ID.fullmatch(alternative):
        return alternative
    spans = _spans(source, alternative)
    return _name_speaker(source, alternative, spans[0] if spans else None) or alternative


def _nearest(spans: tuple[Span, ...], *, to: Span) -> Span | None:
    return min(spans, key=lambda span: max(span.start - to.end, to.start - span.end, 0), default=None)
