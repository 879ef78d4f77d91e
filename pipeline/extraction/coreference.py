"""Who "he", "it", "they" and "the minister" are, where they speak.

A pronoun takes the nearest subject before it that fits: a person for "he" and "she" (not one who is known to be the other), a
state, body or document for "it", a group for "they". A role ("the minister") takes the one person that was introduced with it;
with two such persons, none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.clauses import iter_sentences, noun_phrase
from pipeline.extraction.cues import find_verb_cues, load_words
from pipeline.extraction.persons import Pronoun, find_pronoun_of_name, find_pronoun_of_noun, read_pronoun

_KINDS = {
    "he": "person",
    "she": "person",
    "his": "person",
    "her": "person",
    "it": "body",
    "its": "body",
    "they": "group",
    "their": "group",
}
_BODIES = frozenset({"STATE", "ORG", "ALLIANCE_BLOC", "DOCUMENT", "MILITARY_UNIT_OP"})
_REACH = 4  #: sentences back: beyond a paragraph or so a pronoun has been taken up by somebody else


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention of an entity, as coreference and speakers see it: token offsets, end exclusive."""

    start: int
    end: int
    type: str
    canonical: str
    key: str


@dataclass(frozen=True, slots=True)
class Referent:
    """Something that a later pronoun may stand for; a lower rank is taken first within a sentence."""

    i: int
    rank: int
    kind: str
    name: str
    pronoun: Pronoun | None = None  #: of a person, where it is known


@dataclass(frozen=True, slots=True)
class Role:
    """A person's introduction: "German Defence Minister Boris Pistorius" -> minister, {german, defence, Germany}."""

    i: int
    head: str
    words: frozenset[str]
    person: str


@dataclass(slots=True)
class References:
    """All that can be referred back to, by sentence, and the roles in order."""

    sentences: list[list[Referent]] = field(default_factory=list)
    sentence_at: dict[int, int] = field(default_factory=dict)  #: first token of a sentence -> its place
    roles: dict[str, list[Role]] = field(default_factory=dict)


def find_references(doc: Doc, actors: Mapping[int, Actor], quoted: Sequence[int]) -> References:
    """One pass over a text for :func:`resolve_pronoun` and :func:`resolve_role`; words in quotations are left out."""
    references = References()
    told: set[tuple[str, frozenset[str], str]] = set()
    for sent in iter_sentences(doc):
        references.sentence_at[sent.start] = len(references.sentences)
        found = [_find_referent(token, actors) for token in sent if quoted[token.i] < 0]
        known = [_name_by_role(references, sent.doc, r, actors) for r in found if r]
        references.sentences.append(sorted(known, key=lambda r: (r.rank, r.i)))
        for role in _find_roles(sent, actors):
            if (
                role.head,
                role.words,
                role.person,
            ) not in told:  # once: every later "the minister" walks through the list
                told.add((role.head, role.words, role.person))
                references.roles.setdefault(role.head, []).append(role)
    return references


def _name_by_role(references: References, doc: Doc, referent: Referent, actors: Mapping[int, Actor]) -> Referent:
    """Somebody described who was introduced by name before: "President Jon Berg … The president left. He said" is Jon Berg."""
    is_described = referent.kind == "person" and referent.i not in actors
    name = resolve_role(references, doc[referent.i], actors) if is_described else None
    return referent if name is None else replace(referent, name=name)


def _find_referent(token: Token, actors: Mapping[int, Actor]) -> Referent | None:
    actor = actors.get(token.i)
    is_subject = token.dep_ in {"nsubj", "nsubjpass"}
    if actor is not None and actor.end != token.i + 1:
        return None  # one referent for each name: at its last word
    if actor is not None and actor.type == "PERSON":
        told = find_pronoun_of_name(token.doc, actor.start, actor.canonical)
        return Referent(token.i, _rank(token) if is_subject else 3, "person", actor.canonical, told)
    if not is_subject:
        # "according to the ministry": whoever is named for a statement can be taken up as well
        return _describe(token, actor, 3) if token.dep_ == "pobj" and token.head.head.lower_ == "according" else None
    return _describe(token, actor, _rank(token))


def _rank(subject: Token) -> int:
    return 0 if subject.head.dep_ == "ROOT" else 1 if subject.head.dep_ in {"conj", "parataxis"} else 2


def _describe(token: Token, actor: Actor | None, rank: int) -> Referent | None:
    if actor is not None:
        return Referent(token.i, rank, "body", actor.canonical) if actor.type in _BODIES else None
    start, end = noun_phrase(token)
    name = token.doc[start:end].text
    if token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"many", "some", "others", "several"}:
        return Referent(token.i, rank, "group", name)
    if token.lemma_.lower() in load_words("speakers", "bodies") | load_words("speakers", "documents"):
        return Referent(token.i, rank, "body", name)
    if token.lemma_.lower() in load_words("speakers", "people") or _speaks(token):
        return Referent(token.i, rank, "person", name, find_pronoun_of_noun(token))
    return None


def _speaks(subject: Token) -> bool:
    """As in "said a grain trader": whoever speaks is somebody, listed or not."""
    return subject.pos_ == "NOUN" and any(cue.speaker == "any" for _, cue in find_verb_cues(subject.head))


def _find_roles(sent: Span, actors: Mapping[int, Actor]) -> list[Role]:
    roles = []
    for token in sent:
        actor = actors.get(token.i)
        if actor is not None and actor.type == "PERSON" and actor.end == token.i + 1:
            roles += [_read_role(head, actor, actors) for head in _role_heads(token, actor)]
    return [role for role in roles if role is not None]


def _role_heads(name: Token, actor: Actor) -> list[Token]:
    """The nouns that give a person's office: before the name, in apposition to it, or with the name in apposition."""
    before = [name.doc[i] for i in range(max(actor.start - 1, name.sent.start), actor.start)]
    beside = [child for child in name.children if child.dep_ == "appos"]
    return [*before, *beside, *([name.head] if name.dep_ == "appos" else [])]


def _read_role(head: Token, actor: Actor, actors: Mapping[int, Actor]) -> Role | None:
    lemma = head.lemma_.lower()
    if lemma not in load_words("speakers", "people"):
        return None
    start = min(head.left_edge.i, actor.start - 1) if head.i < actor.start else head.left_edge.i
    if head.i == actor.start - 1:
        start = _title_start(head)
    return Role(head.i, lemma, _role_words(head.doc, range(start, head.i), actors), actor.canonical)


def _title_start(head: Token) -> int:
    # "German Defence Minister Boris": the title is the capitalised or adjectival words right before the name.
    start = head.i
    while (
        start > head.sent.start and head.i - start < 5 and head.doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN", "PART"}
    ):
        start -= 1
    return start


def _role_words(doc: Doc, indices: range, actors: Mapping[int, Actor]) -> frozenset[str]:
    words = {doc[i].lemma_.lower() for i in indices if doc[i].pos_ in {"PROPN", "ADJ", "NOUN"} and i not in actors}
    return frozenset(words | {actors[i].canonical for i in indices if i in actors})


def resolve_pronoun(references: References, pronoun: Token) -> str | None:
    """The name a pronoun stands for, or None: "Merz met Macron. He said ..." -> Friedrich Merz.

    Who is known to be "he" is passed over for "she": "Meloni received Fico. She said ..." -> Giorgia Meloni.
    """
    kind, own = _KINDS.get(pronoun.lower_), read_pronoun(pronoun.text)
    here = references.sentence_at.get(pronoun.sent.start)
    if kind is None or here is None:
        return None
    for place in range(here, max(here - _REACH, -1), -1):
        for referent in references.sentences[place]:
            fits = referent.kind == kind and referent.pronoun in {None, own}
            if fits and referent.i < pronoun.i:
                return referent.name
    return None


def resolve_role(references: References, head: Token, actors: Mapping[int, Actor]) -> str | None:
    """The one person introduced earlier with an office: "the Polish minister" -> Radosław Sikorski; None where not unique."""
    if head.tag_ not in {"NN", "NNP"} or any(child.tag_ == "PRP$" for child in head.children):
        return None  # "its prime minister": of a state that the words do not name
    words = _role_words(head.doc, range(head.left_edge.i, head.i), actors)
    persons: set[str] = set()
    for role in references.roles.get(head.lemma_.lower(), ()):
        if role.i < head.i and words <= role.words:
            persons.add(role.person)
        if len(persons) > 1:
            return None
    return persons.pop() if persons else None
