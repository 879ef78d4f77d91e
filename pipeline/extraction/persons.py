"""Whether a person is "she" or "he", as far as the text itself or a first name says it.

"Mrs Lind", "Chairwoman Lind", "Queen Margrethe", "the spokeswoman", "Giorgia Meloni": she. Where nothing says it ("Kim Berg",
"a trader") the answer is None, and either pronoun may stand for that person.
"""

from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

import models

Pronoun = Literal["she", "he"]
_BEFORE = 3  #: tokens before a name in which a title or office stands: "Vice Chairwoman", "Mr."
_PRONOUNS: dict[str, Pronoun] = {"she": "she", "her": "she", "hers": "she", "he": "he", "his": "he", "him": "he"}


def read_pronoun(word: str) -> Pronoun | None:
    """Which of the two a pronoun belongs to: "her" -> "she"; None for "it", "they" and other words."""
    return _PRONOUNS.get(word.lower())


def find_pronoun_of_name(doc: Doc, start: int, canonical: str) -> Pronoun | None:
    """The pronoun of a named person: by the words before the name, else by the first name.

    Args:
        doc: the text.
        start: the first token of a mention.
        canonical: the full name as the article has it ("Giorgia Meloni" where the mention is "Meloni").
    """
    titles, names = _load("titles"), _load("names")
    for token in reversed(doc[max(0, start - _BEFORE) : start]):
        if token.is_sent_start and token.is_space:
            break
        told = titles.get(token.text.rstrip(".")) or find_pronoun_of_noun(token)
        if told is not None:
            return told
        if not token.is_punct and not token.is_title:
            break  # "the queen and Jon Berg": no word of his
    return names.get(canonical.split(" ", 1)[0])


def find_pronoun_of_noun(noun: Token) -> Pronoun | None:
    """As in "the spokeswoman", "the king"; None for "the minister"."""
    return _load("nouns").get(noun.lemma_.lower()) or _load("nouns").get(noun.lower_)


@lru_cache(maxsize=3)
def _load(kind: str) -> dict[str, Pronoun]:
    lexicon = models.load_lexicon("persons")
    sides: tuple[Pronoun, ...] = ("she", "he")
    return {word: side for side in sides for word in lexicon[side][kind]}
