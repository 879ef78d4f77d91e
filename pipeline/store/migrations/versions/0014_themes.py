"""Themes that keep their ids: what newcomers meet, who waits, what became of each, and which theme an article is of.

Revision ID: 0014
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE theme
    ADD COLUMN broad_id TEXT,
    ADD COLUMN center VECTOR,
    ADD COLUMN floor DOUBLE PRECISION,
    ADD COLUMN founders INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
CREATE TABLE theme_voter (
    theme_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    CONSTRAINT pk_theme_voter PRIMARY KEY (theme_id, content_sha256),
    CONSTRAINT fk_theme_voter_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
);
CREATE TABLE theme_waiting (
    member_id TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_theme_waiting PRIMARY KEY (member_id)
);
CREATE INDEX ix_theme_waiting_since ON theme_waiting (since, member_id);
CREATE TABLE theme_event (
    number BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    fate TEXT NOT NULL,
    theme_id TEXT NOT NULL,
    other_id TEXT,
    members INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_theme_event PRIMARY KEY (number),
    CONSTRAINT fk_theme_event_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id),
    CONSTRAINT fk_theme_event_other_id FOREIGN KEY(other_id) REFERENCES theme (id)
);
CREATE INDEX ix_theme_event_theme_id ON theme_event (theme_id);
CREATE INDEX ix_theme_event_other_id ON theme_event (other_id);
CREATE TABLE theme_route (
    route TEXT NOT NULL,
    seen_number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_theme_route PRIMARY KEY (route)
);
CREATE TABLE theme_article (
    article_id TEXT NOT NULL,
    theme_id TEXT,
    day TEXT,
    CONSTRAINT pk_theme_article PRIMARY KEY (article_id),
    CONSTRAINT fk_theme_article_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_theme_article_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
);
CREATE INDEX ix_theme_article_theme_id ON theme_article (theme_id);
CREATE INDEX ix_theme_article_day ON theme_article (day);
"""


def upgrade() -> None:
    """Add the tables and columns; the next run of themes clusters all once more and carries the ids over."""
    op.execute(TABLES)
