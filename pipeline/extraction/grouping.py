"""Which mentions of one article mean the same agreement.

* the same entity: every named mention of it
* pointing back: a definite noun without words of its own ("the coalition", "the pact") means the agreement of that kind
  mentioned last; "this new permanent HQ" the body mentioned last
* the same words: two noun phrases with the same noun that share half of their content words ("nuclear oversight group")
* naming it later: "signed a treaty that … The text, known as X": the name joins the one without a name before it
* the same accession: the same bloc, the same candidates

A definite noun that nothing before it answers to is no agreement: bare anaphora is not a row.
"""

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import AgreementKind
from pipeline.extraction.actors import Actor, Actors
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.phrases import phrase_of

# Groups looked back at for each noun: nobody points back past forty other treaties, and a long article stays linear.
MAX_BACK = 40
# Tokens between an agreement without a name and its name: two or three sentences.
MAX_TO_NAME = 90


@dataclass(eq=False)
class Group:
    """The mentions of one agreement, in order, with the words and actors that they have of their own."""

    mentions: list[AgreementMention] = field(default_factory=list)
    taken_up: list[AgreementMention] = field(default_factory=list)  #: "it" and what is left unsaid
    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    is_named: bool = False

    @property
    def kind(self) -> AgreementKind:
        """The kind of its first named mention that says it well, else of its first."""
        named = [m for m in self.mentions if m.name]
        kind = next((m.kind for m in named if not m.weak), None)
        open_head = any((m.name or "").endswith("Initiative") for m in named)
        if open_head and any(m.kind is AgreementKind.TREATY for m in self.mentions):
            return AgreementKind.TREATY  # an "Initiative" that the text goes on to call "the deal"
        return kind or (named or self.mentions)[0].kind


class _Gathered:
    """The groups of one article while it is read: by entity, and by noun with the one mentioned last in front."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.by_key: dict[str, Group] = {}
        self.by_noun: dict[str, deque[Group]] = {}

    def candidates(self, noun: str) -> list[Group]:
        return list(self.by_noun.get(noun, ()))

    def touch(self, group: Group) -> None:
        """Put a group in front of the others for all its nouns."""
        for noun in group.nouns:
            row = self.by_noun.setdefault(noun, deque(maxlen=MAX_BACK))
            if row and row[0] is group:
                continue
            if group in row:
                row.remove(group)
            row.appendleft(group)


def group_mentions(doc: Doc, mentions: list[AgreementMention], actors: Actors) -> list[Group]:
    """Mentions (in order of the text) gathered by agreement; those that point back to nothing are left out."""
    gathered = _Gathered()
    for mention in mentions:
        group = gathered.by_key.get(mention.key or "") or _find_group(doc, mention, gathered, actors)
        if group is None and not (mention.rich or mention.indefinite):
            continue
        is_new = group is None
        if group is None:
            group = Group()
            gathered.groups.append(group)
        _add(doc, group, mention, actors, is_new=is_new)
        if mention.key:
            gathered.by_key[mention.key] = group
        gathered.touch(group)
    return gathered.groups


def _add(doc: Doc, group: Group, mention: AgreementMention, actors: Actors, *, is_new: bool) -> None:
    group.mentions.append(mention)
    if is_new or mention.rich:  # a mere "the text" brings no words of its own
        group.nouns |= noun_class(doc[mention.root].lemma_.lower())
        group.words |= _content_words(doc, mention)
        group.actors |= _own_actors(doc, mention, actors)
    group.is_named = group.is_named or mention.name is not None


def _find_group(doc: Doc, mention: AgreementMention, gathered: _Gathered, actors: Actors) -> Group | None:
    if mention.key:
        return _named_later(doc, mention, gathered)
    if mention.kind is AgreementKind.ACCESSION:
        return _same_accession(doc, mention, gathered, actors)
    if mention.rule == "clause":
        return _same_deal(doc, mention, gathered, actors)
    noun = doc[mention.root].lemma_.lower()
    candidates = [group for group in gathered.candidates(noun) if group.mentions[-1].rule != "clause"]
    if not candidates:
        return None
    if not mention.rich or (mention.definite and doc[mention.start - 1].lower_ in {"this", "that"}):
        return candidates[0] if mention.definite else None
    return _same_words(doc, mention, candidates, actors)


def _same_words(doc: Doc, mention: AgreementMention, candidates: list[Group], actors: Actors) -> Group | None:
    words = _content_words(doc, mention)
    own = _own_actors(doc, mention, actors)
    if not mention.definite and doc[mention.start - 1].lower_ in {"a", "an"}:
        return None  # "a new treaty" is not the one before
    for group in candidates:
        if group.is_named and not (words and words <= group.words):
            continue  # "nuclear oversight group" is not the Nuclear Planning Group
        shared = words & group.words
        agree = own <= group.actors or group.actors <= own
        if words and agree and len(shared) >= 0.5 * min(len(words), len(group.words) or 1):
            return group
    return None


def _named_later(doc: Doc, mention: AgreementMention, gathered: _Gathered) -> Group | None:
    """The agreement without a name that a name belongs to: "a treaty that … The text, known as X, …".

    Only where a definite noun introduces the name, soon after; "a treaty. It replaces the X Treaty" names another.
    """
    root = doc[mention.root]
    introduced = root.i < mention.start and any(child.lower_ in {"the", "this"} for child in root.lefts)
    if not introduced:
        return None
    for group in gathered.candidates(root.lemma_.lower()):
        near = mention.start - group.mentions[-1].end <= MAX_TO_NAME
        if near and not group.is_named and group.mentions[0].rule == "noun":
            return group
    return None


def _same_accession(doc: Doc, mention: AgreementMention, gathered: _Gathered, actors: Actors) -> Group | None:
    """The accession to the same bloc (or one left unsaid) of the same candidates (or of any, where it names none)."""
    own = {actor.key for actor in _actors_near(doc, mention, actors) if actor.is_state}
    for group in gathered.candidates("accession"):
        blocs = {m.bloc for m in group.mentions if m.bloc}
        if mention.bloc and blocs and mention.bloc not in blocs:
            continue
        known = {actor.key for m in group.mentions[:3] for actor in _actors_near(doc, m, actors) if actor.is_state}
        if own & known or (not own and mention.definite) or (not own and mention.bloc in blocs):
            return group
    return None


def _actors_near(doc: Doc, mention: AgreementMention, actors: Actors) -> list[Actor]:
    """The actors of an accession's phrase; for one told by a verb, of the words from its subject on."""
    root = doc[mention.root]
    if mention.rule != "accession":
        phrase = phrase_of(root)
        if root.head.pos_ == "VERB":
            phrase += [child for child in root.head.lefts if child.dep_ == "nsubj"]
        return actors.within(phrase)
    return actors.within(doc[max(root.sent.start, mention.start - 8) : mention.end])


def _same_deal(doc: Doc, mention: AgreementMention, gathered: _Gathered, actors: Actors) -> Group | None:
    """A clause "X and Y agreed to …" after "the agreement between X and Y": the same two, no name, the same article."""
    own = {actor.key for actor in actors.within(doc[mention.start : mention.root])}
    for group in gathered.candidates("agreement"):
        if group.actors == own and not group.is_named:
            return group
    return None


def noun_class(noun: str) -> set[str]:
    """A noun and those that may stand for it later: a pact may come back as "the treaty", a coalition as "the grouping"."""
    return {noun, *(word for words in _synonyms() if noun in words for word in words)}


def _own_actors(doc: Doc, mention: AgreementMention, actors: Actors) -> set[str]:
    return {actor.key for actor in actors.within(phrase_of(doc[mention.root]))}


def _content_words(doc: Doc, mention: AgreementMention) -> set[str]:
    tokens: list[Token] = phrase_of(doc[mention.root])
    kinds = {"NOUN", "ADJ", "PROPN", "VERB"}
    return {t.lemma_.lower() for t in tokens if t.i != mention.root and t.pos_ in kinds and not t.is_stop}


@lru_cache(maxsize=1)
def _synonyms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words) for words in models.load_lexicon("agreements")["synonyms"]["sets"])
