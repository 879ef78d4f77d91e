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

TABLES = """
CREATE TABLE review_item (
    record_id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    article_id TEXT,
    rank DOUBLE PRECISION NOT NULL,
    publisher TEXT,
    source TEXT,
    review TEXT,
    is_reopened BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT pk_review_item PRIMARY KEY (record_id)
);
CREATE INDEX ix_review_item_article_id ON review_item (article_id);
CREATE INDEX ix_review_item_open ON review_item (kind, rank, record_id) WHERE review IS NULL;
CREATE INDEX ix_review_item_publisher ON review_item (publisher, kind, rank, record_id) WHERE review IS NULL;
CREATE INDEX ix_review_item_source ON review_item (source, kind, rank, record_id)
    WHERE review IS NULL AND source IS NOT NULL;
CREATE INDEX ix_review_item_review ON review_item (review, kind, rank, record_id) WHERE review IS NOT NULL;
CREATE INDEX ix_review_item_reopened ON review_item (kind, rank, record_id) WHERE is_reopened;
CREATE TABLE review_tally (
    day DATE NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    decisions INTEGER NOT NULL,
    CONSTRAINT pk_review_tally PRIMARY KEY (day, who, action)
);
CREATE INDEX ix_standing_decision ON standing (decision);
"""

# What is found in an article can be reviewed as soon as it can be searched: its entry of search is made last, once for an
# article that is saved, and again where its publisher changes. What stood there before goes with the records themselves.
# 0.8 is TRUSTED of pipeline/records.py; another threshold needs another migration (a test compares them).
ITEMS = """
CREATE FUNCTION review_article(wanted TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    here RECORD;
BEGIN
    DELETE FROM review_item WHERE article_id = wanted;
    SELECT article.revision, article.fingerprint, revision.publisher, raw_article.source INTO here
        FROM article JOIN revision ON revision.article_id = article.id AND revision.revision = article.revision
        LEFT JOIN raw_article ON raw_article.id = revision.raw_id
        WHERE article.id = wanted;
    INSERT INTO review_item (record_id, kind, article_id, rank, publisher, source, review, is_reopened)
    SELECT found.id, found.kind, wanted, abs(found.confidence - 0.8), here.publisher, here.source,
        (SELECT action FROM standing WHERE record_id = found.id AND field = '' AND action <> 'correct' AND NOT is_reopened),
        EXISTS (SELECT FROM standing WHERE record_id = found.id AND is_reopened)
    FROM (
        SELECT id, 'agreement' AS kind, confidence, record FROM agreement
            WHERE article_id = wanted AND revision = here.revision AND fingerprint = here.fingerprint
        UNION ALL
        SELECT id, 'claim', confidence, record FROM claim
            WHERE article_id = wanted AND revision = here.revision AND fingerprint = here.fingerprint
    ) AS found
    WHERE found.record ->> 'rule' IS DISTINCT FROM 'person'  -- who added it need not be asked
    ON CONFLICT (record_id) DO NOTHING;
END
$$;
CREATE FUNCTION review_found_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM review_article(NEW.record_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER article_is_to_be_reviewed AFTER INSERT ON search_entry FOR EACH ROW WHEN (NEW.kind = 'article')
    EXECUTE FUNCTION review_found_article();
"""

# A row is to be looked at while its articles contradict each other; of those that most articles tell of, first.
ROWS = """
CREATE FUNCTION review_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.differs AND NEW.is_shown THEN
        INSERT INTO review_item (record_id, kind, rank, review, is_reopened)
        SELECT NEW.id, 'row', -NEW.independent,
            (SELECT action FROM standing WHERE record_id = NEW.id AND field = '' AND action <> 'correct'), false
        ON CONFLICT (record_id) DO UPDATE SET rank = excluded.rank WHERE review_item.rank <> excluded.rank;
    ELSE
        DELETE FROM review_item WHERE record_id = NEW.id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER row_is_to_be_reviewed AFTER UPDATE ON register_row FOR EACH ROW WHEN (OLD.differs OR NEW.differs)
    EXECUTE FUNCTION review_row();
"""

REVIEWS = """
CREATE FUNCTION settle_review(wanted TEXT) RETURNS VOID LANGUAGE sql AS $$
    UPDATE review_item SET review = held.action, is_reopened = held.is_reopened FROM (
        SELECT max(action) FILTER (WHERE field = '' AND action <> 'correct' AND NOT is_reopened) AS action,
            coalesce(bool_or(is_reopened), false) AS is_reopened
        FROM standing WHERE record_id = wanted
    ) AS held
    WHERE record_id = wanted AND (review, review_item.is_reopened) IS DISTINCT FROM (held.action, held.is_reopened)
$$;
CREATE FUNCTION settle_changed_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM settle_review(coalesce(NEW.record_id, OLD.record_id));
    RETURN NULL;
END
$$;
CREATE TRIGGER standing_came AFTER INSERT OR UPDATE ON standing FOR EACH ROW
    WHEN (NEW.field = '' OR NEW.is_reopened) EXECUTE FUNCTION settle_changed_review();
CREATE TRIGGER standing_went AFTER DELETE ON standing FOR EACH ROW
    WHEN (OLD.field = '' OR OLD.is_reopened) EXECUTE FUNCTION settle_changed_review();
"""

# Who decides holds the lock of the register, so nobody waits for a tally.
TALLY = """
CREATE FUNCTION tally_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO review_tally (day, who, action, decisions)
    VALUES ((NEW."when" AT TIME ZONE 'UTC')::date, NEW.who, NEW.action, 1)
    ON CONFLICT (day, who, action) DO UPDATE SET decisions = review_tally.decisions + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER decision_is_tallied AFTER INSERT ON decision FOR EACH ROW EXECUTE FUNCTION tally_decision();
"""

# All that was there before.
FILL = """
SELECT count(review_article(id)) FROM article;
INSERT INTO review_item (record_id, kind, rank, review)
    SELECT id, 'row', -independent,
        (SELECT action FROM standing WHERE record_id = id AND field = '' AND action <> 'correct')
    FROM register_row WHERE differs AND is_shown;
INSERT INTO review_tally (day, who, action, decisions)
    SELECT ("when" AT TIME ZONE 'UTC')::date, who, action, count(*) FROM decision GROUP BY 1, 2, 3;
"""


def upgrade() -> None:
    """Add what each visitor has seen, a quarantine that is read by the page, and the queues of what is to be reviewed."""
    op.execute(LOOKS)
    op.execute(TABLES)
    for functions in (ITEMS, ROWS, REVIEWS, TALLY):
        op.execute(functions)
    op.execute(FILL)
