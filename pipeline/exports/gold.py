"""What people decided of an article as a marked article in the corpus' own format, to train on and to measure with.

An article becomes gold only whole and right: what the format cannot say of it is given back as a reason, and nothing is
written of it. A second pass of the checker (:func:`pipeline.gold.read.read_gold`) says so too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.enumerations import Basis, EntityType, MentionFlag
from pipeline.exports.settled import settle
from pipeline.gold.marks import Mark
from pipeline.gold.tables import (
    ActTable,
    AgreementTable,
    ClaimTable,
    DueTable,
    EntityTable,
    FigureTable,
    HeaderTable,
)
from pipeline.gold.write import write_gold
from pipeline.records import AUTHOR, Act, Agreement, Claim, Entity, Figure, Record, Span, normalise
from pipeline.status import status_of
from pipeline.store.streams import Annotated

# A claim's content ends before its full stop, but these are words.
_STOPS = ("U.S.", "D.C.", "U.K.", "Inc.", "Ltd.", "a.m.", "p.m.", "etc.")


class Written(NamedTuple):
    """A gold file, or why there is none."""

    name: str  #: "20250718-a-treaty-1f3c9a2e.gold"
    content: str | None
    problems: tuple[str, ...] = ()


@dataclass
class _Draft:
    """A gold file in the making."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    tables: dict[str, Record] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def key(self, letter: str) -> str:
        """The next free id: ``e1``."""
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{letter}{self.counts[letter]}"

    def mark(self, key: str, span: Span, flags: Iterable[str] = ()) -> None:
        """Mark some words."""
        self.marks.append(Mark(key, tuple(flags), span.start, span.end, 0))


def make_gold(annotated: Annotated, *, split: str = "train") -> Written:
    """The gold file of an article that was gone through whole (:func:`pipeline.store.reviewed.stream_reviewed`).

    Args:
        annotated: the article.
        split: train, dev or test.
    """
    found, draft = settle(annotated), _Draft(annotated.text)
    name = f"{_make_slug(annotated)}.gold"
    header = _make_header(annotated, split, draft)
    entities = _put_entities(draft, found.entities)
    agreements = {row.label: _put_agreement(draft, row, entities) for row in found.agreements}
    about = entities | {normalise(label): key for label, key in agreements.items()}
    for claim in found.claims:
        _put_claim(draft, claim, entities, about)
    if draft.problems or header is None:
        return Written(name, None, tuple(draft.problems))
    return Written(name, write_gold(header, annotated.text, draft.marks, draft.tables))


def _make_slug(annotated: Annotated) -> str:
    article = annotated.article
    number = (article.published or "0000").replace("-", "")
    words = re.findall(r"[a-z0-9]+", normalise(article.title or "untitled").encode("ascii", "ignore").decode())[:6]
    return "-".join([number, *(words or ["untitled"]), article.id.removeprefix("ar-")[:8]])


def _make_header(annotated: Annotated, split: str, draft: _Draft) -> HeaderTable | None:
    article = annotated.article
    if article.published is None:
        draft.problems.append("the article has no date of publication, against which its dates are resolved")
        return None
    first = next((line.strip() for line in annotated.text.splitlines() if line.strip()), "Untitled")
    is_web = bool(article.url and re.fullmatch(r"https?://\S+", article.url))
    return HeaderTable(
        title=" ".join((article.title or first).split())[:300],
        published=article.published,
        publisher=" ".join((article.publisher or "unknown").split()),
        authors=tuple(" ".join(each.split()) for each in article.authors if each.strip()),
        url=article.url if is_web else None,
        style="report",
        topic=f"reviewed-{article.id.removeprefix('ar-')}",
        split=split,
    )


def _put_entities(draft: _Draft, entities: Iterable[Entity]) -> dict[str, str]:
    """Mark the entities; their ids by every name that stands for them. Names are flat: of two that overlap the longer stays."""
    keys: dict[str, str] = {}
    for entity in _join_same(entities):
        key = draft.key("e")
        draft.tables[key] = EntityTable(
            type=entity.type,
            name=_line(entity.canonical) or key,
            iso=entity.iso if entity.type is EntityType.STATE else None,
            qid=entity.wikidata,
            aliases=_lines(entity.aliases),
        )
        for mention in entity.mentions:
            draft.mark(key, mention, (flag.value for flag in mention.flags if flag in MentionFlag))
        keys |= {normalise(each): key for each in (*entity.aliases, entity.canonical) if normalise(each) not in keys}
    _flatten(draft)
    for entity_key in [each for each in draft.tables if not any(mark.key == each for mark in draft.marks)]:
        del draft.tables[entity_key]
        keys = {name: key for name, key in keys.items() if key != entity_key}
    return keys


def _join_same(entities: Iterable[Entity]) -> list[Entity]:
    """Two records of one name and type, as a correction can leave them, are one."""
    found: dict[tuple[EntityType, str], Entity] = {}
    for each in entities:
        same = found.get((each.type, normalise(each.canonical)))
        mentions = (*same.mentions, *each.mentions) if same else each.mentions
        found[each.type, normalise(each.canonical)] = (same or each).model_copy(update={"mentions": mentions})
    return list(found.values())


def _flatten(draft: _Draft) -> None:
    kept: list[Mark] = []
    for mark in sorted(draft.marks, key=lambda each: each.start - each.end):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    draft.marks = kept


def _put_agreement(draft: _Draft, row: Agreement, entities: Mapping[str, str]) -> str:
    key = draft.key("a")
    parties = [
        f"{who} {each.role.value}" for each in row.parties if (who := _find_actor(draft, row, each.entity, entities))
    ]
    derived = status_of(row.acts)
    draft.tables[key] = AgreementTable(
        name=_line(row.name),
        label=None if row.name == row.label else _line(row.label),
        aliases=_lines(row.aliases),
        kind=row.kind,
        status=row.status,
        # A status that was read otherwise than from the acts was accepted beside them: a fair judge takes both.
        status_alt=(derived,) if derived and row.status and derived is not row.status else (),
        date=row.date,
        subject=_line(row.subject),
        legal_form=_line(row.legal_form),
        reference=_line(row.reference),
        obligations=_lines(row.obligations),
        parties=tuple(dict.fromkeys(parties)),
    )
    for mention in row.mentions:
        draft.mark(key, mention)
    if not row.acts:
        draft.problems.append(f"“{row.label}” ({row.id}) has no status: correct it, or reject the record")
    for act in row.acts:
        _put_act(draft, key, act, entities)
    for figure in row.figures:
        _put_figure(draft, key, figure)
    for due in row.due:
        due_key = draft.key("d")
        draft.tables[due_key] = DueTable(of=key, date=due.date, date_text=_line(due.date_text))
        draft.mark(due_key, due)
    return key


def _find_actor(draft: _Draft, row: Agreement, name: str, entities: Mapping[str, str]) -> str | None:
    found = entities.get(normalise(name))
    if found is None:
        draft.problems.append(f"“{name}”, a party of “{row.label}”, is no entity of the article: add it there")
    return found


def _put_act(draft: _Draft, of: str, act: Act, entities: Mapping[str, str]) -> None:
    key = draft.key("x")
    actors = tuple(dict.fromkeys(found for each in act.actors if (found := entities.get(normalise(each)))))
    draft.tables[key] = ActTable(
        of=of,
        act=act.act,
        polarity=act.polarity,
        basis=act.basis,
        date=act.date,
        date_text=_line(act.date_text),
        actors=actors,
    )
    if act.basis is Basis.STATED:
        draft.mark(key, act.trigger or act)


def _put_figure(draft: _Draft, of: str, figure: Figure) -> None:
    key = draft.key("f")
    draft.tables[key] = FigureTable(
        of=of, name=_line(figure.name) or "number", value=figure.value, unit=_line(figure.unit)
    )
    draft.mark(key, figure)


def _put_claim(draft: _Draft, claim: Claim, entities: Mapping[str, str], about: Mapping[str, str]) -> None:
    key = draft.key("c")
    parts = list(_cut_content(draft.text, claim))
    if not parts:
        draft.problems.append(f"the claim {claim.id} has no words but its cue")
        return
    draft.tables[key] = ClaimTable(
        type=claim.type,
        speaker=_put_speaker(draft, claim, entities),
        cue=_put_cue(draft, claim),
        about=tuple(dict.fromkeys(found for each in claim.about if (found := about.get(normalise(each))))),
        direct=claim.direct,
        hedged=claim.hedged,
        negated=claim.negated,
    )
    for start, end in parts:
        draft.marks.append(Mark(key, (), start, end, 0))
    for figure in claim.figures:
        _put_figure(draft, key, figure)


def _put_cue(draft: _Draft, claim: Claim) -> str:
    if claim.cue is None:
        return ""
    key = draft.key("q")
    draft.mark(key, claim.cue)
    return key


def _put_speaker(draft: _Draft, claim: Claim, entities: Mapping[str, str]) -> str:
    speaker = claim.speaker
    if speaker is None or speaker.name == AUTHOR:
        return AUTHOR if speaker else ""
    name = speaker.name or speaker.text or ""
    if found := entities.get(normalise(name)):
        return found
    start = speaker.start if speaker.start is not None else draft.text.find(name)
    end = speaker.end if speaker.end is not None else start + len(name)
    if start < 0:
        draft.problems.append(f"“{name}”, who utters the claim {claim.id}, is no entity and stands nowhere in the text")
        return ""
    key = draft.key("s")
    draft.marks.append(Mark(key, (), start, end, 0))
    return key


def _cut_content(text: str, claim: Claim) -> Iterator[tuple[int, int]]:
    """The content without its cue and its full stop."""
    for span in claim.content:
        pieces = [(span.start, span.end)]
        if claim.cue and span.start <= claim.cue.start and claim.cue.end <= span.end:
            pieces = [(span.start, claim.cue.start), (claim.cue.end, span.end)]
        for start, end in pieces:
            words = text[start:end].rstrip()
            if words.endswith(".") and not words.endswith(_STOPS):
                words = words[:-1]
            if any(each.isalnum() for each in words):
                yield start, start + len(words.rstrip())


def _line(text: str | None) -> str | None:
    """A value as the tables take it, on one line; None where nothing is said."""
    return " ".join((text or "").split()) or None


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for each in texts if (line := _line(each)))
