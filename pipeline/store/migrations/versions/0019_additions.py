"""Decisions found by their article; records of all articles found by their words.

Revision ID: 0019
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# The label of an agreement without a name may be a whole sentence: an index entry holds 2,700 bytes.
INDEXES = """
CREATE INDEX ix_decision_article_id ON decision (article_id, number);
CREATE INDEX ix_entity_canonical ON entity (canonical);
CREATE INDEX ix_agreement_label ON agreement (left(label, 200));
CREATE INDEX ix_claim_content_sha256 ON claim (content_sha256);
"""


def upgrade() -> None:
    """Add the indexes."""
    op.execute(INDEXES)
