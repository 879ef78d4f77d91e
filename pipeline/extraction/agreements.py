"""Agreements: from mentions to records, in two steps that keep spaCy's contract.

``find_agreements`` (the component ``entente_agreements``) gathers the mentions of each agreement with their parties, acts
and figures and writes them on the Doc as span groups ("agreements", "parties", "acts") whose attributes are plain data;
``build_agreements`` makes the frozen records from those, with dates resolved against the article's own.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import ActType, AgreementKind, PartyRole, Polarity
from pipeline.extraction.accessions import find_accessions
from pipeline.extraction.actors import Actors, find_actors
from pipeline.extraction.acts import FoundAct, find_acts, is_condition, is_talks, presupposed_act
from pipeline.extraction.context import find_parties_around
from pipeline.extraction.figures import find_figures
from pipeline.extraction.grouping import Group, group_mentions
from pipeline.extraction.mention import PRONOUN, UNSAID, AgreementMention
from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.nouns import is_dated, says_which
from pipeline.extraction.participants import find_participants, is_wish
from pipeline.extraction.parties import BESIDE, FoundParty, find_parties
from pipeline.extraction.phrases import phrase_of
from pipeline.extraction.predicates import find_predicates
from pipeline.extraction.taken_up import find_taken_up
from pipeline.extraction.verbs import MAX_STEPS
from pipeline.status import CHANGES, STATUS_OF_ACT

_HOPES = {
    "prospect",
    "bid",
    "hope",
    "aspiration",
    "path",
    "road",
    "future",
    "application",
    "candidacy",
    "ambition",
    "support",
    "push",
    "eventual",
    "possible",
    "potential",
}
# What a phrase alone does not make a row: "a commitment to peace", "European coalitions", "mutual defence".
_MERE_WORDS = {
    AgreementKind.COALITION,
    AgreementKind.OPERATION_MISSION,
    AgreementKind.OTHER_COMMITMENT,
    AgreementKind.SECURITY_GUARANTEE,
}
_MASS = {"defence", "defense", "assistance"}
GROUP = "agreements"
_TIMES = {"years", "months", "days"}  # of all that a sentence tells, a span of time is seldom the agreement's own
_TOLD = {
    PartyRole.EXCLUDED,
    PartyRole.WITHDRAWN,
    PartyRole.MEMBER,
    PartyRole.PROSPECTIVE,
}  # roles that a predicate gives
# Kinds of which a noun and an actor are enough: "NATO's guarantee", "the British battlegroup", "a headquarters in Paris".
_BORNE_OUT = {AgreementKind.OPERATION_MISSION, AgreementKind.INSTITUTION_BODY, AgreementKind.SECURITY_GUARANTEE}


@Language.component("entente_agreements")
def find_agreements(doc: Doc) -> Doc:
    """Write the span groups "agreements", "parties" and "acts" of one Doc that has its "entities"."""
    actors = find_actors(doc)
    facts: dict[str, dict[str, Any]] = {}
    mentions = sorted([*find_mentions(doc, actors), *find_accessions(doc, actors)], key=lambda mention: mention.start)
    groups = group_mentions(doc, mentions, actors)
    _take_up(doc, mentions, groups)
    told = Counter(start for group in groups for start in {doc[m.root].sent.start for m in group.mentions})
    for group in groups:
        found = _gather(doc, group, actors, told)
        if found is not None:
            facts[f"a{len(facts)}"] = found
    write_agreements(doc, facts)
    return doc


def _take_up(doc: Doc, mentions: list[AgreementMention], groups: list[Group]) -> None:
    """Give each agreement the places that take it up: they say who is what to it and what happened, and are no mentions."""
    group_of = {id(mention): group for group in groups for mention in group.mentions}
    for place, meant in find_taken_up(doc, mentions):
        if id(meant) in group_of:
            group_of[id(meant)].taken_up.append(place)


def write_agreements(doc: Doc, facts: dict[str, dict[str, Any]]) -> None:
    """Write the span groups "agreements" (with the facts as its attribute), "parties" and "acts"."""
    spans: dict[str, list[Span]] = {GROUP: [], "parties": [], "acts": []}
    for key, found in facts.items():
        _add_spans(doc, spans, key, found)
    for name, members in spans.items():
        doc.spans[name] = members
    doc.spans[GROUP].attrs["agreements"] = facts


def _gather(doc: Doc, group: Group, actors: Actors, told: Counter[int]) -> dict[str, Any] | None:
    """The plain facts of one agreement, or None where the text does not say enough for a row."""
    own = {m.key for m in group.mentions if m.key}  # a coalition is no party to itself
    places = [*group.mentions, *group.taken_up]
    found = [party for m in places for party in _parties_of(doc, m, actors) if party.actor.key not in own]
    parties = _merge_parties(found)
    acts = list(dict.fromkeys(act for m in places if m.rule != UNSAID for act in find_acts(doc, m, actors)))
    name = next((m.name for m in group.mentions if m.name), None)
    if not _is_row(doc, group, parties, acts, named=name is not None):
        return None
    if name is None and _is_only_wished_for(doc, group, acts):
        return None
    parties = parties + find_parties_around(doc, group.mentions, actors, known=parties)
    if not any(_stands(act, group.kind) for act in acts):
        root = doc[group.mentions[0].root]
        taken = presupposed_act(group.kind, root.i, hoped_for=_is_hoped_for(doc, group, parties))
        acts.append(replace(taken, act=ActType.NEGOTIATING) if is_talks(root) else taken)
    parties = _as_acceded(parties, acts) if group.kind is AgreementKind.ACCESSION else parties
    return {
        "name": name,
        "entity": next((m.key for m in group.mentions if m.key), None),
        "kind": group.kind.value,
        "rule": next((m.rule for m in group.mentions if m.name), group.mentions[0].rule),
        "mentions": [[m.start, m.end] for m in group.mentions],
        "parties": [[p.actor.canonical, p.role.value, p.actor.start, p.actor.end, p.rule] for p in parties],
        "acts": [[a.act.value, a.polarity.value, a.basis.value, a.verb, list(a.actors), a.rule] for a in acts],
        "figures": _figures(doc, group, told),
        "acceding": [p.actor.canonical for p in parties if p.actor.is_state],
    }


def _parties_of(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundParty]:
    found = [*find_parties(doc, mention, actors), *find_participants(doc, mention, actors)]
    return [replace(party, rule=mention.rule) for party in found] if mention.rule in {PRONOUN, UNSAID} else found


def _stands(act: FoundAct, kind: AgreementKind) -> bool:
    """Whether an act says how an agreement stands; "may withdraw from it" and "has extended it" take for granted that it is."""
    if act.polarity is Polarity.DONE:
        return STATUS_OF_ACT[act.act] is not None
    return act.act not in CHANGES or kind is AgreementKind.ACCESSION


def _is_row(doc: Doc, group: Group, parties: list[FoundParty], acts: list[FoundAct], *, named: bool) -> bool:
    """A named agreement always; an unnamed one needs a party, and a plural one something that happened or a maker."""
    if named:
        weak = all(mention.weak for mention in group.mentions if mention.key)
        # A body that is named again is what the text is about; one named in passing acts for somebody.
        again = len(group.mentions) > 1 and group.kind is AgreementKind.INSTITUTION_BODY
        runs = group.kind is AgreementKind.OPERATION_MISSION
        return bool(parties or acts) or again or runs or not weak
    makers = [p for p in parties if p.role not in {PartyRole.BENEFICIARY, PartyRole.TARGET}]
    if all(mention.loose for mention in group.mentions):
        return _is_borne_out(doc, group, acts, has_makers=bool(makers))
    if group.kind is AgreementKind.ACCESSION:
        return any(party.actor.is_state for party in parties)  # "NATO membership" alone is nobody's accession
    happens = bool(acts) or any(party.role in _TOLD for party in parties)
    first = doc[group.mentions[0].root]
    if first.tag_ == "NNS" and not happens:
        return bool(parties) and group.kind not in {AgreementKind.TREATY, AgreementKind.CAPABILITY_PROGRAMME}
    is_thing = group.kind not in _MERE_WORDS and first.lemma_.lower() not in _MASS and first.tag_ == "NN"
    return bool(parties or acts) or (is_thing and any(says_which(doc[m.root]) for m in group.mentions))


def _is_borne_out(doc: Doc, group: Group, acts: list[FoundAct], *, has_makers: bool) -> bool:
    """Whether something happens to what a loose noun stands for, or it bears a date, or its makers are named.

    Counter-examples: "potential cooperation" (nothing happened), "American forces".
    """
    if _is_many_forces(doc, group):
        return False
    happens = any(doc[act.verb].pos_ != "ADJ" for act in acts)
    is_made = has_makers and group.kind in _BORNE_OUT
    return happens or is_made or any(is_dated(doc[mention.root]) for mention in group.mentions)


def _is_many_forces(doc: Doc, group: Group) -> bool:
    """As in "American forces", which are a state's soldiers and no operation."""
    return any(doc[mention.root].lower_ == "forces" for mention in group.mentions)


def _is_only_wished_for(doc: Doc, group: Group, acts: list[FoundAct]) -> bool:
    """An agreement that somebody only thinks there ought to be: "Norway and Sweden should set up a joint council"."""
    if any(act.polarity is Polarity.DONE and act.act is not ActType.PROPOSED for act in acts):
        return False
    return any(is_wish(predicate.word) for m in group.mentions for predicate in find_predicates(doc, m))


def _is_hoped_for(doc: Doc, group: Group, parties: list[FoundParty]) -> bool:
    """Prospects of an accession ("its bid for membership"); a guarantee that nobody is said to give."""
    if group.kind is AgreementKind.SECURITY_GUARANTEE:
        return all(party.role is PartyRole.BENEFICIARY for party in parties)
    roots = [doc[mention.root] for mention in group.mentions]
    if any(is_condition(root.head) or any(child.tag_ == "MD" for child in root.head.lefts) for root in roots):
        return True  # "its accession would cost …"
    if any(root.lemma_ == "membership" and any(child.lower_ == "for" for child in root.rights) for root in roots):
        return True  # "membership for Ukraine"
    if group.kind is AgreementKind.ACCESSION and not any(_is_past(root) for root in roots):
        return True  # "its entry", "membership": only what is told in the past has happened
    around = {token.lemma_.lower() for root in roots for token in (root.head, root.head.head, *root.lefts)}
    return bool(around & _HOPES)


def _is_past(noun: Token) -> bool:
    """Whether a noun stands in a clause about the past: "Finland's accession changed the map", "since its accession"."""
    verb = noun
    for _ in range(MAX_STEPS):
        if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
            break
        if verb.dep_ == "prep" and verb.lower_ in {"after", "since", "following", "with"}:
            return True
        verb = verb.head
    perfect = any(child.lower_ in {"has", "have", "had", "having"} for child in verb.lefts)
    return verb.tag_ == "VBD" or perfect or any(child.tag_ == "VBD" for child in verb.lefts)


def _as_acceded(parties: list[FoundParty], acts: list[FoundAct]) -> list[FoundParty]:
    """Who has acceded is a party, no candidate any more."""
    acceded = any(act.act is ActType.ACCEDED and act.polarity is Polarity.DONE for act in acts)
    if not acceded:
        return parties
    return [replace(p, role=PartyRole.PARTY) if p.role is PartyRole.CANDIDATE else p for p in parties]


def _merge_parties(found: list[FoundParty]) -> list[FoundParty]:
    """One row an actor and role; a plain party or member gives way where another mention gives the actor a telling role."""
    plain = (PartyRole.PARTY, PartyRole.MEMBER)
    telling = {party.actor.canonical for party in found if party.role not in {*plain, *BESIDE}}
    kept: dict[tuple[str, PartyRole], FoundParty] = {}
    for party in found:
        is_known = party.role in plain and any((party.actor.canonical, role) in kept for role in plain)
        if not is_known and (party.role not in plain or party.actor.canonical not in telling):
            kept.setdefault((party.actor.canonical, party.role), party)
    return list(kept.values())


def _figures(doc: Doc, group: Group, told: Counter[int]) -> list[list[Any]]:
    """Figures in the mentions' own phrases, and in the whole sentence where it speaks of no other agreement.

    Args:
        doc: the text.
        group: the agreement.
        told: of how many agreements each sentence (by its first token) speaks.
    """
    found: dict[tuple[str, float], list[Any]] = {}
    for mention in group.mentions:
        root = doc[mention.root]
        tokens = phrase_of(root)
        own = find_figures(doc[tokens[0].i : tokens[-1].i + 1])
        beside = find_figures(root.sent) if told[root.sent.start] == 1 else []
        for figure in [*own, *(f for f in beside if f.name not in _TIMES)]:
            found.setdefault(
                (figure.name, figure.value), [figure.name, figure.value, figure.unit, figure.start, figure.end]
            )
    return list(found.values())


def _add_spans(doc: Doc, spans: dict[str, list[Span]], key: str, found: dict[str, Any]) -> None:
    spans[GROUP].extend(Span(doc, start, end, label=found["kind"], span_id=key) for start, end in found["mentions"])
    # What is found may be told of at more length behind: who found it, how surely.
    spans["parties"].extend(Span(doc, p[2], p[3], label=p[1], span_id=key) for p in found["parties"])
    spans["acts"].extend(Span(doc, a[3], a[3] + 1, label=a[0], span_id=key) for a in found["acts"])
