"""The words of a row: those it is found by, and the quotes of its parties."""

from collections.abc import Mapping

from pipeline.records import Span, normalise
from pipeline.store.facts import Shown
from pipeline.store.parties import Joined
from pipeline.store.register_rows import PartyRow


def split_words(text: str) -> list[str]:
    """The words of a text as they are compared, each once: ``"The Élysée's plan"`` → ``["elysee", "plan"]``."""
    return sorted(set(normalise(text).split()))


def make_party(joined: Joined, shown: Mapping[str, Shown]) -> PartyRow:
    """A party with the first words that say so; of one that a person entered, those of the observation."""
    found = shown[joined.first.agreement_id]
    said = [each for each in found.agreement.parties if normalise(each.entity) == joined.normal]
    named = [each for each in said if each.role is joined.role] or said
    words: Span = named[0] if named else found.observation.quote or found.agreement.mentions[0]
    return PartyRow(
        entity=joined.entity,
        role=joined.role,
        quote=Span(start=words.start, end=words.end, text=words.text),
        article_id=joined.first.article_id,
        agreement_ids=joined.agreement_ids,
        first_seen=joined.first_seen,
        articles=joined.articles,
        published=joined.first.published,
        is_minor=joined.is_minor,
        is_past=joined.is_past,
    )
