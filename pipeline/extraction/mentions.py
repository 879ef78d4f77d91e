"""Where a text speaks of an agreement: by its name, by a noun for it, or by saying that somebody agreed to do something.

* named: an entity whose head says what it is ("Kensington Treaty", "Operation Baltic Sentry"), or that a label follows
  ("the Readiness 2030 plan", "SAMP/T co-production")
* noun: a phrase around a trigger noun with what the lexicon asks of it ("a permanent headquarters in Paris")
* clause: "France and Britain have agreed to coordinate their deterrents"

Counter-examples: a state's own army or ministry, NATO and the EU themselves, "any deal", "such agreements".
"""

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import AgreementKind, EntityType
from pipeline.extraction.actors import Actors, is_pair, subject_of, with_conjuncts
from pipeline.extraction.names import head_of, label_kind_before, label_of
from pipeline.extraction.triggers import actors_only, generic_words, national_words, trigger_of

MAX_PHRASE = 30  #: tokens; a longer phrase is a clause that the parser hung on the noun
_DEFAULT_KIND = {
    EntityType.DOCUMENT.value: AgreementKind.TREATY,
    EntityType.MILITARY_UNIT_OP.value: AgreementKind.OPERATION_MISSION,
}
_OWNERS = {EntityType.STATE.value, EntityType.ALLIANCE_BLOC.value}
_INTRODUCING = {"called", "named", "known", "titled", "dubbed", "codenamed"}
_STOP_DEPS = {"relcl", "advcl", "ccomp", "parataxis", "appos", "cc", "conj", "punct", "acl"}


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


def find_mentions(doc: Doc, actors: Actors) -> list[AgreementMention]:
    """All mentions in order; a noun inside a named one's phrase is not a second mention."""
    named = _find_named(doc)
    roots = {mention.root for mention in named} | {i for m in named for i in range(m.start, m.end)}
    nouns = [m for token in doc if token.i not in roots and (m := _noun_mention(token, actors, roots))]
    clauses = [m for token in doc if token.lemma_ == "agree" and (m := _clause_mention(token, actors, nouns + named))]
    return sorted([*named, *nouns, *clauses], key=lambda mention: mention.start)


def phrase_of(root: Token) -> list[Token]:
    """The tokens of a noun's own phrase: its subtree without clauses, appositions and coordinated phrases."""
    tokens = [root]
    for child in root.children:
        if child.dep_ in _STOP_DEPS and not (child.dep_ in {"conj", "cc", "punct"} and child.i < root.i):
            continue
        tokens.extend(_inner(child))
    return sorted(tokens, key=lambda token: token.i)[:MAX_PHRASE]


def _inner(token: Token) -> list[Token]:
    tokens = [token]
    for child in token.children:
        if child.dep_ in {"relcl", "advcl", "ccomp", "parataxis", "acl"}:
            continue
        tokens.extend(_inner(child))
    return tokens


def _find_named(doc: Doc) -> list[AgreementMention]:
    facts = doc.spans["entities"].attrs["entities"]
    kinds: dict[str, AgreementKind | None] = {}
    spans = list(doc.spans["entities"])
    for span in spans:
        kinds[span.id_] = kinds.get(span.id_) or named_kind(span, facts[span.id_]["canonical"])
    found = []
    for span in spans:
        kind = kinds[span.id_]
        if kind is not None and not _is_part_of_another(span):
            root = _label_root(span)
            name = _full_name(span, facts)
            found.append(
                AgreementMention(
                    span.start,
                    root.i + 1 if root.i == span.end else span.end,
                    root.i,
                    kind,
                    span.id_,
                    name,
                    "named",
                    definite=False,
                    rich=True,
                )
            )
    return found


def named_kind(span: Span, canonical: str) -> AgreementKind | None:
    """What kind of agreement a named entity is, or None where it is only an actor, a weapon or a law."""
    if canonical in actors_only() or any(word in canonical for word in national_words()):
        return None
    label = label_of(span) or label_kind_before(span)
    if label is not None and span.label_ not in {
        EntityType.PERSON.value,
        EntityType.STATE.value,
        EntityType.PLACE.value,
        EntityType.ORG.value,
    }:
        return label
    head = head_of(canonical)
    if head is not None:
        return head.kind if span.label_ in {head.type.value, *_DEFAULT_KIND} else None
    return _DEFAULT_KIND.get(span.label_) if span.label_ == EntityType.DOCUMENT.value else None


def _label_root(span: Span) -> Token:
    """The noun that carries a name in the sentence: "plan" in "the Readiness 2030 plan", else the name's own root."""
    root = span.root
    if label_of(span) is not None:
        return span.doc[span.end]
    return _introducing_noun(root) or root


def _full_name(span: Span, facts: dict[str, Any]) -> str:
    """The canonical name, with the actor written just before it: "US" + "National Security Strategy"."""
    name: str = facts[span.id_]["canonical"]
    known = name != span.text
    before = next((s for s in span.doc.spans["entities"] if s.end == span.start and s.label_ in _OWNERS), None)
    if before is None or known or span.label_ == EntityType.ORG.value or facts[before.id_]["canonical"] in name:
        return name
    flags = span.doc.spans["entities"].attrs["flags"].get(str(before.start_char), [])
    return name if "adjectival" in flags else f"{before.text} {name}"


def _introducing_noun(root: Token) -> Token | None:
    """The noun that introduces a name: "agreement" in "an agreement called the Kensington Treaty"."""
    verb = root.head
    if root.dep_ in {"oprd", "attr", "dobj", "pobj"} and verb.dep_ == "prep":
        verb = verb.head
    introduces = verb.lower_ in _INTRODUCING and verb.dep_ in {"acl", "relcl"}
    return verb.head if introduces and verb.head.pos_ in {"NOUN", "PROPN"} else None


def _is_part_of_another(span: Span) -> bool:
    """A name before another noun that is no label of it ("the Minsk Agreement monitoring report")."""
    root = span.root
    return root.dep_ == "compound" and root.head.i >= span.end and label_of(span) is None and root.head.ent_type_ != ""


def _noun_mention(token: Token, actors: Actors, named: set[int]) -> AgreementMention | None:
    if token.pos_ not in {"NOUN", "PROPN"} or (token.dep_ == "compound" and token.head.pos_ in {"NOUN", "PROPN"}):
        return None
    phrase = phrase_of(token)
    trigger = trigger_of(token, phrase)
    if trigger is None or any(
        child.lower_ in generic_words() for child in token.lefts if child.dep_ in {"det", "amod", "predet"}
    ):
        return None
    if any(child.i in named for child in token.children if child.dep_ in {"compound", "appos"}) or _leads_to(
        token, named
    ):
        return None
    start, end = phrase[0].i, phrase[-1].i + 1
    determiner = phrase[0].lower_ if phrase[0].i < token.i else ""
    start += determiner in {"the", "a", "an", "this", "that", "its", "their"}
    own = actors.within(phrase)
    modifiers = [child for child in token.lefts if child.dep_ in {"amod", "compound", "poss", "nummod"}]
    rich = bool(own) or (len(modifiers) > 0 and determiner not in {"this", "that"})
    return AgreementMention(
        start,
        end,
        token.i,
        trigger.kind,
        None,
        None,
        "noun",
        definite=determiner in {"the", "this", "that", "its", "their"},
        rich=rich,
    )


def _leads_to(token: Token, named: set[int]) -> bool:
    """Whether a noun only introduces a named agreement: "an agreement called the X Treaty", "membership in the X Group"."""
    for child in token.children:
        if child.dep_ in {"acl", "relcl"} and child.lower_ in _INTRODUCING:
            return any(inner.i in named for inner in child.subtree)
        if token.lemma_ == "membership" and child.dep_ == "prep":
            return any(inner.i in named for inner in child.children)
    return False


def _clause_mention(verb: Token, actors: Actors, others: list[AgreementMention]) -> AgreementMention | None:
    """A clause "X and Y have agreed to VP", where no noun in the clause already stands for the agreement."""
    if verb.pos_ != "VERB":
        return None
    subject = subject_of(verb)
    content = next((child for child in verb.rights if child.dep_ in {"xcomp", "ccomp"}), None)
    if subject is None or content is None:
        return None
    parties = with_conjuncts(subject, actors)
    if len(parties) < 2 and not is_pair(subject):
        return None
    start, end = subject.left_edge.i, _clause_end(content)
    if any(start <= other.root < end and other.root > verb.i for other in others):
        return None
    kind = AgreementKind.OTHER_COMMITMENT
    return AgreementMention(start, end, verb.i, kind, None, None, "clause", definite=False, rich=True)


def _clause_end(content: Token) -> int:
    end = content.i + 1
    for token in content.subtree:
        if token.i > content.i and (token.text in ",;:—" or token.i - content.i > MAX_PHRASE):
            break
        end = max(end, token.i + 1)
    return end
