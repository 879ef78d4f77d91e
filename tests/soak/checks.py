"""What has to hold of a store at any time, whatever was done to it: nothing lost, nothing twice, what is counted is right."""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Connection, text

from pipeline.jobs.duplicates import link_duplicates
from pipeline.jobs.link import link_register
from pipeline.store.refresh import refresh_rows
from pipeline.store.standing import refresh_standing
from pipeline.store.store import Store

_MADE = {
    # What is worked out from other tables, without the times at which it was.
    "register_row": "SELECT to_jsonb(t) - 'refreshed_at' FROM register_row t ORDER BY id",
    "row_party": "SELECT to_jsonb(t) FROM row_party t ORDER BY row_id, normal, role",
    "row_status": "SELECT to_jsonb(t) FROM row_status t ORDER BY row_id, from_day",
    "standing": "SELECT to_jsonb(t) FROM standing t ORDER BY record_id, field, action",
}
_NOTHING = {
    "an article without its current revision": """
        SELECT a.id FROM article a LEFT JOIN revision r ON r.article_id = a.id AND r.revision = a.revision
        WHERE r.text IS NULL""",
    "revisions with a gap": """
        SELECT article_id FROM revision GROUP BY article_id
        HAVING max(revision) <> count(*) OR max(revision) <> (SELECT revision FROM article WHERE id = article_id)""",
    "an article without its extraction": """
        SELECT a.id FROM article a WHERE NOT EXISTS (SELECT FROM extraction e WHERE e.article_id = a.id
            AND e.revision = a.revision AND e.fingerprint = a.fingerprint)""",
    "one text as two articles": """
        SELECT r.sha256 FROM article a JOIN revision r ON r.article_id = a.id AND r.revision = a.revision
        GROUP BY r.sha256 HAVING count(*) > 1""",
    "an agreement of an article that is in no row": """
        SELECT g.id FROM agreement g JOIN article a
            ON (a.id, a.revision, a.fingerprint) = (g.article_id, g.revision, g.fingerprint)
        WHERE NOT EXISTS (SELECT FROM link WHERE agreement_id = g.id)""",
    "an observation in a row that nobody makes any more": """
        SELECT agreement_id FROM link WHERE NOT EXISTS (
            SELECT FROM agreement g JOIN article a
            ON (a.id, a.revision, a.fingerprint) = (g.article_id, g.revision, g.fingerprint) WHERE g.id = agreement_id)
        AND NOT EXISTS (SELECT FROM own_agreement o WHERE o.id = agreement_id AND NOT is_withdrawn)""",
    "an own observation that is in no row": """
        SELECT id FROM own_agreement WHERE NOT is_withdrawn AND NOT EXISTS (SELECT FROM link WHERE agreement_id = id)""",
    "something left to link": """
        SELECT id FROM article WHERE linked_revision IS DISTINCT FROM revision
            OR linked_fingerprint IS DISTINCT FROM fingerprint
        UNION ALL SELECT id FROM own_agreement WHERE NOT is_linked AND NOT is_withdrawn
        UNION ALL SELECT id FROM actor_todo UNION ALL SELECT article_id FROM decided_article WHERE is_stale""",
    "a row that was merged away and has observations": """
        SELECT row_id FROM row_redirect JOIN link USING (row_id)""",
    "a redirect to a redirect": "SELECT a.row_id FROM row_redirect a JOIN row_redirect b ON a.to_id = b.row_id",
    "one import of one line twice": """
        SELECT source, key FROM own_agreement WHERE origin = 'import' AND NOT is_withdrawn
        GROUP BY source, key HAVING count(*) > 1""",
    "a raw article that nobody read": "SELECT id FROM raw_article WHERE article_id IS NULL",
    "a current record that search does not find": """
        SELECT c.id FROM claim c JOIN article a ON (a.id, a.revision, a.fingerprint) = (c.article_id, c.revision, c.fingerprint)
        WHERE NOT EXISTS (SELECT FROM search_entry WHERE record_id = c.id)
        UNION ALL SELECT id FROM article WHERE NOT EXISTS (SELECT FROM search_entry WHERE record_id = id)
        UNION ALL SELECT id FROM register_row WHERE is_shown AND NOT EXISTS (SELECT FROM search_entry WHERE record_id = id)""",
    "what search finds and is no more": """
        SELECT record_id FROM search_entry WHERE kind = 'row' AND record_id NOT IN (SELECT id FROM register_row WHERE is_shown)
        UNION ALL SELECT record_id FROM search_entry WHERE kind = 'claim' AND record_id NOT IN (SELECT c.id FROM claim c
            JOIN article a ON (a.id, a.revision, a.fingerprint) = (c.article_id, c.revision, c.fingerprint))""",
    "a record in no queue of what is to be reviewed, in one that it has left, or with another review": """
        WITH asked AS (
            SELECT g.id FROM agreement g JOIN article a
                ON (a.id, a.revision, a.fingerprint) = (g.article_id, g.revision, g.fingerprint)
                WHERE g.record ->> 'rule' IS DISTINCT FROM 'person'
            UNION ALL SELECT c.id FROM claim c JOIN article a
                ON (a.id, a.revision, a.fingerprint) = (c.article_id, c.revision, c.fingerprint)
                WHERE c.record ->> 'rule' IS DISTINCT FROM 'person'
            UNION ALL SELECT id FROM register_row WHERE differs AND is_shown),
        held AS (
            SELECT record_id, max(action) FILTER (WHERE field = '' AND action <> 'correct' AND NOT is_reopened) AS review
            FROM standing GROUP BY record_id)
        SELECT coalesce(i.record_id, asked.id) FROM review_item i FULL JOIN asked ON asked.id = i.record_id
        LEFT JOIN held ON held.record_id = coalesce(i.record_id, asked.id)
        WHERE i.record_id IS NULL OR asked.id IS NULL OR i.review IS DISTINCT FROM held.review""",
    "decisions that are counted otherwise than they were made": """
        SELECT 1 WHERE (SELECT count(*) FROM decision) <> (SELECT coalesce(sum(decisions), 0) FROM review_tally)""",
    "an entity of an article that is no actor": """
        SELECT e.id FROM entity e JOIN article a ON (a.id, a.revision, a.fingerprint) = (e.article_id, e.revision, e.fingerprint)
        WHERE NOT EXISTS (SELECT FROM actor_link WHERE entity_id = e.id)
            AND NOT EXISTS (SELECT FROM standing s WHERE s.record_id = e.id AND s.action = 'reject')""",
    "an actor whose articles or mentions are not as counted": """
        SELECT id FROM actor WHERE (articles, mentions) IS DISTINCT FROM (
            SELECT (count(DISTINCT article_id)::integer, coalesce(sum(mentions), 0)::integer) FROM actor_link
            WHERE actor_id = actor.id)""",
    "an actor found by a name that it does not have so often": """
        WITH counted AS (SELECT key, base_id AS actor_id, count(*) AS uses FROM actor_link, unnest(keys) AS key GROUP BY 1, 2)
        SELECT coalesce(k.actor_id, c.actor_id) FROM actor_key k FULL JOIN counted c USING (key, actor_id)
        WHERE k.uses IS DISTINCT FROM c.uses""",
    "an actor's row of the register that does not name it, or is missing": """
        WITH named AS (
            SELECT DISTINCT p.actor_id, l.row_id FROM actor_party p JOIN link l USING (agreement_id)
            JOIN register_row r ON r.id = l.row_id AND r.is_shown)
        SELECT coalesce(a.actor_id, n.actor_id) FROM actor_row a FULL JOIN named n USING (actor_id, row_id)
        WHERE a.row_id IS NULL OR n.row_id IS NULL""",
    "an actor with another number of agreements in a role": """
        WITH counted AS (
            SELECT actor_id, role, count(*) AS n FROM actor_row, unnest(roles || '{""}'::text[]) AS role GROUP BY 1, 2)
        SELECT coalesce(r.actor_id, c.actor_id) FROM actor_role r FULL JOIN counted c USING (actor_id, role)
        WHERE r.agreements IS DISTINCT FROM c.n""",
    "two actors with another number of agreements together": """
        WITH counted AS (
            SELECT a.actor_id, b.actor_id AS other_id, count(*) AS n FROM actor_row a JOIN actor_row b USING (row_id)
            WHERE a.actor_id <> b.actor_id GROUP BY 1, 2)
        SELECT coalesce(p.actor_id, c.actor_id) FROM actor_pair p FULL JOIN counted c USING (actor_id, other_id)
        WHERE p.agreements IS DISTINCT FROM c.n""",
}


def find_faults(store: Store) -> dict[str, Any]:
    """What is wrong with a store in which everything is linked, by what it is; and what making it anew would change."""
    found: dict[str, Any] = {}
    with store.begin() as connection:
        for name, query in _NOTHING.items():
            wrong = connection.execute(text(query)).all()
            if wrong:
                found[name] = [tuple(each) for each in wrong[:5]]
    before = _load_made(store)
    with store.begin() as connection:
        refresh_standing(connection, _list(connection, "SELECT DISTINCT record_id FROM decision"))
        refresh_rows(connection, _list(connection, "SELECT id FROM register_row"))
    if changed := link_duplicates(store):
        found["duplicates that were not found"] = changed
    link_register(store)
    after = _load_made(store)
    for name, rows in before.items():
        if rows != after[name]:
            pairs = [pair for pair in zip(rows, after[name], strict=False) if pair[0] != pair[1]]
            found[f"{name} is not what follows from the rest"] = (len(rows), len(after[name]), pairs[:2])
    return found


def load_grouping(store: Store) -> dict[str, Any]:
    """What the register says, with what a person entered by its name, since its id is of the moment."""
    with store.begin() as connection:
        own = dict(connection.execute(text("SELECT id, record ->> 'label' FROM own_agreement")).tuples().all())
        rows: dict[str, list[str]] = defaultdict(list)
        for row_id, agreement_id in connection.execute(text("SELECT row_id, agreement_id FROM link")):
            rows[row_id].append(own.get(agreement_id, agreement_id))
        shown = {
            "|".join(sorted(rows[row_id])): facts
            for row_id, *facts in connection.execute(
                text(
                    "SELECT id, label, status, parties, observations, independent, review FROM register_row WHERE is_shown"
                )
            )
        }
        actors: dict[str, list[str]] = defaultdict(list)
        for actor_id, entity_id in connection.execute(text("SELECT actor_id, entity_id FROM actor_link")):
            actors[actor_id].append(entity_id)
        articles = list(connection.execute(text("SELECT id, revision FROM article ORDER BY id")).tuples())
        decisions = Counter(
            _list(
                connection, "SELECT action || regexp_replace(coalesce(batch, ''), '[0-9T:Z-]{20}$', '') FROM decision"
            )
        )
    return {
        "articles": articles,
        "rows": shown,
        "actors": sorted(sorted(each) for each in actors.values()),
        "decisions": decisions,
    }


def _load_made(store: Store) -> dict[str, list[Any]]:
    with store.begin() as connection:
        return {name: _list(connection, query) for name, query in _MADE.items()}


def _list(connection: Connection, query: str) -> list[Any]:
    return list(connection.execute(text(query)).scalars())
