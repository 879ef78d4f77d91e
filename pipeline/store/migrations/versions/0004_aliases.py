"""Other addresses of an article: what redirected to it, and what its page says its address is.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE raw_article ADD COLUMN aliases JSONB NOT NULL DEFAULT '[]'::jsonb;
ALTER TABLE address ADD COLUMN is_alias BOOLEAN NOT NULL DEFAULT false;
"""


def upgrade() -> None:
    """Add the columns."""
    op.execute(TABLES)
