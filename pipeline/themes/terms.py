"""Words and noun phrases of a text, as they can stand in a label.

No part-of-speech tagger: spaCy has its home elsewhere, and a theme's members come out of the store as bare strings. A run of
content words between stop words and punctuation ("the **shadow fleet** of") is a noun phrase nearly always; what else it may
be is told by how its last word is used in the same texts (:func:`find_weak_words`).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from models import load_lexicon

_PHRASE_WORDS = 3  # "joint training mission"; four in a row are rarely the same twice
_NAME_WORDS = 4  # but "Black Sea Grain Initiative" is
_LEAST_USES = 3  # how a word is used is judged from as many places
_LEAST_CLOSING = 0.3  # "nuclear" closes a phrase in one place of ten, "treaty" in seven

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]\w*(?:[-’'][^\W_]\w*)*")
# "suspended" closes no noun phrase, but "need" and "speed" do; "properly" does not, but "supply" may: it is judged by its use.
_PARTICIPLE, _ADVERB = re.compile(r"..[^e]ed$"), re.compile(r"ly$")
_POSSESSIVE = re.compile(r"[’']s$|(?<=s)[’']$")
_SENTENCE_START = re.compile(r"(?:^|(?<![A-Z])\.|[!?…:\n•])[\s\"'“‘(\[#*-]*$")  # but not after the dots of "U.S."
_OF = re.compile(r" of (?:the )?$")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or up to three in a row, or two names joined by "of"."""

    key: str  #: what is counted: lower case, singular
    form: str  #: as written here
    is_initial: bool  #: begins a sentence
    words: int


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    form: str
    start: int
    end: int
    before: str  #: the word before it in lower case, "" at the start of a sentence
    gap: str  #: what stands between them
    is_initial: bool
    is_possessive: bool
    is_stop: bool
    is_bound: bool  #: a stop word in a name: "New" in "New Zealand"


def find_terms(text: str, *, avoid: Collection[str] = ()) -> Iterator[Term]:
    """The terms of a text in its order, the shorter before the longer: "shadow", "fleet", "shadow fleet".

    Stop words end a phrase ("fleet of Russia": two terms), a possessive does ("Ukraine's security"), and punctuation; not
    in a name ("New Zealand", "Coalition of the Willing").

    Args:
        text: a passage, or a claim's content.
        avoid: names that are passed over where they stand whole and so written ("The Daily Star" or "Daily Star").
    """
    run: list[_Token] = []
    name: _Token | None = None  # the last word, if it bears a capital of its own
    for token in _read_tokens(_mask(text, avoid)):
        if token.is_stop or token.gap != " " or token.is_initial:
            run = []
        if token.is_stop:
            continue
        if name and _is_name(token) and _OF.search(text[name.end : token.start]):
            form = text[name.start : token.start] + token.form
            yield Term(f"{name.key} of {token.key}", " ".join(form.split()), is_initial=False, words=2)
        run = [*run[1 - _NAME_WORDS :], token]
        yield from _join_run(run)
        name = token if _is_name(token) and not token.is_possessive else None
        if token.is_possessive:
            run = []


def find_weak_words(texts: Iterable[str]) -> frozenset[str]:
    """Keys of words that by their use here close no noun phrase: verbs ("to deploy", "they deploy"), adjectives ("nuclear").

    A word is one where it closes a run of content words in fewer than three of ten places, or where more often what
    stands before it makes it a verb than a noun. A word of fewer than three places is told by its ending, if at all.
    """
    uses: Counter[str] = Counter()
    closing: Counter[str] = Counter()
    leaning: Counter[str] = Counter()
    before_noun, before_verb = _words("before_noun"), _words("before_verb")
    for text in texts:
        previous: _Token | None = None
        for token in _read_tokens(text):
            if previous and not previous.is_stop:
                is_open = token.gap == " " and not token.is_stop and not previous.is_possessive
                closing[previous.key] += not is_open
            previous = token
            uses[token.key] += not token.is_stop
            leaning[token.key] += (token.before in before_noun) - (token.before in before_verb and not _is_name(token))
        if previous:
            closing[previous.key] += 1
    return frozenset(key for key, count in uses.items() if count and _is_weak(key, count, closing[key], leaning[key]))


def _is_weak(key: str, uses: int, closing: int, leaning: int) -> bool:
    if _PARTICIPLE.search(key):
        return True
    if uses < _LEAST_USES:
        return bool(_ADVERB.search(key))
    return closing < _LEAST_CLOSING * uses or leaning < 0


def _join_run(run: Sequence[_Token]) -> Iterator[Term]:
    if run[-1].is_bound:
        return
    for size in range(1, len(run) + 1):
        part = run[-size:]
        if size > _PHRASE_WORDS and not all(token.form[0].isupper() for token in part):
            break
        keys = [token.key for token in part]
        if len(set(keys)) == size:
            form = " ".join(token.form for token in part)
            yield Term(" ".join(keys), form, part[0].is_initial, size)


def _read_tokens(text: str) -> Iterator[_Token]:
    words = list(_WORD.finditer(text))
    end, before = 0, ""
    for number, word in enumerate(words):
        form = _POSSESSIVE.sub("", word[0])
        key = fold(form)
        is_initial = bool(_SENTENCE_START.search(text[max(0, word.start() - 8) : word.start()]))
        is_bound = _is_bound(form, text[word.end() : word.end() + 2]) and not is_initial
        yield _Token(
            key=key,
            form=form,
            start=word.start(),
            end=word.end(),
            before="" if is_initial else before,
            gap=text[end : word.start()] if number else "",
            is_initial=is_initial,
            is_possessive=form != word[0],
            is_stop=_is_stop(form, key) and not is_bound,
            is_bound=is_bound,
        )
        end, before = word.end(), word[0].casefold()


def _mask(text: str, avoid: Collection[str]) -> str:
    if not avoid:
        return text
    # A bar is neither a word nor a space, so nothing is joined across it; offsets stay.
    return _find_names(tuple(sorted(avoid))).sub(lambda found: "|" * len(found[0]), text)


@lru_cache(maxsize=8)
def _find_names(names: tuple[str, ...]) -> re.Pattern[str]:
    bare = {re.sub(r"^(?:The|the|www\.)[ .]?", "", name).strip() for name in names} - {""}
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in sorted(bare, key=len, reverse=True)) + r")\b")


def fold(form: str) -> str:
    """One key for singular and plural, whatever the case: "Treaties" to "treaty".

    A wrong one ("texa") is never shown. Acronyms have no plural here: US, not "u".
    """
    key = form.replace(".", "").casefold()
    if form.isupper() or len(key) <= 3 or key.endswith(("ss", "us", "is")):
        return key
    if key.endswith("ies") and len(key) > 4:
        return key[:-3] + "y"
    if key.endswith(("sses", "shes", "ches", "xes", "zes")):
        return key[:-2]
    return key.removesuffix("s")


def _is_name(token: _Token) -> bool:
    return token.form[:1].isupper() and not token.is_initial


def _is_bound(form: str, after: str) -> bool:
    return form.istitle() and after[:1] == " " and after[1:].isupper() and form.casefold() in _words("names")


def _is_stop(form: str, key: str) -> bool:
    if form.isupper() and len(key) > 1:
        return False  # US, IT and WHO are no pronouns
    return len(key) < 3 or key in _stop_words()


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("labels")[name])


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    lexicon = load_lexicon("labels")
    words = (ENGLISH_STOP_WORDS | set(lexicon["stop"])) - set(lexicon["keep"])
    return frozenset(words | {fold(word) for word in words})
