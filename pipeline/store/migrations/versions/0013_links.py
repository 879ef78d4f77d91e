"""How observations are linked.

Revision ID: 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE link ADD COLUMN reasons JSONB NOT NULL DEFAULT '[]'::jsonb;
ALTER TABLE link ADD COLUMN features JSONB;

ALTER TABLE article ADD COLUMN linked_revision INTEGER;
ALTER TABLE article ADD COLUMN linked_fingerprint TEXT;
CREATE INDEX ix_article_unlinked ON article (first_seen, id)
    WHERE linked_revision IS DISTINCT FROM revision OR linked_fingerprint IS DISTINCT FROM fingerprint;

CREATE TABLE link_key (
    row_id TEXT NOT NULL,
    key TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    number BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
    CONSTRAINT pk_link_key PRIMARY KEY (row_id, key),
    CONSTRAINT fk_link_key_row_id FOREIGN KEY(row_id) REFERENCES register_row (id)
);
CREATE INDEX ix_link_key_agreement_id ON link_key (agreement_id);
CREATE INDEX ix_link_key_key_number ON link_key (key, number);

CREATE TABLE row_redirect (
    row_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_row_redirect PRIMARY KEY (row_id),
    CONSTRAINT fk_row_redirect_row_id FOREIGN KEY(row_id) REFERENCES register_row (id),
    CONSTRAINT fk_row_redirect_to_id FOREIGN KEY(to_id) REFERENCES register_row (id)
);
CREATE INDEX ix_row_redirect_to_id ON row_redirect (to_id);
"""


def upgrade() -> None:
    """Add the tables and columns; whatever was linked before is looked at once more."""
    op.execute(TABLES)
