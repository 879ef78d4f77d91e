"""Articles in the order of their days: lists of claims, the youngest first, are read from its beginning.

Revision ID: 0020
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Undated ones are last, and a page that goes on after a day finds its place: NULL is no day to compare with.
INDEX = "CREATE INDEX ix_revision_published ON revision (coalesce(published, '') DESC, article_id)"


def upgrade() -> None:
    """Add the index."""
    op.execute(INDEX)
