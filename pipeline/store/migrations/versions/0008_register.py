"""The register as it is listed and filtered, and what of an observation its rows are made of in columns of their own.

Revision ID: 0008
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE register_row
    ADD COLUMN label TEXT COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN name TEXT,
    ADD COLUMN aliases TEXT[] NOT NULL DEFAULT '{}'::text[],
    ADD COLUMN kind TEXT,
    ADD COLUMN status TEXT,
    ADD COLUMN status_date TEXT COLLATE "C",
    ADD COLUMN date TEXT,
    ADD COLUMN subject TEXT,
    ADD COLUMN parties TEXT[] NOT NULL DEFAULT '{}'::text[],
    ADD COLUMN publishers TEXT[] NOT NULL DEFAULT '{}'::text[],
    ADD COLUMN authorities TEXT[] NOT NULL DEFAULT '{}'::text[],
    ADD COLUMN observations INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN independent INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN confidence DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN first_published TEXT COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN last_published TEXT COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN first_observed TIMESTAMP WITH TIME ZONE,
    ADD COLUMN last_seen TIMESTAMP WITH TIME ZONE,
    ADD COLUMN is_shown BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN differs BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN review TEXT,
    ADD COLUMN words TSVECTOR,
    ADD COLUMN record JSONB,
    ADD COLUMN refreshed_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_register_row_last_published ON register_row (last_published);
CREATE INDEX ix_register_row_kind ON register_row (kind, last_published);
CREATE INDEX ix_register_row_status ON register_row (status, last_published);
CREATE INDEX ix_register_row_status_date ON register_row (status_date);
CREATE INDEX ix_register_row_confidence ON register_row (confidence);
CREATE INDEX ix_register_row_differs ON register_row (last_published) WHERE differs;
CREATE INDEX ix_register_row_first_observed ON register_row (first_observed);
CREATE INDEX ix_register_row_last_seen ON register_row (last_seen);
CREATE INDEX ix_register_row_review ON register_row (review, last_published) WHERE review IS NOT NULL;
CREATE INDEX ix_register_row_parties ON register_row USING gin (parties);
CREATE INDEX ix_register_row_publishers ON register_row USING gin (publishers);
CREATE INDEX ix_register_row_authorities ON register_row USING gin (authorities);
CREATE INDEX ix_register_row_words ON register_row USING gin (words);
CREATE INDEX ix_register_row_unrefreshed ON register_row (id) WHERE refreshed_at IS NULL;

CREATE TABLE row_party (
    row_id TEXT NOT NULL,
    normal TEXT NOT NULL,
    role TEXT NOT NULL,
    entity TEXT NOT NULL,
    articles INTEGER NOT NULL,
    is_minor BOOLEAN NOT NULL,
    is_past BOOLEAN NOT NULL,
    CONSTRAINT pk_row_party PRIMARY KEY (row_id, normal, role),
    CONSTRAINT fk_row_party_row_id FOREIGN KEY(row_id) REFERENCES register_row (id)
);
CREATE INDEX ix_row_party_normal ON row_party (normal, role);
CREATE INDEX ix_row_party_role ON row_party (role, row_id);

CREATE TABLE row_status (
    row_id TEXT NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    status TEXT,
    status_date TEXT,
    observations INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    CONSTRAINT pk_row_status PRIMARY KEY (row_id, from_day),
    CONSTRAINT fk_row_status_row_id FOREIGN KEY(row_id) REFERENCES register_row (id)
);
CREATE INDEX ix_row_status_from_day ON row_status (from_day);
CREATE INDEX ix_row_status_status ON row_status (status, from_day);
"""

COLUMNS = """
ALTER TABLE agreement
    ADD COLUMN date TEXT,
    ADD COLUMN subject TEXT,
    ADD COLUMN confidence DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN aliases TEXT[] NOT NULL DEFAULT '{}'::text[],
    ADD COLUMN figures JSONB NOT NULL DEFAULT '[]'::jsonb,
    ADD COLUMN due TEXT[] NOT NULL DEFAULT '{}'::text[],
    ADD COLUMN quote_start INTEGER;
ALTER TABLE act ADD COLUMN basis TEXT NOT NULL DEFAULT 'stated';
CREATE INDEX ix_agreement_first_seen ON agreement (first_seen);
CREATE INDEX ix_party_first_seen ON party (first_seen);
CREATE INDEX ix_article_saved_at ON article (saved_at);
CREATE INDEX ix_claim_first_seen ON claim (first_seen);
"""

# The quote is the one best_quote() chooses: of the latest act that is not denied, the stated before the presupposed.
FILL = """
UPDATE agreement SET
    date = record->>'date',
    subject = record->>'subject',
    confidence = (record->>'confidence')::double precision,
    aliases = ARRAY(SELECT jsonb_array_elements_text(record->'aliases')),
    figures = coalesce((
        SELECT jsonb_agg(jsonb_build_array(figure->'name', figure->'unit', figure->'value') ORDER BY at)
        FROM jsonb_array_elements(record->'figures') WITH ORDINALITY AS each(figure, at)), '[]'::jsonb),
    due = ARRAY(SELECT due->>'date' FROM jsonb_array_elements(record->'due') WITH ORDINALITY AS each(due, at) ORDER BY at),
    quote_start = coalesce((
        SELECT (act->>'start')::integer
        FROM jsonb_array_elements(record->'acts') WITH ORDINALITY AS each(act, at)
        WHERE act->>'polarity' <> 'denied'
        ORDER BY act->>'basis' = 'stated' DESC, coalesce(act->>'date', '') COLLATE "C" DESC, at LIMIT 1),
        (record->'mentions'->0->>'start')::integer);
UPDATE act SET basis = agreement.record->'acts'->act.position->>'basis'
FROM agreement
WHERE agreement.id = act.agreement_id AND agreement.revision = act.revision
    AND agreement.fingerprint = act.fingerprint
    AND agreement.record->'acts'->act.position->>'basis' <> 'stated';
"""


def upgrade() -> None:
    """Add the tables and columns and fill those of observations; rows are refreshed once all migrations are through."""
    op.execute(TABLES)
    op.execute(COLUMNS)
    op.execute(FILL)
