"""The articles of a list's records with those records alone: what an export of marked places is made of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from pipeline.store.articles import load_texts
from pipeline.store.past import load_past
from pipeline.store.rows import ArticleText, ClaimRow, ObservationRow
from pipeline.store.standing import load_standing
from pipeline.store.store import Store
from pipeline.store.streams import Annotated, Reviewed

# Records between two looks at the database; each may stand in an article of its own, with a text of a hundred kilobytes.
_BATCH = 50


def stream_marked(store: Store, items: Iterable[Reviewed]) -> Iterator[Annotated]:
    """The articles that claims or observations of a list stand in, in its order, with these records and no others.

    An article comes again where the list comes back to it. What a person entered has no article, and is left out.

    Args:
        store: the open store.
        items: of :func:`pipeline.store.streams.stream_claims` or :func:`~pipeline.store.streams.stream_observations`.
    """
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        wanted: dict[str, set[str]] = defaultdict(set)
        for record in (item.record for item in batch):
            assert isinstance(record, ClaimRow | ObservationRow)
            if record.article_id.startswith("ar-"):
                wanted[record.article_id].add(record.id if isinstance(record, ClaimRow) else record.agreement_id)
        yield from _load(store, wanted)


def _load(store: Store, wanted: dict[str, set[str]]) -> Iterator[Annotated]:
    with store.read() as connection:
        standing = load_standing(connection, [each for ids in wanted.values() for each in ids])
        texts: list[ArticleText] = load_texts(connection, list(wanted))
        for text in texts:
            article, ids = text.article, wanted[text.article.id]
            found = load_past(connection, article.id, (article.revision, article.fingerprint))
            chosen = found.model_copy(
                update={
                    "entities": (),
                    "agreements": tuple(each for each in found.agreements if each.id in ids),
                    "claims": tuple(each for each in found.claims if each.id in ids),
                }
            )
            yield Annotated(article, text.text, chosen, standing)
