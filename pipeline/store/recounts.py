"""Which rows of the register count their articles otherwise, once it is known anew what repeats what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, select

from pipeline.store import schema
from pipeline.store.facts import load_copies
from pipeline.store.originals import find_originals
from pipeline.store.queries import is_one_of

_Pair = tuple[str, str]  # an article, and the one that it repeats
_Texts = Mapping[str, frozenset[str]]  # of each article, those that have its text and stand in a row


def find_recounted(connection: Connection, *, gone: Mapping[_Pair, str], new: Mapping[_Pair, str]) -> set[str]:
    """The rows that count their independent articles otherwise by this.

    A row counts otherwise only by what two of its own articles are to each other. So what a new article repeats, which stands
    in no row yet, changes none, unless it is a copy of two texts that it thereby makes one.

    Args:
        connection: an open transaction, in which this is not written yet.
        gone: what is found no more, with its kind ("copy", "part", "digest").
        new: what is found now, likewise; a pair that has changed its kind is in both.

    Returns:
        Ids of rows.
    """
    if not gone and not new:
        return set()
    known = load_copies(connection, {each for pair in (*gone, *new) for each in pair})
    later = (known - gone.keys()) | {pair for pair, kind in new.items() if kind == "copy"}
    involved = {each for pair in (*known, *gone, *new) for each in pair}
    rows = _load_rows(connection, involved)
    before, after = _join(known, rows), _join(later, rows)
    found = {row for each in rows if before[each] != after[each] for row in rows[each]}
    for one, other in [pair for pairs in (gone, new) for pair, kind in pairs.items() if kind != "copy"]:
        mine, theirs = (_rows_of([before.get(each, ()), after.get(each, ())], rows) for each in (one, other))
        found |= mine & theirs
    return found


def _join(copies: Iterable[_Pair], rows: Mapping[str, Collection[str]]) -> _Texts:
    originals = find_originals((*pair, "copy") for pair in copies)
    members: dict[str, set[str]] = defaultdict(set)
    involved = {*rows, *originals.stands_for}
    for article_id in involved & rows.keys():
        members[originals.of(article_id)].add(article_id)
    return {article_id: frozenset(members[originals.of(article_id)]) for article_id in involved}


def _rows_of(texts: Iterable[Iterable[str]], rows: Mapping[str, Collection[str]]) -> set[str]:
    return {row for text in texts for article_id in text for row in rows[article_id]}


def _load_rows(connection: Connection, article_ids: Collection[str]) -> dict[str, set[str]]:
    """The rows that these articles have, or had, an observation in; those that stand in none are left out."""
    agreement, link = schema.agreement, schema.link
    query = select(agreement.c.article_id, link.c.row_id).where(
        link.c.agreement_id == agreement.c.id, is_one_of(agreement.c.article_id, article_ids)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for article_id, row_id in connection.execute(query.distinct()):
        found[article_id].add(row_id)
    return dict(found)
