"""Which words a clause, a phrase or a quotation covers, and a claim while it is still being put together.

Words are token indices until the end, because a claim's content loses its speaker, its cue and its marks on the way:
"The treaty, officials say, will lapse." -> "The treaty" + "will lapse".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import ClaimType

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
LINKING = frozenset({"cc", "mark", "punct"})
MAX_SENTENCE = (
    400  #: tokens; what is longer is a list or noise (the longest of 3,036 sentences of news and statements had 96)
)
_OPENING = {"(": ")", "[": "]", "“": "”", "«": "»", "‘": "’"}
_CLOSING = {close: start for start, close in _OPENING.items()}
_EDGE = frozenset(".,;:!…–—―-‐'\"`/·•*") | frozenset({"--", "...", "''", "``"}) | _OPENING.keys() | _CLOSING.keys()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: a name (canonical, described, AUTHOR or not known) and the tokens that stand for it, end exclusive."""

    name: str | None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as a rule found it; ``words`` are the content's token indices, ``cue`` those of the cue."""

    words: tuple[int, ...]
    type: ClaimType | None  #: None: the content decides
    rule: str
    voice: Voice | None
    cue: tuple[int, ...] = ()
    direct: bool = False
    hedged: bool = False
    negated: bool = False


def tree_range(token: Token) -> range:
    """All positions from the first to the last word below a token, itself included."""
    return range(token.left_edge.i, token.right_edge.i + 1)


def find_child(token: Token, *deps: str) -> Token | None:
    """The first child in one of these relations."""
    return next((child for child in token.children if child.dep_ in deps), None)


def find_subject(token: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares.

    Handles "X said and warned" (conjunct), "X spoke, warning that" (participle), "officials fearing that" (after a noun),
    "who warned that" (gives the relative pronoun), "X decided to warn" (infinitive).
    """
    for _ in range(5):  # deeper chains of verbs without a subject of their own are parse errors
        reporter = find_reporter(token)
        token = token if reporter is None else reporter
        subject = find_child(token, "nsubj", "nsubjpass", "csubj")
        if subject is not None:
            return subject
        if token.dep_ in {"acl", "relcl"}:
            return token.head
        if token.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep", "dep"} or token.head == token:
            return None
        token = token.head
    return None


def find_reporter(verb: Token) -> Token | None:
    """The verb that a second report really belongs to: "X said the loan would be ready and urged capitals to act".

    The parser joins "urged" to "would be ready"; with the tense of "said" it goes on from "said".
    """
    if verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBZ", "VBP"} or find_child(verb, *SUBJECTS) is not None:
        return None
    said = verb.head
    is_other = said.tag_ in {"VB", "VBN", "VBG"} or any(child.tag_ == "MD" for child in said.children)
    return said.head if said.dep_ == "ccomp" and said.head.tag_ == verb.tag_ and is_other else None


def noun_phrase(head: Token) -> tuple[int, int]:
    """Start and end of the words that name a noun, without article, relative clause or apposition.

    "the officials in Brussels, who feared ..." -> "officials in Brussels".
    """
    start, end = head.left_edge.i, head.i + 1
    for child in head.rights:
        if child.dep_ not in {"prep", "cc", "conj"} or child.right_edge.i - head.i > 12 or child.i > end:
            break
        end = child.right_edge.i + 1
    doc = head.doc
    while start < head.i and (doc[start].tag_ in {"DT", "WDT"} or doc[start].dep_ == "predet" or is_edge(doc[start])):
        if doc[start].lower_ in {"some", "both", "any", "no"}:
            break
        start += 1
    return _before_mark(doc, head.i, start, end)


def _before_mark(doc: Doc, head: int, start: int, end: int) -> tuple[int, int]:
    # A comma or quotation mark behind the head ends the name ("officials, according to" / "officials,”").
    for i in range(head + 1, end):
        if is_edge(doc[i]) and doc[i].text not in {"-", "–", "/"} and not _is_in_list(doc[i]):
            return start, i
    return start, end


def _is_in_list(comma: Token) -> bool:
    """The comma of an enumeration: "the ministers of Estonia, Latvia and Poland"."""
    return comma.text == "," and any(child.dep_ == "conj" and child.i > comma.i for child in comma.head.children)


def is_edge(token: Token) -> bool:
    """Whether a token is a mark that does not belong to the words beside it."""
    return token.is_space or token.text in _EDGE


def find_runs(doc: Doc, words: Iterable[int]) -> list[tuple[int, int]]:
    """The stretches of text that token indices make, end exclusive, without marks at their edges.

    Marks and spaces between two stretches join them, a line break parts them; a stretch without a letter is left out.
    """
    runs: list[list[int]] = []
    for i in sorted(set(words)):
        if "\n" in doc[i].text:
            continue
        if runs and all(is_edge(doc[j]) and "\n" not in doc[j].text for j in range(runs[-1][1], i)):
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    trimmed = (_trim(doc, start, end) for start, end in runs)
    return [(start, end) for start, end in trimmed if any(doc[i].text[0].isalnum() for i in range(start, end))]


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and is_edge(doc[start]) and not _is_paired(doc, start, range(start + 1, end)):
        start += 1
    while end > start and is_edge(doc[end - 1]) and not _is_paired(doc, end - 1, range(start, end - 1)):
        end -= 1
    return start, end


def _is_paired(doc: Doc, mark: int, others: range) -> bool:
    """Whether a bracket or quotation mark at the edge has its other half inside: it then stays."""
    text = doc[mark].text
    partner = _OPENING.get(text) or _CLOSING.get(text)
    if partner is None or len(others) > MAX_SENTENCE:
        return False
    inside = [doc[i].text for i in others]
    if text in _OPENING and inside and inside[-1] == partner and inside.count(partner) == 1:
        return text == "("  # a quotation mark around the whole content is not part of it
    return inside.count(partner) > inside.count(text)


def clause_words(head: Token, *, without: Sequence[range] = ()) -> list[int]:
    """The words of a complement clause: all below its head, without "that", a first "and" and the given ranges."""
    first = find_child(head, "mark")
    cut = set() if first is None or first.lower_ in {"if", "as", "because", "while", "for"} else {first.i}
    return [i for i in tree_range(head) if i not in cut and not any(i in part for part in without)]


def iter_sentences(doc: Doc) -> Iterator[Span]:
    """The sentences that can be read as such; a longer one than :data:`MAX_SENTENCE` tokens is noise."""
    return (sent for sent in doc.sents if len(sent) <= MAX_SENTENCE and not _is_shouted(sent))


def _is_shouted(sent: Span) -> bool:
    # A short line in capitals is a heading, and the parser cannot read it.
    return len(sent) <= 15 and sent.text.isupper()
