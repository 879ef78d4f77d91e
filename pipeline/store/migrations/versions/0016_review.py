"""What the review page keeps.

Revision ID: 0016
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LOOKS = """
CREATE TABLE last_look (
    visitor TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    before TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_last_look PRIMARY KEY (visitor)
);
CREATE INDEX ix_quarantine_open ON quarantine (last_at DESC, id) WHERE resolved_at IS NULL AND dropped_at IS NULL;
"""


def upgrade() -> None:
    """Add what each visitor has seen of what changed, and a quarantine that is read by the page."""
    op.execute(LOOKS)
