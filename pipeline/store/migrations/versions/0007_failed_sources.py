"""Of which source it is what failed, and failed feeds and sitemaps themselves.

Revision ID: 0007
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what failed before it is not known."""
    op.execute("ALTER TABLE quarantine ADD COLUMN source TEXT")
