"""Which source listed an article, and what it says of it.

Revision ID: 0006
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE raw_article ADD COLUMN source TEXT;
ALTER TABLE raw_article ADD COLUMN listed JSONB NOT NULL DEFAULT '{}'::jsonb;
"""


def upgrade() -> None:
    """Add the columns."""
    op.execute(TABLES)
