"""Which mentions of one article mean the same agreement.

* the same entity: every named mention of it
* pointing back: a definite noun without words of its own ("the coalition", "the pact") means the agreement of that kind
  mentioned last; "this new permanent HQ" the body mentioned last
* the same words: two noun phrases with the same noun that share half of their content words ("nuclear oversight group")

A definite noun that nothing before it answers to is no agreement: bare anaphora is not a row.
"""

from dataclasses import dataclass, field

from spacy.tokens import Doc

from pipeline.enumerations import AgreementKind
from pipeline.extraction.actors import Actors
from pipeline.extraction.mentions import AgreementMention
from pipeline.extraction.phrases import phrase_of

_SYNONYMS = [
    {
        "treaty",
        "pact",
        "accord",
        "agreement",
        "deal",
        "convention",
        "declaration",
        "protocol",
        "document",
        "memorandum",
        "text",
    },
    {"headquarters", "hq"},
    {"group", "council", "cell", "body", "committee"},
    {"coalition", "grouping", "alliance", "partnership"},
    {"programme", "program", "project", "initiative", "consortium"},
    {"mission", "operation", "force", "deployment"},
]


@dataclass
class Group:
    """The mentions of one agreement, in order."""

    mentions: list[AgreementMention] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)

    @property
    def kind(self) -> AgreementKind:
        """The kind of its named mention, else of its first."""
        return next((m.kind for m in self.mentions if m.name), self.mentions[0].kind)


def group_mentions(doc: Doc, mentions: list[AgreementMention], actors: Actors) -> list[Group]:
    """Mentions (in order of the text) gathered by agreement; those that point back to nothing are left out."""
    groups: list[Group] = []
    named: dict[str, Group] = {}
    for mention in mentions:
        group = named.get(mention.key or "") or _find_group(doc, mention, groups, actors)
        if group is None and not mention.rich:
            continue
        if group is None:
            group = Group()
            groups.append(group)
        _add(doc, group, mention, actors)
        if mention.key:
            named[mention.key] = group
    return groups


def _add(doc: Doc, group: Group, mention: AgreementMention, actors: Actors) -> None:
    group.mentions.append(mention)
    group.nouns |= _noun_class(doc[mention.root].lemma_.lower())
    group.words |= _content_words(doc, mention)
    group.actors |= {actor.key for actor in actors.within(phrase_of(doc[mention.root]))}


def _find_group(doc: Doc, mention: AgreementMention, groups: list[Group], actors: Actors) -> Group | None:
    if mention.key:
        return None
    if mention.rule == "clause":
        return _same_deal(doc, mention, groups, actors)
    noun = doc[mention.root].lemma_.lower()
    candidates = [group for group in reversed(groups) if noun in group.nouns and group.mentions[-1].rule != "clause"]
    if not candidates:
        return None
    if not mention.rich or (mention.definite and doc[mention.start - 1].lower_ in {"this", "that"}):
        return candidates[0] if mention.definite else None
    words = _content_words(doc, mention)
    own = {actor.key for actor in actors.within(phrase_of(doc[mention.root]))}
    for group in candidates:
        if any(m.name for m in group.mentions) and not words <= group.words:
            continue  # "nuclear oversight group" is not the Nuclear Planning Group
        shared = words & group.words
        agree = own <= group.actors or group.actors <= own
        if words and agree and len(shared) >= 0.5 * min(len(words), len(group.words) or 1):
            return group
    return None


def _same_deal(doc: Doc, mention: AgreementMention, groups: list[Group], actors: Actors) -> Group | None:
    """A clause "X and Y agreed to …" after "the agreement between X and Y": the same two, no name, the same article."""
    own = {actor.key for actor in actors.within(doc[mention.start : mention.root])}
    for group in reversed(groups):
        if "agreement" in group.nouns and group.actors == own and not any(m.name for m in group.mentions):
            return group
    return None


def _noun_class(noun: str) -> set[str]:
    return {noun}.union(*(synonyms for synonyms in _SYNONYMS if noun in synonyms))


def _content_words(doc: Doc, mention: AgreementMention) -> set[str]:
    tokens = phrase_of(doc[mention.root])
    return {
        t.lemma_.lower()
        for t in tokens
        if t.i != mention.root and t.pos_ in {"NOUN", "ADJ", "PROPN", "VERB"} and not t.is_stop
    }
