"""Who stands where: the actors of a Doc by token, with the states that adjectives and places belong to.

An actor is a mention of a state, bloc, body or organisation; "Europe" acts too where it agrees or is protected. Pairs that
are named by number ("both countries", "the two sides") stand for the two states named last before them.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Doc, Span, Token

import models
from pipeline.enumerations import EntityType
from pipeline.extraction.officials import find_officials

ACTOR_TYPES = {EntityType.STATE.value, EntityType.ALLIANCE_BLOC.value, EntityType.ORG.value}
_ACTING_PLACES = {"Europe"}
_BLOC_NOUNS = {"coalition", "alliance", "bloc", "grouping", "partnership"}
# Offices and bodies that act for their state; "officials say" is theirs too, but a soldier or a firm is not.
_OFFICES = {
    "government", "administration", "leader", "minister", "ministry", "authority", "cabinet", "parliament", "side",
    "president", "chancellor", "premier", "king", "foreign", "senate", "congress", "negotiator", "delegation", "envoy",
    "ambassador", "secretary", "official", "head", "chief",
}  # fmt: skip
MAX_BACK = 60  #: actors looked back at for "both countries"; what was named before that is not meant
_SIZES = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_GROUP_NOUNS = {
    "country", "state", "side", "nation", "government", "capital", "ally", "neighbour", "neighbor", "partner", "party",
    "leader", "minister", "president", "premier", "chancellor", "power", "navy", "signatory",
}  # fmt: skip
_BLOC_GROUPS = {"organisation", "organization", "bloc", "institution", "body"}
_JOINING = {",", "and", "the", ";", "well", "as"}
_FIRST_PERSON = {"we", "us", "our", "ours"}
_STATEMENT = 2000  #: tokens in which a statement has said who makes it
_HEADING = 80  #: tokens above which those who make it are named
_VOICED = 6  #: times: op-eds say "we" now and then
_ARGUMENTS = {"nsubj", "nsubjpass", "pobj", "poss", "dobj"}
_DEFINITE = {"the", "these", "those", "all", "our", "both"}


@dataclass(frozen=True)
class Actor:
    """One mention of an actor: token offsets, the entity's key and canonical name."""

    start: int
    end: int
    key: str
    canonical: str
    type: str

    @property
    def is_state(self) -> bool:
        """Whether it is a state."""
        return self.type == EntityType.STATE.value


@dataclass(frozen=True)
class Actors:
    """All actors of a Doc, and the states behind its places."""

    by_token: dict[int, Actor]
    state_of_place: dict[int, Actor]  #: first token of a place -> the state it lies in
    ordered: tuple[Actor, ...]
    starts: tuple[int, ...]  #: first tokens of ``ordered``
    state_of_person: dict[int, Actor]  #: token of an official -> the state that the text says he acts for
    signatories: tuple[Actor, ...] = ()  #: of a statement written as "we"

    def at(self, token: Token) -> Actor | None:
        """The actor that this token is part of."""
        return self.by_token.get(token.i)

    def within(self, tokens: Iterable[Token]) -> list[Actor]:
        """The distinct actors among some tokens, in order."""
        found = [self.by_token[token.i] for token in tokens if token.i in self.by_token]
        return list(dict.fromkeys(found))

    def group_before(self, noun: Token, size: int) -> list[Actor]:
        """Whom "both countries" or "the four" mean: the states last named in one list of that many, else the last two.

        Of "the two organisations" the blocs and organisations.
        """
        before = [actor for actor in self._last(noun.i) if _may_be_of(actor, noun)]
        listed = _last_list(noun.doc, before, size)
        if listed or size != 2:
            return listed
        pair: dict[str, Actor] = {}
        for actor in reversed(before):
            pair.setdefault(actor.key, actor)
            if len(pair) == size:
                return sorted(pair.values(), key=lambda a: a.start)
        return []

    def _last(self, index: int) -> list[Actor]:
        before = bisect_right(self.starts, index)
        return [actor for actor in self.ordered[max(0, before - MAX_BACK) : before] if actor.end <= index]


def find_actors(doc: Doc) -> Actors:
    """Read the actors from ``doc.spans["entities"]``."""
    group = doc.spans["entities"]
    facts = group.attrs["entities"]
    ordered, by_token, places = [], {}, {}
    officials = find_officials(doc, list(group))
    represented = {key: _actor(state, facts[state.id_]) for key, state in officials.items()}
    persons = {i: represented[s.id_] for s in group if s.id_ in represented for i in range(s.start, s.end)}
    for span in _with_references(doc, list(group)):
        actor = _actor(span, facts[span.id_])
        if span.label_ in ACTOR_TYPES or actor.canonical in _ACTING_PLACES:
            ordered.append(actor)
            by_token.update(dict.fromkeys(range(span.start, span.end), actor))
        state = (
            _state_names().get(_place_states().get(actor.canonical, ""))
            if span.label_ == EntityType.PLACE.value
            else None
        )
        if state:
            places[span.start] = Actor(span.start, span.end, f"iso:{state}", state, EntityType.STATE.value)
    found = Actors(by_token, places, tuple(ordered), tuple(actor.start for actor in ordered), persons)
    return replace(found, signatories=tuple(_find_signatories(doc, found)))


def _find_signatories(doc: Doc, actors: Actors) -> list[Actor]:
    """Who "we" are in a statement: "We, the ministers of Norway, Chile and Peru, have signed …", or the first list above it.

    "Statement of Norway and Chile … Our countries have signed": where they are the voice of the text and not of a quotation.
    """
    spoken = [token for token in islice(doc, _STATEMENT) if token.lower_ in _FIRST_PERSON]
    if not spoken:
        return []
    for token in spoken:
        if token.lower_ == "we" and token.i + 1 < len(doc) and doc[token.i + 1].text in ",—–":
            verb = next((t.i for t in doc[token.i : token.sent.end] if t.pos_ in {"VERB", "AUX"}), token.sent.end)
            named = [actor for actor in actors.within(doc[token.i : verb]) if actor.type != EntityType.ORG.value]
            if len(named) > 1 or doc[min(token.i + 2, len(doc) - 1)].lower_ == "the":
                return named
    above = [actor for actor in actors.within(doc[: min(spoken[0].i, _HEADING)]) if actor.is_state]
    is_voice = len(spoken) >= _VOICED and not any(token.text in '“”"' for token in doc[: spoken[0].i])
    return _first_list(doc, above) if is_voice else []


def _with_references(doc: Doc, spans: list[Span]) -> list[Span]:
    """The mentions and, among them, "the coalition" or "the alliance" for the bloc of that noun named last before."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    last: dict[str, Span] = {}
    found = []
    by_start = {span.start: span for span in spans}
    for token in doc:
        span = by_start.get(token.i)
        if span is not None and span.label_ == EntityType.ALLIANCE_BLOC.value:
            last.update({noun: span for noun in _BLOC_NOUNS if noun in span.text.lower().split()})
        noun = token.lower_
        if noun in last and token.i not in taken and token.i and doc[token.i - 1].lower_ in {"the", "this"}:
            found.append(Span(doc, token.i, token.i + 1, label=last[noun].label_, span_id=last[noun].id_))
    return sorted([*spans, *found], key=lambda span: span.start)


def subject_of(verb: Token) -> Token | None:
    """A verb's own subject; where the parser missed it, the actor's name straight before the verb and its auxiliaries."""
    for child in verb.lefts:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            return child
    before = verb.i - 1
    while before > verb.sent.start and verb.doc[before].pos_ in {"AUX", "ADV"}:
        before -= 1
    token = verb.doc[before] if before >= 0 else verb
    return token if token.pos_ == "PROPN" and token.dep_ in {"conj", "appos", "npadvmod", "dep"} else None


def with_conjuncts(token: Token, actors: Actors) -> list[Actor]:
    """The actors at a noun and those joined to it.

    "France, Italy and Germany"; "the UK government and Berlin"; "the presidents of the United States and Russia"; "both
    countries"; "it" for the subject before.
    """
    found: list[Actor] = []
    for each in _joined(token):
        actor = actors.at(each)
        found.extend([actor] if actor else _represented(each, actors))
    size = 0 if found else size_of(token)
    if size:
        found = actors.group_before(token, size)
    if not found and is_we(token):
        found = list(actors.signatories)
    if not found and token.lower_ == "it":
        found = _it(token, actors)
    return list(dict.fromkeys(found))


def _joined(token: Token) -> list[Token]:
    """A noun and those joined to it; of "Prime Minister Mara Lind and President Jon Berg" the parser joins the names."""
    names = [child for child in token.rights if child.dep_ == "appos" and child.pos_ == "PROPN"]
    joined = [
        *islice(token.conjuncts, MAX_BACK),
        *(other for name in names for other in islice(name.conjuncts, MAX_BACK)),
    ]
    return [token, *joined]


def _represented(noun: Token, actors: Actors) -> list[Actor]:
    """Whom an office stands for: "the UK government", "Turkey's defence minister", "the presidents of the US and Russia"."""
    if noun.i in actors.state_of_person:
        state = actors.state_of_person[noun.i]
        return [replace(state, start=noun.i, end=noun.i + 1)]
    if noun.lemma_.lower() not in _OFFICES:
        return []
    before = actors.within(token for child in noun.lefts for token in child.subtree)
    if before:
        return before
    behind = [inner for child in noun.rights if child.lower_ in {"of", "from"} for inner in child.rights]
    return [actor for inner in behind for actor in with_conjuncts(inner, actors)]


def _it(pronoun: Token, actors: Actors) -> list[Actor]:
    """What "it" is as a subject: the subject of the clause before, in the same sentence, where that is an actor."""
    for token in reversed(pronoun.doc[pronoun.sent.start : pronoun.i]):
        if token.dep_ in {"nsubj", "nsubjpass"}:
            actor = actors.at(token)
            return [actor] if actor else []
    return []


def size_of(token: Token) -> int:
    """For how many actors named before a word stands: "both countries", "the two sides", "the four", "all three"; else 0.

    Counter-examples: "four countries" (which are not said), "the four ships".
    """
    lemma, before = token.lemma_.lower(), [child.lower_ for child in token.lefts]
    if lemma in _GROUP_NOUNS | _BLOC_GROUPS:
        size = next((_SIZES[word] for word in before if word in _SIZES), 0)
        return size if size == 2 or _DEFINITE & set(before) else 0
    is_bare = token.dep_ in _ARGUMENTS and not any(child.dep_ in {"prep", "relcl"} for child in token.rights)
    if token.lower_ not in _SIZES or not is_bare:
        return 0
    return _SIZES[token.lower_] if token.lower_ == "both" or _DEFINITE & set(before) else 0


def is_we(token: Token) -> bool:
    """Whether a word stands for those who make a statement: "we", "our countries", "the three of us"."""
    if token.lower_ in {"we", "us"}:
        return True
    return token.lemma_.lower() in _GROUP_NOUNS and any(child.lower_ == "our" for child in token.lefts)


def _may_be_of(actor: Actor, noun: Token) -> bool:
    if noun.lemma_.lower() in _BLOC_GROUPS:
        return actor.type in {EntityType.ALLIANCE_BLOC.value, EntityType.ORG.value}
    return actor.is_state


def _last_list(doc: Doc, actors: list[Actor], size: int) -> list[Actor]:
    """The last run of actors with nothing but commas and "and" between them that names so many."""
    run: list[Actor] = []
    for actor in reversed(actors):
        joined = run and all(token.lower_ in _JOINING for token in doc[actor.end : run[0].start])
        if not joined:
            if len({each.key for each in run}) == size:
                break
            run = []
        run.insert(0, actor)
    named = {each.key: each for each in run}
    return list(named.values()) if len(named) == size else []


def _first_list(doc: Doc, actors: list[Actor]) -> list[Actor]:
    """The first two or more actors with nothing but commas and "and" between them."""
    run: list[Actor] = []
    for actor in actors:
        if run and not all(token.lower_ in _JOINING for token in doc[run[-1].end : actor.start]):
            if len(run) > 1:
                break
            run = []
        run.append(actor)
    return run if len(run) > 1 else []


def _actor(span: Span, facts: dict[str, Any]) -> Actor:
    return Actor(span.start, span.end, span.id_, facts["canonical"], facts["type"])


@lru_cache(maxsize=1)
def _place_states() -> dict[str, str]:
    return {
        entry.canonical: entry.state
        for entry in models.load_gazetteer()
        if entry.state and entry.type is EntityType.PLACE
    }


@lru_cache(maxsize=1)
def _state_names() -> dict[str, str]:
    return {
        entry.iso: entry.canonical for entry in models.load_gazetteer() if entry.iso and entry.type is EntityType.STATE
    }
