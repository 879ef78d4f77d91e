"""What linking knows of an observation: what an article says of an agreement, and what of it is compared and kept."""

import re
from functools import cached_property, lru_cache

import models
from pipeline.enumerations import AgreementKind, PartyRole
from pipeline.linking.words import ACTOR, KNOWN, find_actor, find_rarity, find_words, fold_name, is_particular
from pipeline.records import Agreement, Record, normalise

# Of a row's sentences these many words are kept, the rarest: they stand in the database for each observation, and the
# ones behind them are in most articles.
_MOST_CONTEXT = 40
# A name of general words alone is a sort of agreement, not one; this much of the rarest of them it may still say.
_OF_MANY = 0.5
_PARENTHESIS = re.compile(r"\s*\([^()]*(\)|$)")  # "letter of intent (Denmark, Norway)": the parties stand beside it
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th)\b|\b(II|III|IV|V|VI|VII|VIII|IX|X)\b|(?<=\w )(\d{1,2}(?:\.\d)?)(?![\w.,%])"
)
_CAPITALS = re.compile(r"[A-Za-z]*[A-Z]{2,}[\w/-]*")
_ROMAN = {"II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}


class Actor(Record):
    """An actor of an agreement and what it is to it."""

    name: str
    role: PartyRole


class Observation(Record):
    """What one article (or a person) says of an agreement, as linking wants it."""

    agreement_id: str
    article_id: str
    published: str | None = None
    name: str | None
    label: str
    aliases: tuple[str, ...] = ()
    kind: AgreementKind
    date: str | None = None
    subject: str | None = None
    reference: str | None = None
    actors: tuple[Actor, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    sentences: tuple[str, ...] = ()  #: mentions and evidence


class Features(Record):
    """What of an observation is compared; kept with its link, so that nothing has to be read again for the next one."""

    agreement_id: str
    article_id: str
    name: str = ""  #: as :func:`pipeline.linking.words.fold_name` leaves it
    shown: str = ""  #: the name or label as written, for reasons
    aliases: frozenset[str] = frozenset()
    label: str = ""
    initials: frozenset[str] = frozenset()  #: of the long names: "elrsa"
    shorts: frozenset[str] = frozenset()  #: names in capitals: "elsa"
    kind: AgreementKind
    parties: frozenset[str] = frozenset()  #: all actors but those said to be outside
    core: frozenset[str] = frozenset()  #: those that bind themselves: party, lead, member, candidate
    candidates: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()  #: of names, label and subject
    called: frozenset[str] = frozenset()  #: of names and label alone
    subject: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()  #: of its sentences
    years: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    date: str | None = None
    reference: str = ""
    figures: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """Its own name and its aliases."""
        return self.aliases | {self.name} if self.name else self.aliases

    @cached_property
    def actors(self) -> frozenset[str]:
        """Its parties, and the actors that its name, label and subject speak of."""
        return self.parties | {word for word in self.words if word.startswith(ACTOR)}

    @cached_property
    def plain(self) -> frozenset[str]:
        """Its words that are no actors."""
        return self.words - self.actors


def observe(agreement: Agreement, *, article_id: str, published: str | None) -> Observation:
    """What an extracted agreement is to linking."""
    said = {mention.text for mention in agreement.mentions} | {act.text for act in agreement.acts}
    return Observation(
        agreement_id=agreement.id,
        article_id=article_id,
        published=published,
        name=agreement.name,
        label=agreement.label,
        aliases=agreement.aliases,
        kind=agreement.kind,
        date=agreement.date,
        subject=agreement.subject,
        reference=agreement.reference,
        actors=tuple(Actor(name=party.entity, role=party.role) for party in agreement.parties),
        figures=tuple((figure.name, figure.value) for figure in agreement.figures),
        sentences=tuple(sorted(said)),
    )


def make_features(seen: Observation) -> Features:
    """What of an observation is compared."""
    label = _PARENTHESIS.sub("", seen.label) or seen.label
    name = fold_name(seen.name)
    called = _find_all(seen.name, label, *seen.aliases)
    words = called | _find_all(seen.subject)
    inside = [actor for actor in seen.actors if actor.role is not PartyRole.EXCLUDED]
    written = " | ".join(filter(None, (seen.name, label, *seen.aliases)))
    own = [each for each in (seen.name, *seen.aliases) if each]
    return Features(
        agreement_id=seen.agreement_id,
        article_id=seen.article_id,
        name=name,
        shown=seen.name or label,
        aliases=frozenset({fold_name(alias) for alias in seen.aliases} - {name, ""}),
        label=fold_name(label),
        initials=frozenset({_find_initials(each) for each in own if len(each.split()) > 1} - {""}),
        shorts=frozenset({normalise(each) for each in own if _CAPITALS.fullmatch(each)}),
        kind=seen.kind,
        parties=frozenset({find_actor(actor.name) for actor in inside}),
        core=frozenset({find_actor(actor.name) for actor in inside if actor.role in _CORE}),
        candidates=frozenset({find_actor(actor.name) for actor in inside if actor.role is PartyRole.CANDIDATE}),
        words=frozenset(words),
        called=frozenset(called),
        subject=frozenset(_find_all(seen.subject)),
        context=_find_context(words, seen.sentences),
        years=frozenset(set(_YEAR.findall(written))),
        numbers=frozenset(_find_numbers(written)),
        date=seen.date,
        reference=normalise(seen.reference or ""),
        figures=frozenset({f"{figure} {value:g}" for figure, value in seen.figures}),
    )


def is_distinctive(name: str) -> bool:
    """Whether a folded name stands for one agreement ("Aachen Treaty"), not for a sort of them ("Joint Declaration")."""
    return name.startswith(KNOWN) or any(is_particular(word) for word in name.split())


def find_weight(name: str) -> float:
    """What it says that two observations have a folded name in common, 0 to 1."""
    if is_distinctive(name):
        return 1.0
    return _OF_MANY * max(
        (find_rarity(w) for w in name.split() if not w.startswith(ACTOR) and not w.isdigit()), default=0.0
    )


_CORE = {PartyRole.PARTY, PartyRole.LEAD, PartyRole.MEMBER, PartyRole.CANDIDATE}


def _find_all(*texts: str | None) -> set[str]:
    return {word for text in texts for word in find_words(text)}


def _find_context(words: set[str], sentences: tuple[str, ...]) -> frozenset[str]:
    further = sorted(_find_all(*sentences) - words, key=lambda word: (-find_rarity(word), word))
    return frozenset({*words, *further[:_MOST_CONTEXT]})


def _find_initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper() or word[0].isdigit()).casefold()


def _find_numbers(written: str) -> set[str]:
    found = {arabic or _ROMAN.get(roman, roman) or last for arabic, roman, last in _NUMBER.findall(written)}
    ordinals = _load_ordinals()
    return found | {ordinals[word] for word in normalise(written).split() if word in ordinals}


@lru_cache(maxsize=1)
def _load_ordinals() -> dict[str, str]:
    return {word: str(number) for word, number in models.load_linking("words")["ordinals"].items()}
