"""What a year of operation needs: runs that show that they live, bytes and texts that were let go, what was done last.

Revision ID: 0017
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE run ADD COLUMN beat_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_run_running ON run (started_at) WHERE state = 'running';
ALTER TABLE raw_article ADD COLUMN dropped_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_raw_article_kept ON raw_article (fetched_at, id) WHERE dropped_at IS NULL;
CREATE INDEX ix_raw_article_unread ON raw_article (fetched_at, id) WHERE article_id IS NULL;
ALTER TABLE revision ADD COLUMN dropped_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_revision_kept ON revision (saved_at, article_id, revision) WHERE dropped_at IS NULL;
CREATE TABLE upkeep (
    name TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    facts JSONB DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT pk_upkeep PRIMARY KEY (name)
);
"""


def upgrade() -> None:
    for statement in filter(str.strip, TABLES.split(";")):
        op.execute(statement)
