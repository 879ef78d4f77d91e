"""The first tables.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE article (
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_article PRIMARY KEY (id)
);
CREATE INDEX ix_article_first_seen ON article (first_seen);

CREATE TABLE decision (
    number BIGINT GENERATED ALWAYS AS IDENTITY,
    who TEXT NOT NULL,
    "when" TIMESTAMP WITH TIME ZONE NOT NULL,
    record_id TEXT NOT NULL,
    field TEXT,
    action TEXT NOT NULL,
    before JSONB,
    after JSONB,
    quote TEXT,
    batch TEXT,
    extractor TEXT,
    CONSTRAINT pk_decision PRIMARY KEY (number)
);
CREATE INDEX ix_decision_record_id ON decision (record_id);

CREATE TABLE embedding (
    content_sha256 TEXT NOT NULL,
    route TEXT NOT NULL,
    vector VECTOR NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_embedding PRIMARY KEY (content_sha256, route)
);

CREATE TABLE quarantine (
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw_id TEXT,
    raw BYTEA,
    times INTEGER NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_quarantine PRIMARY KEY (id)
);
CREATE INDEX ix_quarantine_address ON quarantine (address);
CREATE INDEX ix_quarantine_raw_id ON quarantine (raw_id);

CREATE TABLE raw_article (
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    body BYTEA NOT NULL,
    given JSONB NOT NULL,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    article_id TEXT,
    CONSTRAINT pk_raw_article PRIMARY KEY (id),
    CONSTRAINT uq_raw_article_address UNIQUE (address, digest)
);

CREATE TABLE register_row (
    id TEXT NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_register_row PRIMARY KEY (id)
);

CREATE TABLE run (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    settings JSONB NOT NULL,
    versions JSONB NOT NULL,
    counts JSONB NOT NULL,
    CONSTRAINT pk_run PRIMARY KEY (id)
);
CREATE INDEX ix_run_started_at ON run (started_at);

CREATE TABLE theme (
    id TEXT NOT NULL,
    route TEXT NOT NULL,
    label TEXT NOT NULL,
    terms JSONB NOT NULL,
    exemplars JSONB NOT NULL,
    is_current BOOLEAN NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_theme PRIMARY KEY (id)
);

CREATE TABLE address (
    address TEXT NOT NULL,
    article_id TEXT NOT NULL,
    raw_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    published TEXT,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_address PRIMARY KEY (address),
    CONSTRAINT fk_address_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE INDEX ix_address_article_id ON address (article_id);

CREATE TABLE link (
    agreement_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_link PRIMARY KEY (agreement_id),
    CONSTRAINT fk_link_row_id FOREIGN KEY(row_id) REFERENCES register_row (id)
);
CREATE INDEX ix_link_row_id ON link (row_id);

CREATE TABLE revision (
    article_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    raw_id TEXT NOT NULL,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    url TEXT,
    title TEXT,
    authors JSONB NOT NULL,
    published TEXT,
    publisher TEXT,
    language TEXT NOT NULL,
    words INTEGER NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_revision PRIMARY KEY (article_id, revision),
    CONSTRAINT fk_revision_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE INDEX ix_revision_sha256 ON revision (sha256);

CREATE TABLE theme_member (
    theme_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    CONSTRAINT pk_theme_member PRIMARY KEY (theme_id, member_id),
    CONSTRAINT fk_theme_member_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
);
CREATE INDEX ix_theme_member_member_id ON theme_member (member_id);

CREATE TABLE extraction (
    article_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_extraction PRIMARY KEY (article_id, revision, fingerprint),
    CONSTRAINT fk_extraction_article_id FOREIGN KEY(article_id, revision) REFERENCES revision (article_id, revision)
);

CREATE TABLE agreement (
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT,
    record JSONB NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_agreement PRIMARY KEY (id, revision, fingerprint),
    CONSTRAINT fk_agreement_article_id FOREIGN KEY(article_id, revision, fingerprint) REFERENCES extraction (article_id, revision, fingerprint)
);
CREATE INDEX ix_agreement_article_id ON agreement (article_id, revision, fingerprint);

CREATE TABLE claim (
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    speaker TEXT,
    speaker_normal TEXT,
    content TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    record JSONB NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id, revision, fingerprint),
    CONSTRAINT fk_claim_article_id FOREIGN KEY(article_id, revision, fingerprint) REFERENCES extraction (article_id, revision, fingerprint)
);
CREATE INDEX ix_claim_article_id ON claim (article_id, revision, fingerprint);
CREATE INDEX ix_claim_speaker_normal ON claim (speaker_normal);

CREATE TABLE entity (
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    canonical TEXT NOT NULL,
    record JSONB NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_entity PRIMARY KEY (id, revision, fingerprint),
    CONSTRAINT fk_entity_article_id FOREIGN KEY(article_id, revision, fingerprint) REFERENCES extraction (article_id, revision, fingerprint)
);
CREATE INDEX ix_entity_article_id ON entity (article_id, revision, fingerprint);

CREATE TABLE passage (
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_passage PRIMARY KEY (id, revision, fingerprint),
    CONSTRAINT fk_passage_article_id FOREIGN KEY(article_id, revision, fingerprint) REFERENCES extraction (article_id, revision, fingerprint)
);
CREATE INDEX ix_passage_article_id ON passage (article_id, revision, fingerprint);

CREATE TABLE act (
    agreement_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    position INTEGER NOT NULL,
    act TEXT NOT NULL,
    polarity TEXT NOT NULL,
    date TEXT,
    CONSTRAINT pk_act PRIMARY KEY (agreement_id, revision, fingerprint, position),
    CONSTRAINT fk_act_agreement_id FOREIGN KEY(agreement_id, revision, fingerprint) REFERENCES agreement (id, revision, fingerprint)
);

CREATE TABLE party (
    agreement_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    position INTEGER NOT NULL,
    entity TEXT NOT NULL,
    normal TEXT NOT NULL,
    role TEXT NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_party PRIMARY KEY (agreement_id, revision, fingerprint, position),
    CONSTRAINT fk_party_agreement_id FOREIGN KEY(agreement_id, revision, fingerprint) REFERENCES agreement (id, revision, fingerprint)
);
CREATE INDEX ix_party_normal ON party (normal);
"""

# What people decided is a record of its own: rows are added, never changed, by whatever program.
GUARD = """
CREATE FUNCTION refuse_decision_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'decisions are only added, never changed or deleted';
END
$$;
CREATE TRIGGER decision_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_decision_change();
"""


def upgrade() -> None:
    """Make the tables in an empty database."""
    op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    op.execute(TABLES)
    op.execute(GUARD)
