"""What a run took, what failed in it, and which extractions it made.

Revision ID: 0012
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE run
    ADD COLUMN timings JSONB NOT NULL DEFAULT '[]'::jsonb,
    ADD COLUMN message TEXT,
    ADD COLUMN failures JSONB NOT NULL DEFAULT '[]'::jsonb;
CREATE TABLE run_extraction (
    run_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    old_revision INTEGER,
    old_fingerprint TEXT,
    CONSTRAINT pk_run_extraction PRIMARY KEY (run_id, article_id, revision, fingerprint),
    CONSTRAINT fk_run_extraction_run_id FOREIGN KEY (run_id) REFERENCES run (id),
    CONSTRAINT fk_run_extraction_article_id FOREIGN KEY (article_id, revision, fingerprint)
        REFERENCES extraction (article_id, revision, fingerprint)
);
"""


def upgrade() -> None:
    """Add the columns and the table."""
    op.execute(TABLES)
