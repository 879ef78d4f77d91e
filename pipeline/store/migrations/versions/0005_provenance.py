"""How an article was read from its bytes: by what, how sure, and where each fact is from.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what was read before nothing is known."""
    op.execute("ALTER TABLE revision ADD COLUMN provenance JSONB NOT NULL DEFAULT '{}'::jsonb")
