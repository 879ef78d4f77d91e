"""Where a text speaks of an agreement: by its name, by a noun for it, or by saying that somebody agreed to do something.

* named: an entity whose head says what it is ("Kensington Treaty", "Operation Baltic Sentry"), or that a label follows
  ("the Readiness 2030 plan", "SAMP/T co-production")
* noun: a phrase around a trigger noun with what the lexicon asks of it ("a permanent headquarters in Paris")
* clause: "France and Britain have agreed to coordinate their deterrents"

Counter-examples: a state's own army or ministry, NATO and the EU themselves, "any deal", "such agreements".
"""

from bisect import bisect_right
from itertools import islice, pairwise

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import AgreementKind, EntityType
from pipeline.extraction.actors import Actors, size_of, subject_of, with_conjuncts
from pipeline.extraction.labels import label_kind_before, label_of
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.names import head_of, is_bare_head
from pipeline.extraction.nouns import INTRODUCING, find_noun_mentions
from pipeline.extraction.phrases import MAX_PHRASE
from pipeline.extraction.triggers import (
    actors_only,
    kind_of_noun,
    known_clauses,
    law_words,
    national_words,
)

# What a name without a telling head may be, if something is said to have happened to it; weapons and firms never are.
_WEAK_KIND = {
    EntityType.MILITARY_UNIT_OP.value: AgreementKind.OPERATION_MISSION,
    EntityType.ALLIANCE_BLOC.value: AgreementKind.COALITION,
}
# Bodies are actors as a rule ("the Agency placed an order"): a row only if the text says something of them.
WEAK_KINDS = {AgreementKind.INSTITUTION_BODY}
_OWNERS = {EntityType.STATE.value, EntityType.ALLIANCE_BLOC.value}
_ROW_TYPES = {
    EntityType.DOCUMENT.value,
    EntityType.MILITARY_UNIT_OP.value,
    EntityType.WEAPON_PROGRAMME.value,
    EntityType.ALLIANCE_BLOC.value,
    EntityType.ORG.value,
}


def find_mentions(doc: Doc, actors: Actors) -> list[AgreementMention]:
    """All mentions in order; a noun inside a named one's phrase is not a second mention."""
    named = _find_named(doc)
    roots = {mention.root for mention in named} | {i for m in named for i in range(m.start, m.end)}
    taken = {i for span in doc.spans["entities"] for i in range(span.start, span.end)}
    nouns = [m for token in doc if token.i not in taken for m in find_noun_mentions(token, actors, roots)]
    others = sorted(mention.root for mention in [*named, *nouns])
    clauses = [m for token in doc if token.lemma_ == "agree" and (m := _clause_mention(token, actors, others))]
    return sorted([*named, *nouns, *clauses], key=lambda mention: mention.start)


def _find_named(doc: Doc) -> list[AgreementMention]:
    group = doc.spans["entities"]
    facts = group.attrs["entities"]
    kinds: dict[str, tuple[AgreementKind, bool]] = {}
    for span in group:
        found = named_kind(span, facts[span.id_]["canonical"])
        if found is not None and (span.id_ not in kinds or (kinds[span.id_][1] and not found[1])):
            kinds[span.id_] = found
    ends = {span.end: span for span in group}
    return [
        _named_mention(span, kinds[span.id_], _full_name(span, ends.get(span.start)))
        for span in group
        if span.id_ in kinds and not _is_part_of_another(span)
    ]


def _named_mention(span: Span, kind: tuple[AgreementKind, bool], name: str) -> AgreementMention:
    root = _label_root(span)
    end = root.i + 1 if root.i == span.end else span.end
    return AgreementMention(
        span.start, end, root.i, kind[0], span.id_, name, "named", definite=False, rich=True, weak=kind[1]
    )


def named_kind(span: Span, canonical: str) -> tuple[AgreementKind, bool] | None:
    """What kind of agreement a named entity is and whether that is weakly said; None where it is an actor, a weapon or a law.

    "Kensington Treaty" (by its head), "the Readiness 2030 plan" (by its label), "the Quad, a grouping of …" (by its apposition);
    weakly: a bloc or an operation without any of them. Counter-examples: NATO, "Article 26", a bare "Council".
    """
    if span.label_ not in _ROW_TYPES or not _may_be_named(canonical):
        return None
    label = label_of(span) or label_kind_before(span)
    if label is None or span.label_ == EntityType.ORG.value:
        label = _kind_beside(span) or (label if span.label_ != EntityType.ORG.value else None)
    if label is not None:
        return label, False
    head = head_of(canonical) or head_of(span.text)
    if head is not None:
        return (head.kind, head.kind in WEAK_KINDS) if head.kind is not None else None
    if span.label_ == EntityType.DOCUMENT.value:
        return AgreementKind.TREATY, False
    weak = _WEAK_KIND.get(span.label_)
    return (weak, True) if weak is not None else None


def _may_be_named(canonical: str) -> bool:
    if canonical in actors_only() or any(word in canonical for word in national_words()):
        return False
    words = canonical.split()
    # "Article 26", "Resolution 2216" are parts of texts; "the Initiative", "White Paper" alone are nobody's name.
    numbered = any(word in law_words() and next_[:1].isdigit() for word, next_ in pairwise(words))
    if (
        words[0] in law_words() or (numbered and not canonical.startswith("NATO"))
    ) and canonical not in known_clauses():
        return False
    return not is_bare_head(canonical)


def _kind_beside(span: Span) -> AgreementKind | None:
    """What an apposition or the noun that introduces a name says it is: "AUKUS, a partnership of …", "a pact called X"."""
    nouns = [
        child for child in span.root.rights if child.dep_ == "appos" and child.pos_ == "NOUN" and child.i >= span.end
    ]
    introducing = _introducing_noun(span.root)
    if span.root.dep_ == "appos" and span.root.head.pos_ == "NOUN" and span.root.head.i < span.start:
        nouns.append(span.root.head)
    return next((kind for noun in [*nouns, introducing] if noun is not None and (kind := kind_of_noun(noun))), None)


def _label_root(span: Span) -> Token:
    """The noun that carries a name in the sentence: "plan" in "the Readiness 2030 plan", else the name's own root."""
    root = span.root
    if label_of(span) is not None:
        return span.doc[span.end]
    return _introducing_noun(root) or root


def _full_name(span: Span, before: Span | None) -> str:
    """The canonical name, with the actor written just before it: "US" + "National Security Strategy"."""
    group = span.doc.spans["entities"]
    facts = group.attrs["entities"]
    name: str = facts[span.id_]["canonical"]
    if before is None or before.label_ not in _OWNERS or name != span.text or span.label_ == EntityType.ORG.value:
        return name
    flags = group.attrs["flags"].get(str(before.start_char), [])
    return name if facts[before.id_]["canonical"] in name or "adjectival" in flags else f"{before.text} {name}"


def _introducing_noun(root: Token) -> Token | None:
    """The noun that introduces a name: "agreement" in "an agreement called the Kensington Treaty"."""
    verb = root.head
    if root.dep_ in {"oprd", "attr", "dobj", "pobj"} and verb.dep_ == "prep":
        verb = verb.head
    introduces = verb.lower_ in INTRODUCING and verb.dep_ in {"acl", "relcl"}
    return verb.head if introduces and verb.head.pos_ in {"NOUN", "PROPN"} else None


def _is_part_of_another(span: Span) -> bool:
    """A name before another noun that is no label of it ("the Minsk Agreement monitoring report")."""
    root = span.root
    return root.dep_ == "compound" and root.head.i >= span.end and label_of(span) is None and root.head.ent_type_ != ""


def _clause_mention(verb: Token, actors: Actors, others: list[int]) -> AgreementMention | None:
    """A clause "X and Y have agreed to VP", where no noun in the clause already stands for the agreement."""
    if verb.pos_ != "VERB":
        return None
    subject = subject_of(verb)
    content = next((child for child in verb.rights if child.dep_ in {"xcomp", "ccomp"}), None)
    if subject is None or content is None:
        return None
    parties = with_conjuncts(subject, actors)
    if len(parties) < 2 and not size_of(subject):
        return None
    start, end = subject.left_edge.i, _clause_end(content)
    after = bisect_right(others, verb.i)
    if after < len(others) and others[after] < end:
        return None
    kind = AgreementKind.OTHER_COMMITMENT
    return AgreementMention(start, end, verb.i, kind, None, None, "clause", definite=False, rich=True)


def _clause_end(content: Token) -> int:
    end = content.i + 1
    for token in islice(content.subtree, 4 * MAX_PHRASE):
        if token.i > content.i and (token.text in ",;:—" or token.i - content.i > MAX_PHRASE):
            break
        end = max(end, token.i + 1)
    return end
