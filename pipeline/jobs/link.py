"""Linking: all current agreements are put into the rows of the register anew, and articles to those they repeat."""

from pipeline.jobs.actors import link_entities
from pipeline.jobs.counts import LinkCounts
from pipeline.jobs.duplicates import link_duplicates
from pipeline.linking.rows import Observation, link_by_name
from pipeline.store.links import load_names, save_links
from pipeline.store.rows import LinkRow
from pipeline.store.store import Store


def link_register(store: Store) -> LinkCounts:
    """Put every current agreement into its row of the register, and find which articles repeat which.

    All agreements, not only new ones: an alias in today's article may join rows that stood apart until yesterday.
    """
    duplicates = link_duplicates(store)
    observations = [
        Observation(agreement_id=each.agreement_id, name=each.name, aliases=each.aliases) for each in load_names(store)
    ]
    links = link_by_name(observations)
    changed = save_links(store, [LinkRow(**dict(link)) for link in links])
    rows = len({link.row_id for link in links})
    link_entities(store)
    return LinkCounts(observations=len(links), rows=rows, changed=changed, duplicates=duplicates)
