"""Accounts, sessions, and an audit that only grows.

Revision ID: 0015
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE account (
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (name),
    CONSTRAINT ck_account_role CHECK (role IN ('reader', 'reviewer', 'admin'))
);

CREATE TABLE session (
    number BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
    digest TEXT NOT NULL,
    account TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (number),
    CONSTRAINT uq_session_digest UNIQUE (digest),
    CONSTRAINT fk_session_account FOREIGN KEY(account) REFERENCES account (name) ON DELETE CASCADE
);
CREATE INDEX ix_session_account ON session (account);
CREATE INDEX ix_session_started_at ON session (started_at);
CREATE INDEX ix_session_seen_at ON session (seen_at);

CREATE TABLE audit (
    number BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    who TEXT,
    what TEXT NOT NULL,
    subject TEXT,
    address TEXT,
    detail JSONB NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (number)
);
CREATE INDEX ix_audit_who ON audit (who, number);
CREATE INDEX ix_audit_what ON audit (what, number);
"""

# Nobody changes it, whatever way they come, also where a session plays the part of a replica.
GUARD = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only added to, never changed or deleted';
END
$$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_is_append_only;
"""

# A decision stands in the audit by whatever way it was made, in its own transaction: none can be without.
DECISIONS = """
CREATE FUNCTION note_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit (at, who, what, subject, detail)
    VALUES (NEW."when", NEW.who, 'decision', NEW.record_id,
        jsonb_strip_nulls(jsonb_build_object('number', NEW.number, 'action', NEW.action, 'field', NEW.field)));
    RETURN NULL;
END
$$;
CREATE TRIGGER decision_is_noted AFTER INSERT ON decision FOR EACH ROW EXECUTE FUNCTION note_decision();
"""

OLD_DECISIONS = """
INSERT INTO audit (at, who, what, subject, detail)
SELECT "when", who, 'decision', record_id,
    jsonb_strip_nulls(jsonb_build_object('number', number, 'action', action, 'field', field))
FROM decision ORDER BY number
"""


def upgrade() -> None:
    """Add the tables; the decisions there are go into the audit as they were made."""
    op.execute(TABLES)
    op.execute(OLD_DECISIONS)
    op.execute(GUARD)
    op.execute(DECISIONS)
