"""What an article that joins a row of the register changes in its counts, where some of the row's articles repeat it or it them.

Whether one more article is one more that says so hangs on the few that it is tied to, not on all that the row has: on copies of
its text, on those it is taken from, on those taken from it, and on what else these are taken from.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from pipeline.store import schema
from pipeline.store.days import first_day
from pipeline.store.facts import load_copies, load_originals, load_said
from pipeline.store.observations import Seen
from pipeline.store.originals import Originals
from pipeline.store.queries import is_one_of


class Neighbours(NamedTuple):
    """Those of a row's observations whose articles a new one is tied to."""

    seen: tuple[Seen, ...] = ()
    originals: Originals = Originals()

    def count_more(self, new: Seen, among: Iterable[Seen]) -> int:
        """How many more independent articles there are among some of the row's observations, with a new one beside them."""
        texts = {self.originals.of(each.article_id) for each in among}
        return self._count({*texts, self.originals.of(new.article_id)}) - self._count(texts)

    def until(self, day: str) -> list[Seen]:
        """Those published until a day."""
        return [each for each in self.seen if each.published and first_day(each.published).isoformat() <= day]

    def _count(self, texts: Collection[str]) -> int:
        return sum(self.originals.taken_from.get(text, frozenset()).isdisjoint(texts) for text in texts)


def load_neighbours(connection: Connection, new: Mapping[str, Seen]) -> dict[str, Neighbours | None]:
    """What stands in these rows of what the articles that join them are tied to.

    Args:
        connection: an open transaction.
        new: of each row the observation that joins it; all of one article, or of several.

    Returns:
        Of each row its neighbours; None where they do not tell: the article says something else of the row already, or is taken
        from what is taken from it.
    """
    found: dict[str, Neighbours | None] = {}
    for article_id in {each.article_id for each in new.values()}:
        rows = {row_id: each for row_id, each in new.items() if each.article_id == article_id}
        originals, around = _load_around(connection, article_id)
        links = _load_links(connection, rows, around)
        said = load_said(connection, {each for ids in links.values() for each in ids})
        for row_id, joins in rows.items():
            ids = links.get(row_id, set()) - {joins.agreement_id}
            seen = tuple(said[each] for each in sorted(ids) if each in said)
            is_told = all(each.article_id != article_id for each in seen) and not _is_circle(originals, article_id)
            found[row_id] = Neighbours(seen, originals) if is_told else None
    return found


def _load_around(connection: Connection, article_id: str) -> tuple[Originals, set[str]]:
    """The originals around an article, and all articles that what it changes may hang on."""
    table = schema.duplicate
    copies = {article_id, *(each for pair in load_copies(connection, [article_id]) for each in pair)}
    tied = select(table.c.article_id, table.c.other_id).where(
        or_(is_one_of(table.c.article_id, copies), is_one_of(table.c.other_id, copies))
    )
    near = copies | {each for pair in connection.execute(tied) for each in pair}
    near |= load_originals(connection, near).stands_for.keys()
    sources = select(table.c.other_id).where(is_one_of(table.c.article_id, near))
    near |= set(connection.execute(sources).scalars())
    originals = load_originals(connection, near)
    return originals, near | originals.stands_for.keys()


def _load_links(connection: Connection, row_ids: Collection[str], article_ids: Collection[str]) -> dict[str, set[str]]:
    """The observations of these articles in these rows, by row."""
    agreement, link = schema.agreement, schema.link
    query = select(link.c.row_id, link.c.agreement_id).where(
        link.c.agreement_id == agreement.c.id,
        is_one_of(agreement.c.article_id, article_ids),
        is_one_of(link.c.row_id, row_ids),
    )
    found: dict[str, set[str]] = {}
    for row_id, agreement_id in connection.execute(query.distinct()):
        found.setdefault(row_id, set()).add(agreement_id)
    return found


def _is_circle(originals: Originals, article_id: str) -> bool:
    """Whether a text is taken from itself, over others: then one of them counts all the same."""
    text = originals.of(article_id)
    reached, last = set[str](), {text}
    while last:
        last = {source for each in last for source in originals.taken_from.get(each, ())} - reached
        reached |= last
    return text in reached
