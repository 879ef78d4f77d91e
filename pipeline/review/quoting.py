"""Quotes on a page: the words that matter with what stands around them, of many articles at once."""

from collections.abc import Callable, Iterable

from pipeline.brief.page import Quote
from pipeline.brief.quotes import cut_quote
from pipeline.records import Span
from pipeline.store.excerpts import load_excerpts, place_of
from pipeline.store.store import Store

#: Gives the quote of some words of an article; None where they are not there (a person's own record has no article).
Quoter = Callable[[str | None, Span | None], Quote | None]


def load_quotes(store: Store, words: Iterable[tuple[str | None, Span | None]]) -> Quoter:
    """The quotes of all these words, read at once: call what comes back with an article's id and the words."""
    places = {place_of(article_id, span) for article_id, span in words if article_id and span}
    quotes = {
        place: cut_quote(found.text, place.start - found.offset, place.end - found.offset)
        for place, found in load_excerpts(store, places).items()
    }

    def find(article_id: str | None, span: Span | None) -> Quote | None:
        return quotes.get(place_of(article_id, span)) if article_id and span else None

    return find
