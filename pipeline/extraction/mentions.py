"""Where a text speaks of an agreement: by its name, by a noun for it, or by saying that somebody agreed to do something.

* named: an entity whose head says what it is ("Kensington Treaty", "Operation Baltic Sentry"), or that a label follows
  ("the Readiness 2030 plan", "SAMP/T co-production")
* noun: a phrase around a trigger noun with what the lexicon asks of it ("a permanent headquarters in Paris")
* clause: "France and Britain have agreed to coordinate their deterrents"

Counter-examples: a state's own army or ministry, NATO and the EU themselves, "any deal", "such agreements".
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import AgreementKind, EntityType
from pipeline.extraction.actors import Actors, is_pair, subject_of, with_conjuncts
from pipeline.extraction.labels import label_kind_before, label_of
from pipeline.extraction.names import head_of, is_bare_head
from pipeline.extraction.phrases import MAX_PHRASE, phrase_of
from pipeline.extraction.triggers import (
    actors_only,
    generic_words,
    kind_of_noun,
    known_clauses,
    law_words,
    may_be_trigger,
    national_words,
    trigger_of,
)

# What a name without a telling head may be, if something is said to have happened to it; weapons and firms never are.
_WEAK_KIND = {
    EntityType.MILITARY_UNIT_OP.value: AgreementKind.OPERATION_MISSION,
    EntityType.ALLIANCE_BLOC.value: AgreementKind.COALITION,
}
# Bodies are actors as a rule ("the Agency placed an order"): a row only if the text says something of them.
WEAK_KINDS = {AgreementKind.INSTITUTION_BODY}
_OWNERS = {EntityType.STATE.value, EntityType.ALLIANCE_BLOC.value}
_INTRODUCING = {"called", "named", "known", "titled", "dubbed", "codenamed"}
_ROW_TYPES = {
    EntityType.DOCUMENT.value,
    EntityType.MILITARY_UNIT_OP.value,
    EntityType.WEAPON_PROGRAMME.value,
    EntityType.ALLIANCE_BLOC.value,
    EntityType.ORG.value,
}


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
    indefinite: bool = False  #: "a memorandum": may be a row though it says no more
    weak: bool = False  #: a name that nothing says to be an agreement's: a row only if something happened to it
    bloc: str | None = None  #: key of the bloc that an accession is to


def find_mentions(doc: Doc, actors: Actors) -> list[AgreementMention]:
    """All mentions in order; a noun inside a named one's phrase is not a second mention."""
    named = _find_named(doc)
    roots = {mention.root for mention in named} | {i for m in named for i in range(m.start, m.end)}
    taken = {i for span in doc.spans["entities"] for i in range(span.start, span.end)}
    nouns = [m for token in doc if token.i not in taken for m in _noun_mentions(token, actors, roots)]
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
    introduces = verb.lower_ in _INTRODUCING and verb.dep_ in {"acl", "relcl"}
    return verb.head if introduces and verb.head.pos_ in {"NOUN", "PROPN"} else None


def _is_part_of_another(span: Span) -> bool:
    """A name before another noun that is no label of it ("the Minsk Agreement monitoring report")."""
    root = span.root
    return root.dep_ == "compound" and root.head.i >= span.end and label_of(span) is None and root.head.ent_type_ != ""


def _noun_mentions(token: Token, actors: Actors, named: set[int]) -> list[AgreementMention]:
    """The mention around a trigger noun; two where an accession is to two blocs ("NATO or EU membership")."""
    if not may_be_trigger(token) or _is_no_mention(token, named):
        return []
    phrase = phrase_of(token)
    trigger = trigger_of(token, phrase)
    if trigger is None:
        return []
    mention = _noun_mention(token, phrase, trigger.kind, actors)
    blocs = [actor.key for actor in actors.within(phrase) if not actor.is_state]
    if trigger.kind is not AgreementKind.ACCESSION or not blocs:
        return [mention]
    return [replace(mention, bloc=bloc) for bloc in dict.fromkeys(blocs)]


def _noun_mention(token: Token, phrase: list[Token], kind: AgreementKind, actors: Actors) -> AgreementMention:
    phrase = _of_one_line(phrase, token)
    while phrase[0].i < token.i and phrase[0].pos_ in {"ADV", "CCONJ", "PUNCT"}:
        phrase = phrase[1:]
    while phrase[-1].i > token.i and _trails(phrase[-1]):
        phrase = phrase[:-1]
    determiner = phrase[0].lower_ if phrase[0].i < token.i else ""
    start = phrase[0].i + (determiner in {"the", "a", "an", "this", "that", "its", "their"})
    modifiers = [child for child in token.lefts if child.dep_ in {"amod", "compound", "poss", "nummod"}]
    rich = bool(actors.within(phrase)) or (len(modifiers) > 0 and determiner not in {"this", "that"})
    definite = determiner in {"the", "this", "that", "its", "their"}
    span = (start, phrase[-1].i + 1, token.i)
    mention = AgreementMention(*span, kind, None, None, "noun", definite=definite, rich=rich)
    return replace(mention, indefinite=determiner in {"a", "an"})


def _trails(token: Token) -> bool:
    """What ends a phrase without belonging to it: a comma, an adverb, a date with its "on" ("the accord | on Tuesday")."""
    dated = token.dep_ == "prep" and token.i + 1 < len(token.doc) and token.nbor(1).ent_type_ in {"DATE", "TIME"}
    return token.text in {",", ";", "—"} or token.pos_ == "ADV" or token.ent_type_ in {"DATE", "TIME"} or dated


def _of_one_line(phrase: list[Token], root: Token) -> list[Token]:
    """The tokens without those beyond a line break; parsers hang the next heading on the noun before it."""
    breaks = [token.i for token in phrase if "\n" in token.text]
    first = max((i for i in breaks if i < root.i), default=-1)
    last = min((i for i in breaks if i > root.i), default=len(root.doc))
    return [token for token in phrase if first < token.i < last]


def _is_no_mention(token: Token, named: set[int]) -> bool:
    """Nouns that stand for no agreement of their own.

    "any deal" (generic), "whose protocols" (relative), "it is a treaty" (said of another), "treaty law" (before a noun), "an
    agreement called the X Treaty", "the X, a treaty of 1990" (another's apposition), a HEADLINE.
    """
    if token.dep_ == "compound" and token.head.pos_ in {"NOUN", "PROPN"}:
        return True
    generic = {"det", "amod", "predet", "poss", "nummod"}
    lefts = [child for child in token.lefts if child.dep_ in generic]
    if any(child.lower_ in generic_words() or child.tag_ in {"WDT", "WP$", "WP"} for child in lefts):
        return True
    if any(child.i in named for child in token.children if child.dep_ in {"compound", "appos"}):
        return True
    if token.dep_ == "appos" and token.head.i in named:
        return True
    return _is_predicate(token) or _is_headline(token) or _leads_to(token, named)


def _is_predicate(token: Token) -> bool:
    """As in "the initiative was the only signed agreement": said of the subject; "there is a deal" is none."""
    return token.dep_ == "attr" and not any(child.dep_ == "expl" for child in token.head.lefts)


def _is_headline(token: Token) -> bool:
    return len(token) > 3 and token.text.isupper() and any(t.text.isupper() and len(t) > 3 for t in token.lefts)


def _leads_to(token: Token, named: set[int]) -> bool:
    """Whether a noun only introduces a named agreement: "an agreement called the X Treaty", "membership in the X Group"."""
    for child in token.children:
        if child.dep_ in {"acl", "relcl"} and child.lower_ in _INTRODUCING:
            return any(inner.i in named for inner in islice(child.subtree, MAX_PHRASE))
        if token.lemma_ == "membership" and child.dep_ == "prep":
            return any(inner.i in named for inner in child.children)
    return False


def _clause_mention(verb: Token, actors: Actors, others: list[int]) -> AgreementMention | None:
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
