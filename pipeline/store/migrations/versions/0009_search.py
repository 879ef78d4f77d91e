"""What is searched: one entry a current record, made anew with its article or its row; and searches with a name.

Revision ID: 0009
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = """
CREATE SEQUENCE search_number;
CREATE TABLE search_entry (
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    article_id TEXT,
    number BIGINT NOT NULL,
    day TEXT,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    content_sha256 TEXT,
    words TSVECTOR NOT NULL,
    CONSTRAINT pk_search_entry PRIMARY KEY (record_id),
    CONSTRAINT fk_search_entry_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE INDEX ix_search_entry_article_id ON search_entry (article_id);
CREATE INDEX ix_search_entry_content_sha256 ON search_entry (content_sha256);
CREATE INDEX ix_search_entry_number ON search_entry (number) WHERE content_sha256 IS NOT NULL;
CREATE INDEX ix_search_entry_words ON search_entry USING gin (words) WITH (gin_pending_list_limit = 1024)
    WHERE kind <> 'passage';
CREATE TABLE embedding_route (
    route TEXT NOT NULL,
    seen_number BIGINT NOT NULL,
    CONSTRAINT pk_embedding_route PRIMARY KEY (route)
);
CREATE TABLE saved_search (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    query JSONB NOT NULL,
    who TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    looked_at TIMESTAMP WITH TIME ZONE,
    seen_number BIGINT NOT NULL,
    CONSTRAINT pk_saved_search PRIMARY KEY (id),
    CONSTRAINT uq_saved_search_name UNIQUE (name)
);
CREATE TABLE saved_search_hit (
    search_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_saved_search_hit PRIMARY KEY (search_id, record_id),
    CONSTRAINT fk_saved_search_hit_search_id FOREIGN KEY(search_id) REFERENCES saved_search (id) ON DELETE CASCADE
);
"""

# A word is a run of letters and digits: "long-range" is two, and "U.S." is "US". Accents are taken off. PostgreSQL's parser
# would else take "and/or" for a file, "end.Begin" for a host and "long-range" for three words at three places.
# A tsvector holds a megabyte and refuses more; no 250,000 characters make so much (four bytes a character at worst).
WORDS = r"""
CREATE FUNCTION search_fold(given TEXT) RETURNS TEXT IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]+', '', 'g'),
        '\m([A-Za-z])[.]([A-Za-z])\M[.]?', '\1\2', 'g'), '[-/_.@:&+~=?#%*<>]+', ' ', 'g')
$$;
CREATE FUNCTION search_words(given TEXT) RETURNS TSVECTOR IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT to_tsvector('pg_catalog.english'::regconfig, search_fold(left(coalesce(given, ''), 250000)))
$$;
CREATE FUNCTION search_key(given TEXT) RETURNS TEXT IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT nullif(left(btrim(lower(regexp_replace(search_fold(given), '[^[:alnum:]]+', ' ', 'g'))), 200), '')
$$;
"""

# Facets are lexemes that no word can be, so that one index answers words and conditions together. The number goes up
# with each article; its bits say how new an entry is, so that of a frequent word only the newest entries are read.
FACETS = """
CREATE FUNCTION search_facets(kind TEXT, number BIGINT, facets TEXT[]) RETURNS TSVECTOR
IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT array_to_tsvector(array_remove(facets, NULL) || ARRAY[
        '=k:' || kind, '=9:' || kind || ':' || (number >> 9), '=12:' || kind || ':' || (number >> 12),
        '=15:' || kind || ':' || (number >> 15), '=18:' || kind || ':' || (number >> 18)])
$$;
CREATE FUNCTION agreement_content(label TEXT, record JSONB) RETURNS TEXT IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT label || coalesce('. ' || coalesce(
        jsonb_path_query_first(record, '$.acts[*] ? (@.polarity != "denied").text') #>> '{}',
        record #>> '{mentions,0,text}'), '')
$$;
"""

ENTRIES = """
CREATE FUNCTION index_article(given TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    n BIGINT := nextval('search_number');
    here RECORD;
    facets TEXT[];
BEGIN
    DELETE FROM search_entry WHERE article_id = given;
    SELECT article.revision, article.fingerprint, article.first_seen, title, text, published, publisher INTO here
        FROM article JOIN revision ON revision.article_id = article.id AND revision.revision = article.revision
        WHERE article.id = given;
    IF NOT FOUND THEN RETURN; END IF;
    facets := ARRAY['=p:' || search_key(here.publisher), '=y:' || left(here.published, 4), '=m:' || left(here.published, 7)];
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
CREATE FUNCTION index_row(given TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    n BIGINT := nextval('search_number');
BEGIN
    DELETE FROM search_entry WHERE record_id = given;
    INSERT INTO search_entry (record_id, kind, number, day, first_seen, words)
    SELECT id, 'row', n, nullif(last_published, ''), coalesce(last_seen, first_seen),
        setweight(search_words(concat_ws(' . ', name, nullif(label, name), array_to_string(aliases, ' . '))), 'A')
        || setweight(search_words(subject), 'B')
        || search_facets('row', n, ARRAY['=q:' || kind, '=u:' || status, '=r:' || review]
            || ARRAY(SELECT '=w:' || left(party, 200) FROM unnest(parties) AS party)
            || ARRAY(SELECT '=p:' || search_key(publisher) FROM unnest(publishers) AS publisher)
            || ARRAY(SELECT '=a:' || authority FROM unnest(authorities) AS authority))
        FROM register_row WHERE id = given AND is_shown
    -- Another transaction may have made it meanwhile: the one that comes last has seen all.
    ON CONFLICT (record_id) DO UPDATE SET
        number = excluded.number, day = excluded.day, first_seen = excluded.first_seen, words = excluded.words;
END
$$;
"""


def upgrade() -> None:
    """Make the tables and functions, and an entry of everything that is there."""
    op.execute(TABLES)
    op.execute(WORDS)
    op.execute(FACETS)
    op.execute(ENTRIES)
    op.execute("SELECT index_article(id) FROM article ORDER BY first_seen, id")
    op.execute("SELECT index_row(id) FROM register_row WHERE is_shown ORDER BY first_seen, id")
