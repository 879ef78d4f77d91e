"""Agreement records from what ``entente_agreements`` wrote on the Doc: dates resolved, status derived, ids given."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from pipeline.enumerations import ActType, AgreementKind, Basis, PartyRole, Polarity
from pipeline.extraction.agreements import GROUP
from pipeline.extraction.confidence import rate
from pipeline.extraction.due_dates import count_rows, find_due_dates
from pipeline.extraction.moments import find_date_of_noun, find_date_of_participle, find_date_of_verb
from pipeline.extraction.reasons import TAGGER, explain_agreement
from pipeline.extraction.terms import find_terms
from pipeline.records import Act, Agreement, Article, Figure, Party, Span, make_record_id, normalise
from pipeline.status import status_of

# Which act's date is the agreement's own (of conclusion or start), the most telling first.
_CONCLUDING = (
    ActType.SIGNED,
    ActType.LAUNCHED,
    ActType.AGREED,
    ActType.ACCEDED,
    ActType.ENTERED_INTO_FORCE,
    ActType.RATIFIED,
    ActType.ANNOUNCED,
    ActType.OPERATING,
    ActType.PROPOSED,
    ActType.NEGOTIATING,
)
_LASTING = {ActType.OPERATING, ActType.ENTERED_INTO_FORCE, ActType.STALLED}
# What a row is worth: the share of rows with the right name, all actors and the right status, by how it was found, whether the
# text states an act, and how many parties it has (0, 1, more). Measured on the train split of the corpus (68 articles, 578 rows)
# on 2026-11-22 by `entente evaluate --split train`, to the nearest .05; the rules that find fewer than ten have that of nouns.
_CONFIDENCE = {
    ("named", False): (0.25, 0.25, 0.1),
    ("named", True): (0.1, 0.4, 0.45),
    ("noun", False): (0.15, 0.25, 0.3),
    ("noun", True): (0.15, 0.15, 0.2),
}


def build_agreements(doc: Doc, article: Article) -> tuple[Agreement, ...]:
    """The agreement records of one Doc, in the order of their first mentions."""
    seen: Counter[str] = Counter()
    rows = list(doc.spans[GROUP].attrs["agreements"].values())
    told = count_rows(doc, rows)
    return tuple(_build(doc, article, facts, seen, told) for facts in rows)


def _build(doc: Doc, article: Article, facts: dict[str, Any], seen: Counter[str], told: Counter[int]) -> Agreement:
    mentions = tuple(_span(doc, article, start, end) for start, end in facts["mentions"])
    acts = tuple(_build_act(doc, article, act) for act in facts["acts"])
    anchor = facts["name"] or mentions[0].text
    same = normalise(anchor)  # ids are made of it, so it is what must be counted
    occurrence, seen[same] = seen[same], seen[same] + 1
    kind = AgreementKind(facts["kind"])
    stated = any(act.basis is Basis.STATED for act in acts)
    terms = find_terms(doc, facts["mentions"])
    agreement = Agreement(
        id=make_record_id("ag", article.id, anchor, occurrence),
        name=facts["name"],
        label=facts["name"] or _label(facts, mentions[0]),
        aliases=_aliases(facts["name"], mentions),
        kind=kind,
        status=status_of(acts),
        date=_date_of(doc, article, facts["mentions"], kind, acts),
        subject=_subject(doc, facts),
        legal_form=terms.legal_form.value if terms.legal_form else None,
        reference=terms.reference.value if terms.reference else None,
        obligations=tuple(each.value for each in terms.obligations),
        confidence=_rate(facts, stated=stated),
        due=find_due_dates(doc, article, facts, told),
        parties=tuple(_build_party(doc, article, party) for party in facts["parties"]),
        mentions=mentions,
        acts=acts,
        figures=tuple(
            Figure(name=name, value=value, unit=unit, start=start, end=end, text=article.text[start:end])
            for name, value, unit, start, end in facts["figures"]
        ),
        rule=facts["rule"],
    )
    kind_by = TAGGER if "evidence" in facts else facts["rule"]  # a settled row has the kind that its signals say
    return agreement.model_copy(update={"why": explain_agreement(agreement, article.text, terms, kind_by=kind_by)})


def _build_party(doc: Doc, article: Article, facts: list[Any]) -> Party:
    """From [name, role, start, end], and behind them who gave it the role (else the tagger) and how surely."""
    name, role, start, end, *made = facts
    return Party(
        entity=name,
        role=PartyRole(role),
        rule=made[0] if made else TAGGER,
        confidence=made[1] if len(made) > 1 else None,
        **_offsets(doc, article, start, end),
    )


def _rate(facts: dict[str, Any], *, stated: bool) -> float:
    if "evidence" in facts:
        return rate("row", facts["evidence"])
    rule = "named" if facts["rule"] == "named" else "noun"
    return _CONFIDENCE[rule, stated][min(len(facts["parties"]), 2)]


def _offsets(doc: Doc, article: Article, start: int, end: int) -> dict[str, Any]:
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return {"start": first, "end": last, "text": article.text[first:last]}


def _span(doc: Doc, article: Article, start: int, end: int) -> Span:
    return Span(**_offsets(doc, article, start, end))


def _build_act(doc: Doc, article: Article, facts: list[Any]) -> Act:
    act, polarity, basis, verb, actors, *made = facts
    sentence = doc[verb].sent
    while len(sentence) > 1 and sentence[-1].is_space:
        sentence = sentence[:-1]
    planned, lasting = polarity == Polarity.PLANNED.value, ActType(act) in _LASTING
    stated = basis == Basis.STATED.value
    date = find_date_of_verb(doc, article, verb, future=planned, lasting=lasting) if stated else None
    return Act(
        act=ActType(act),
        polarity=Polarity(polarity),
        basis=Basis(basis),
        date=date.iso if date else None,
        date_text=date.text if date else None,
        date_resolution=date.resolution if date else None,
        actors=tuple(actors),
        trigger=_span(doc, article, verb, verb + 1),
        rule=made[0] if made else TAGGER,
        **_offsets(doc, article, sentence.start, sentence.end),
    )


def _date_of(
    doc: Doc, article: Article, mentions: Sequence[Sequence[int]], kind: AgreementKind, acts: Sequence[Act]
) -> str | None:
    """When it was concluded or began: by an act, by its name ("the deal of 2013"), or by what is told in passing.

    Of the train split's rows the name is right in 150 of 167 cases, so it goes before acts that only say that something runs.
    """
    dated = [act for act in acts if act.date and act.polarity is Polarity.DONE and _may_conclude(act.act, kind)]
    first = min(dated, key=lambda act: _CONCLUDING.index(act.act), default=None)
    if first is not None and first.act not in _LASTING:
        return first.date
    named = find_date_of_noun(doc, mentions, published=article.published)
    return named or (first.date if first is not None else find_date_of_participle(doc, article, mentions))


def _may_conclude(act: ActType, kind: AgreementKind) -> bool:
    """Not who joined a treaty when, nor who asked to join, nor a draft treaty's proposal: right in 3 of 16 rows."""
    if act is ActType.ACCEDED:
        return kind is AgreementKind.ACCESSION
    if act is ActType.PROPOSED:
        return kind not in {AgreementKind.ACCESSION, AgreementKind.TREATY}
    return act in _CONCLUDING


def _label(facts: dict[str, Any], mention: Span) -> str:
    """An unnamed agreement's own words, with whose it is where they do not say so."""
    if facts["kind"] == AgreementKind.ACCESSION.value:
        return _accession_label(facts)
    text = mention.text if len(mention.text) <= 90 else mention.text[:90].rsplit(" ", 1)[0] + " …"
    words = text.strip("“”\"' ,;.")
    makers = [name for name, role, *_ in facts["parties"] if role in {"lead", "party", "member", "candidate"}]
    missing = [name for name in dict.fromkeys(makers) if name.split()[0][:4].lower() not in words.lower()]
    return f"{words} ({', '.join(missing[:3])})" if missing and facts["rule"] != "clause" else words


def _accession_label(facts: dict[str, Any]) -> str:
    """As in "accession of Finland and Sweden to NATO", from its parties."""
    states = [name for name, role, *_ in facts["parties"] if role == "candidate" or name in facts["acceding"]]
    blocs = [name for name, role, *_ in facts["parties"] if role == "party" and name not in states]
    to = f" to {'the ' if ' ' in blocs[0] else ''}{blocs[0]}" if blocs else ""
    return f"accession of {' and '.join(dict.fromkeys(states)) or 'a state'}{to}"


def _aliases(name: str | None, mentions: tuple[Span, ...]) -> tuple[str, ...]:
    if name is None:
        return ()
    # Other written names: those with a capital; "the pact" is a reference, not an alias.
    texts = [m.text for m in mentions if m.text != name and any(c.isupper() for c in m.text)]
    return tuple(dict.fromkeys(texts))


def _subject(doc: Doc, facts: dict[str, Any]) -> str | None:
    """What it is about, in its own words: the "to …", "on …" or "for …" behind a mention, 3 to 8 words."""
    for _, end in facts["mentions"]:
        tail = [token for token in doc[end : end + 9] if not token.is_space]
        if tail and tail[0].lower_ in {"to", "on", "for", "aimed"} and not tail[0].is_sent_start:
            words = []
            for token in tail:
                if token.text in ".,;:()—“”" or token.is_sent_start:
                    break
                words.append(token.text_with_ws)
            text = "".join(words[:8]).strip()
            if len(words) >= 3:
                return text
    return None
