"""Words and sentences that nobody has written: a small grammar, and names made of syllables.

Common words are English, as frequent as words are (Zipf), so that an index of a real language's stems has its work; rare ones
and all names are invented.
"""

import random
import tomllib
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_WORDS = {
    name: words.split() for name, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
_SYLLABLES, _ENDINGS = _WORDS["syllables"], _WORDS["endings"]
_OPENERS = (
    "In practice",
    "By contrast",
    "For now",
    "Behind closed doors",
    "On paper",
    "Since the spring",
    "According to plan",
    "In the north",
    "After a long night",
    "Within weeks",
    "Air defence aside",
    "As a matter of course",
)
TOPICS = (
    "air defence",
    "long-range strike",
    "naval logistics",
    "military mobility",
    "nuclear deterrence",
    "ammunition production",
    "border surveillance",
    "energy supply",
    "mine clearance",
    "cyber defence",
    "grain transport",
    "pilot training",
    "reconstruction finance",
    "drone production",
    "medical evacuation",
    "intelligence sharing",
)


class Ranked(NamedTuple):
    """Things to draw from: the one at rank r as often as 1 / (r + 1) ** power says."""

    items: tuple[str, ...]
    weights: tuple[float, ...]  #: cumulative

    def draw(self, dice: random.Random, number: int = 1) -> list[str]:
        return dice.choices(self.items, cum_weights=self.weights, k=number)


def rank(items: list[str], power: float = 1.0) -> Ranked:
    """These things, the most frequent first."""
    return Ranked(tuple(items), tuple(accumulate(1 / (at + 1) ** power for at in range(len(items)))))


def make_name(number: int) -> str:
    """An invented name; each number has its own: "Kestrelen"."""
    number, ending = divmod(number, len(_ENDINGS))
    first, second = divmod(number * 389 % len(_SYLLABLES) ** 3, len(_SYLLABLES))
    third, first = divmod(first, len(_SYLLABLES))
    parts = [_SYLLABLES[first], _SYLLABLES[second]] + ([_SYLLABLES[third]] if third else [])
    return ("".join(parts) + _ENDINGS[ending]).capitalize()


_FORMS = (
    "the {a1} {n1} of the {n2} {verb} a {a2} {n3} near the {n4}",
    "a {n1} without {n2} {verb} {a1} {n3} and its {a2} {n4}",
    "{a1} {n1} {verb} what {n2} left of the {n3}, {a2} {n4} included",
    "every {n1} between {n2} and {n3} {verb} one {a1} {n4}, {a2} or not",
    "no {a1} {n1} {verb} {n2} until {n3} has its {a2} {n4}",
    "{n1} for {n2} {verb} more than {a1} {n3}, {a2} {n4} less so",
    "its {n1}, {a1} and {a2}, {verb} {n2} by way of {n3} or {n4}",
)


class Grammar:
    """Sentences of a vocabulary: some 300 English words and, ever rarer, invented ones."""

    def __init__(self, rare: int = 6_000) -> None:
        invented = [make_name(500_000 + at * 7).lower() for at in range(rare)]
        # So flat that two texts seldom have four words in a row in common, as real ones seldom do; the first noun still
        # stands in every other text.
        self.nouns = rank([*_WORDS["nouns"], *invented], 0.55)
        self.adjectives = rank(_WORDS["adjectives"], 0.3)
        self.verbs = rank(_WORDS["verbs"], 0.3)

    def clause(self, dice: random.Random) -> str:
        """As in "the joint budget of the region delays a harbour near the coast"."""
        (n1, n2, n3, n4), (a1, a2), (verb,) = (
            self.nouns.draw(dice, 4),
            self.adjectives.draw(dice, 2),
            self.verbs.draw(dice),
        )
        form = dice.choice(_FORMS)
        return form.format(n1=n1, n2=n2, n3=n3, n4=n4, a1=a1, a2=a2, verb=verb)

    def sentence(self, dice: random.Random) -> str:
        """A sentence that says nothing of anybody."""
        return f"{dice.choice(_OPENERS)}, {self.clause(dice)}."
