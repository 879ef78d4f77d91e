"""Near-duplicates, and the schedule of what stands in quarantine.

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE sketch (
    article_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    size INTEGER NOT NULL,
    hashes BIGINT[] NOT NULL,
    CONSTRAINT pk_sketch PRIMARY KEY (article_id),
    CONSTRAINT fk_sketch_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE INDEX ix_sketch_hashes ON sketch USING gin (hashes);

CREATE TABLE overlap (
    article_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    shared INTEGER NOT NULL,
    CONSTRAINT pk_overlap PRIMARY KEY (article_id, other_id),
    CONSTRAINT fk_overlap_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_overlap_other_id FOREIGN KEY(other_id) REFERENCES article (id)
);
CREATE INDEX ix_overlap_other_id ON overlap (other_id);

CREATE TABLE duplicate (
    article_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_duplicate PRIMARY KEY (article_id, other_id),
    CONSTRAINT fk_duplicate_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_duplicate_other_id FOREIGN KEY(other_id) REFERENCES article (id)
);
CREATE INDEX ix_duplicate_other_id ON duplicate (other_id);

ALTER TABLE quarantine ADD COLUMN given JSONB NOT NULL DEFAULT '{}'::jsonb;
ALTER TABLE quarantine ADD COLUMN next_try TIMESTAMP WITH TIME ZONE;
ALTER TABLE quarantine ADD COLUMN dropped_at TIMESTAMP WITH TIME ZONE;
"""


def upgrade() -> None:
    """Add the tables and columns."""
    op.execute(TABLES)
