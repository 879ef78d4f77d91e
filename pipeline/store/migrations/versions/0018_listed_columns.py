"""What large stores are asked by: who speaks in an article, what a large row comes to, what was compared already.

Revision ID: 0018
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE article ADD COLUMN authorities TEXT[] NOT NULL DEFAULT '{}'::text[];
ALTER TABLE article ADD COLUMN compared_revision INTEGER;
CREATE INDEX ix_article_uncompared ON article (first_seen, id) WHERE compared_revision IS DISTINCT FROM revision;
CREATE INDEX ix_raw_article_source ON raw_article (source) WHERE source IS NOT NULL;

CREATE TABLE row_summary (
    row_id TEXT NOT NULL,
    summary JSONB NOT NULL,
    CONSTRAINT pk_row_summary PRIMARY KEY (row_id),
    CONSTRAINT fk_row_summary_row_id FOREIGN KEY(row_id) REFERENCES register_row (id)
);
"""

# Who speaks in an article: the authorities of the sources that one of its addresses came from, in the order of
# pipeline.enumerations.Authority. It stands in the article and, as facets, in its entries of search, and follows by itself
# when the catalogue says something else of a source; the next link job then makes the article's rows anew.
AUTHORITIES = """
CREATE FUNCTION find_authorities(asked TEXT) RETURNS TEXT[] STABLE LANGUAGE sql AS $$
    SELECT coalesce(array_agg(authority ORDER BY array_position(
        ARRAY['official', 'agency', 'press', 'analysis', 'opinion'], authority), authority), '{}')
    FROM (
        SELECT DISTINCT source_state.authority FROM address
        JOIN raw_article ON raw_article.id = address.raw_id JOIN source_state ON source_state.source = raw_article.source
        WHERE address.article_id = asked AND source_state.authority IS NOT NULL
    ) AS speaking
$$;
CREATE FUNCTION write_authorities(given TEXT[]) RETURNS TEXT[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT ARRAY(SELECT '=a:' || each FROM unnest(given) AS each)
$$;
CREATE FUNCTION settle_authorities(given TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    known TEXT[];
    found TEXT[] := find_authorities(given);
BEGIN
    SELECT authorities INTO known FROM article WHERE id = given;
    IF known IS NOT DISTINCT FROM found THEN RETURN; END IF;
    UPDATE article SET authorities = found, linked_revision = NULL WHERE id = given;
    UPDATE search_entry SET words = ts_delete(words, write_authorities(known)) || array_to_tsvector(write_authorities(found))
        WHERE article_id = given;
END
$$;
CREATE FUNCTION settle_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM raw_article WHERE source = NEW.source AND article_id IS NOT NULL) THEN
        -- The lock of pipeline.store.locks.lock_register: whoever links or decides changes articles too.
        PERFORM pg_advisory_xact_lock(hashtextextended('register', 0));
        PERFORM settle_authorities(article_id) FROM (
            SELECT DISTINCT article_id FROM raw_article WHERE source = NEW.source AND article_id IS NOT NULL ORDER BY 1
        ) AS told;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER source_is_named AFTER INSERT ON source_state FOR EACH ROW EXECUTE FUNCTION settle_source();
CREATE TRIGGER source_speaks AFTER UPDATE OF authority ON source_state FOR EACH ROW
    WHEN (OLD.authority IS DISTINCT FROM NEW.authority) EXECUTE FUNCTION settle_source();
"""

# As 0009 made it, with who speaks.
ENTRIES = """
CREATE OR REPLACE FUNCTION index_article(given TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    n BIGINT := nextval('search_number');
    here RECORD;
    facets TEXT[];
BEGIN
    DELETE FROM search_entry WHERE article_id = given;
    SELECT article.revision, article.fingerprint, article.first_seen, authorities, title, text, published, publisher INTO here
        FROM article JOIN revision ON revision.article_id = article.id AND revision.revision = article.revision
        WHERE article.id = given;
    IF NOT FOUND THEN RETURN; END IF;
    facets := ARRAY['=p:' || search_key(here.publisher), '=y:' || left(here.published, 4), '=m:' || left(here.published, 7)]
        || write_authorities(here.authorities);
    INSERT INTO search_entry (record_id, kind, article_id, number, day, first_seen, content_sha256, words)
    SELECT given, 'article', given, n, here.published, here.first_seen, NULL,
        setweight(search_words(here.title), 'A') || search_words(here.text) || search_facets('article', n, facets)
    UNION ALL
    SELECT id, 'passage', given, n, here.published, first_seen, content_sha256, search_facets('passage', n, facets)
        FROM passage WHERE article_id = given AND revision = here.revision AND fingerprint = here.fingerprint
    UNION ALL
    SELECT id, 'claim', given, n, here.published, first_seen, content_sha256,
        setweight(search_words(content), 'A') || setweight(search_words(speaker), 'B')
        || search_facets('claim', n, facets || ARRAY['=t:' || type, '=s:' || left(nullif(speaker_normal, ''), 200)])
        FROM claim WHERE article_id = given AND revision = here.revision AND fingerprint = here.fingerprint
    UNION ALL
    SELECT id, 'agreement', given, n, here.published, first_seen,
        encode(sha256(convert_to(agreement_content(label, record), 'UTF8')), 'hex'),
        setweight(search_words(concat_ws(' . ', name, nullif(label, name), (
            SELECT string_agg(alias, ' . ') FROM jsonb_array_elements_text(record -> 'aliases') AS alias))), 'A')
        || setweight(search_words(record ->> 'subject'), 'B')
        || search_words((SELECT string_agg(DISTINCT act ->> 'text', ' . ') FROM jsonb_array_elements(record -> 'acts') AS act))
        || search_facets('agreement', n, facets)
        FROM agreement WHERE article_id = given AND revision = here.revision AND fingerprint = here.fingerprint
    ON CONFLICT (record_id) DO NOTHING;
END
$$;
"""

# Whether few entries have some facets: the planner knows how frequent each is, and looks at nothing.
ESTIMATE = """
CREATE FUNCTION estimate_entries(facets TSQUERY) RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
    plan JSON;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM search_entry WHERE words @@ %L', facets) INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;
"""

# Passages too: of few that the conditions hold for, each vector is compared; the index says which and whether they are few.
INDEX = """
CREATE INDEX ix_search_entry_words ON search_entry USING gin (words) WITH (gin_pending_list_limit = 1024);
DROP INDEX ix_sketch_hashes;
CREATE INDEX ix_sketch_hashes ON sketch USING gin (hashes) WITH (fastupdate = false);
CREATE INDEX ix_search_entry_day ON search_entry (kind, day DESC NULLS LAST, article_id);
"""

FILL = """
UPDATE article SET
    authorities = find_authorities(id),
    compared_revision = (SELECT revision FROM sketch WHERE sketch.article_id = article.id);
UPDATE search_entry SET words = words || array_to_tsvector(write_authorities(authorities))
    FROM article WHERE article.id = search_entry.article_id AND authorities <> '{}';
"""


def upgrade() -> None:
    """Add the columns and functions, and say of every article who speaks in it; summaries come with the next link."""
    op.execute(COLUMNS)
    op.execute(AUTHORITIES)
    op.execute(ENTRIES)
    op.execute("DROP INDEX ix_search_entry_words")  # made anew once all entries have changed
    op.execute(FILL)
    op.execute(INDEX)
    op.execute(ESTIMATE)
