"""Decisions in force, people's judgements on pairs, and what they know themselves.

Revision ID: 0010
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE decision ADD COLUMN undoes BIGINT;
ALTER TABLE decision ADD COLUMN article_id TEXT;
ALTER TABLE decision ADD COLUMN kind TEXT;
ALTER TABLE decision ADD COLUMN text_sha256 TEXT;
ALTER TABLE decision ADD COLUMN extracted JSONB;
ALTER TABLE decision ADD CONSTRAINT fk_decision_undoes FOREIGN KEY(undoes) REFERENCES decision (number);
ALTER TABLE decision ADD CONSTRAINT ck_decision_undoes CHECK ((action = 'undo') = (undoes IS NOT NULL));
CREATE INDEX ix_decision_undoes ON decision (undoes);
CREATE INDEX ix_decision_batch ON decision (batch);
CREATE INDEX ix_decision_who ON decision (who, number);

CREATE TABLE undone (
    decision BIGINT NOT NULL,
    CONSTRAINT pk_undone PRIMARY KEY (decision),
    CONSTRAINT fk_undone_decision FOREIGN KEY(decision) REFERENCES decision (number)
);

CREATE TABLE reopened (
    decision BIGINT NOT NULL,
    CONSTRAINT pk_reopened PRIMARY KEY (decision),
    CONSTRAINT fk_reopened_decision FOREIGN KEY(decision) REFERENCES decision (number)
);

CREATE TABLE decided_article (
    article_id TEXT NOT NULL,
    is_stale BOOLEAN NOT NULL,
    CONSTRAINT pk_decided_article PRIMARY KEY (article_id)
);
CREATE INDEX ix_decided_article_stale ON decided_article (article_id) WHERE is_stale;

CREATE TABLE attachment (
    record_id TEXT NOT NULL,
    now_id TEXT,
    article_id TEXT,
    CONSTRAINT pk_attachment PRIMARY KEY (record_id)
);
CREATE INDEX ix_attachment_now_id ON attachment (now_id);
CREATE INDEX ix_attachment_orphan ON attachment (record_id) WHERE now_id IS NULL;

CREATE TABLE standing (
    record_id TEXT NOT NULL,
    field TEXT NOT NULL,
    action TEXT NOT NULL,
    value JSONB,
    decision BIGINT NOT NULL,
    is_reopened BOOLEAN NOT NULL,
    CONSTRAINT pk_standing PRIMARY KEY (record_id, field, action),
    CONSTRAINT fk_standing_decision FOREIGN KEY(decision) REFERENCES decision (number)
);
CREATE INDEX ix_standing_rejected ON standing (record_id) WHERE field = '' AND action = 'reject';
CREATE INDEX ix_standing_reopened ON standing (record_id) WHERE is_reopened;

CREATE TABLE judgement (
    one_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    decision BIGINT NOT NULL,
    is_same BOOLEAN NOT NULL,
    is_in_force BOOLEAN NOT NULL,
    CONSTRAINT pk_judgement PRIMARY KEY (one_id, other_id, decision),
    CONSTRAINT fk_judgement_decision FOREIGN KEY(decision) REFERENCES decision (number)
);
CREATE INDEX ix_judgement_other_id ON judgement (other_id);
CREATE INDEX ix_judgement_decision ON judgement (decision);

CREATE TABLE own_agreement (
    id TEXT NOT NULL,
    number BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
    origin TEXT NOT NULL,
    who TEXT NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    source TEXT,
    url TEXT,
    quote TEXT,
    key TEXT NOT NULL,
    entered JSONB NOT NULL,
    imported JSONB,
    record JSONB NOT NULL,
    is_withdrawn BOOLEAN NOT NULL,
    is_linked BOOLEAN NOT NULL,
    CONSTRAINT pk_own_agreement PRIMARY KEY (id)
);
CREATE INDEX ix_own_agreement_source ON own_agreement (source, key);
CREATE INDEX ix_own_agreement_unlinked ON own_agreement (number) WHERE NOT is_linked;
"""

# The guard of 0001 is for each statement, so it holds for new columns too; from here on also where a session plays
# the part of a replica, in which ordinary triggers rest.
GUARD = "ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_is_append_only"

# An article that is saved anew (another revision, or read by another version of the pipeline) has its decisions looked
# at again, by whatever way it was saved.
STALE = """
CREATE FUNCTION mark_decided_article_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE decided_article SET is_stale = true WHERE article_id = NEW.id AND NOT is_stale;
    RETURN NULL;
END
$$;
CREATE TRIGGER article_was_saved_anew AFTER UPDATE OF revision, fingerprint ON article FOR EACH ROW
    WHEN ((OLD.revision, OLD.fingerprint) IS DISTINCT FROM (NEW.revision, NEW.fingerprint))
    EXECUTE FUNCTION mark_decided_article_stale();
"""


def upgrade() -> None:
    """Add the tables and columns; decisions of before have no place that is known, and stay what they are.

    No command has written one so far: what is in force starts empty.
    """
    op.execute(TABLES)
    op.execute(GUARD)
    op.execute(STALE)
