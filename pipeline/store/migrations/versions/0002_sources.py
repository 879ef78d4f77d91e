"""The state of the sources' polling.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE source_state (
    source TEXT NOT NULL,
    authority TEXT,
    polled_at TIMESTAMP WITH TIME ZONE,
    changed_at TIMESTAMP WITH TIME ZONE,
    failures INTEGER NOT NULL,
    reason TEXT,
    next_try TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_source_state PRIMARY KEY (source)
);

CREATE TABLE source_document (
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    stamp TEXT,
    etag TEXT,
    last_modified TEXT,
    digest TEXT NOT NULL,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_source_document PRIMARY KEY (source, address)
);

CREATE TABLE source_item (
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    stamp TEXT,
    given JSONB NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_source_item PRIMARY KEY (source, address)
);
CREATE INDEX ix_source_item_pending ON source_item (source) WHERE done_at IS NULL;
"""


def upgrade() -> None:
    """Add the tables."""
    op.execute(TABLES)
