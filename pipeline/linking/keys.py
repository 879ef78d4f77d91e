"""By what rows are found that a new observation may belong to: a few strings, each looked up in an index.

What two observations of one agreement have in common is a name, or a rare word, or two words or actors together. So no
observation is compared with all others, and the cost of one does not grow with the register.
"""

from itertools import combinations

from pipeline.linking.observations import Features
from pipeline.linking.words import find_rarity

# Of the words, these many rarest go into pairs with each other and with the actors. On the train split
# the keys of four and three find 95 % of the pairs of observations that are one agreement, those of six and four 98 % at twice
# the size.
_WORDS = 4
_ACTORS = 3  # of a treaty of thirty the first few by name
_ALONE = 0.75  # a word of at most two or three of 161 articles is a key of its own


def find_keys(features: Features) -> tuple[str, ...]:
    """The keys of an observation, sorted; two that share none are never compared."""
    names = {f"name:{name}" for name in features.names | ({features.label} - {""})}
    shorts = {f"short:{short}" for short in features.shorts | features.initials if len(short) > 1}
    actors = sorted(features.actors)[:_ACTORS]
    rare = sorted(features.plain, key=lambda word: (-find_rarity(word), word))[:_WORDS]
    alone = {f"word:{word}" for word in rare if find_rarity(word) >= _ALONE}
    pairs = {f"words:{' '.join(sorted(pair))}" for pair in combinations(rare, 2)}
    mixed = {f"with:{word} {actor}" for word in rare for actor in actors}
    references = {f"reference:{features.reference}"} if features.reference else set()
    return tuple(sorted(names | shorts | alone | pairs | mixed | references))
