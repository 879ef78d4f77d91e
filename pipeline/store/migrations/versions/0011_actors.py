"""Entities across articles.

Revision ID: 0011
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE actor (
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    found_type TEXT NOT NULL,
    canonical TEXT NOT NULL,
    iso TEXT,
    wikidata TEXT,
    aliases TEXT[] DEFAULT '{}' NOT NULL,
    words TEXT NOT NULL,
    search TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED,
    articles INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    first_published TEXT,
    last_published TEXT,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    joined_to TEXT,
    is_rejected BOOLEAN DEFAULT false NOT NULL,
    moved_to TEXT,
    CONSTRAINT pk_actor PRIMARY KEY (id),
    CONSTRAINT fk_actor_joined_to FOREIGN KEY(joined_to) REFERENCES actor (id)
);
CREATE INDEX ix_actor_articles ON actor (articles DESC, canonical, id) WHERE articles > 0 AND joined_to IS NULL AND NOT is_rejected;
CREATE INDEX ix_actor_joined_to ON actor (joined_to);
CREATE INDEX ix_actor_search ON actor USING gin (search);
CREATE INDEX ix_actor_type ON actor (type, articles DESC, canonical, id) WHERE articles > 0 AND joined_to IS NULL AND NOT is_rejected;

CREATE TABLE actor_key (
    key TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    text TEXT NOT NULL,
    uses INTEGER NOT NULL,
    CONSTRAINT pk_actor_key PRIMARY KEY (key, actor_id),
    CONSTRAINT fk_actor_key_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
);
CREATE INDEX ix_actor_key_actor_id ON actor_key (actor_id);
CREATE INDEX ix_actor_key_uses ON actor_key (key, uses DESC, actor_id);

CREATE TABLE actor_link (
    entity_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    base_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    keys TEXT[] NOT NULL,
    traits TEXT[] NOT NULL,
    mentions INTEGER NOT NULL,
    published TEXT,
    reason TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_actor_link PRIMARY KEY (entity_id),
    CONSTRAINT fk_actor_link_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_actor_link_base_id FOREIGN KEY(base_id) REFERENCES actor (id),
    CONSTRAINT fk_actor_link_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
);
CREATE INDEX ix_actor_link_actor_id ON actor_link (actor_id, published DESC NULLS LAST, entity_id);
CREATE INDEX ix_actor_link_article_id ON actor_link (article_id);
CREATE INDEX ix_actor_link_base_id ON actor_link (base_id);

CREATE TABLE actor_party (
    agreement_id TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    role TEXT NOT NULL,
    article_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    CONSTRAINT pk_actor_party PRIMARY KEY (agreement_id, entity_id, role),
    CONSTRAINT fk_actor_party_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_actor_party_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
);
CREATE INDEX ix_actor_party_actor_id ON actor_party (actor_id, agreement_id, role);
CREATE INDEX ix_actor_party_agreement_id ON actor_party (agreement_id, actor_id);
CREATE INDEX ix_actor_party_article_id ON actor_party (article_id);

CREATE TABLE actor_claim (
    claim_id TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    side TEXT NOT NULL,
    article_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    type TEXT NOT NULL,
    published TEXT,
    CONSTRAINT pk_actor_claim PRIMARY KEY (claim_id, entity_id, side),
    CONSTRAINT fk_actor_claim_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_actor_claim_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
);
CREATE INDEX ix_actor_claim_article_id ON actor_claim (article_id);
CREATE INDEX ix_actor_claim_published ON actor_claim (actor_id, side, published DESC NULLS LAST, claim_id);
CREATE INDEX ix_actor_claim_type ON actor_claim (actor_id, side, type);

CREATE TABLE actor_row (
    actor_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    roles TEXT[] NOT NULL,
    articles INTEGER NOT NULL,
    last_published TEXT,
    CONSTRAINT pk_actor_row PRIMARY KEY (actor_id, row_id),
    CONSTRAINT fk_actor_row_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id),
    CONSTRAINT fk_actor_row_row_id FOREIGN KEY(row_id) REFERENCES register_row (id)
);
CREATE INDEX ix_actor_row_last_published ON actor_row (actor_id, last_published DESC NULLS LAST, row_id);
CREATE INDEX ix_actor_row_row_id ON actor_row (row_id);

CREATE TABLE actor_role (
    actor_id TEXT NOT NULL,
    role TEXT NOT NULL,
    agreements INTEGER NOT NULL,
    CONSTRAINT pk_actor_role PRIMARY KEY (actor_id, role),
    CONSTRAINT fk_actor_role_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
);

CREATE TABLE actor_pair (
    actor_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    agreements INTEGER NOT NULL,
    CONSTRAINT pk_actor_pair PRIMARY KEY (actor_id, other_id),
    CONSTRAINT fk_actor_pair_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id),
    CONSTRAINT fk_actor_pair_other_id FOREIGN KEY(other_id) REFERENCES actor (id)
);
CREATE INDEX ix_actor_pair_agreements ON actor_pair (actor_id, agreements DESC, other_id);

CREATE TABLE actor_todo (
    id TEXT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_actor_todo PRIMARY KEY (id)
);
CREATE INDEX ix_actor_todo_added_at ON actor_todo (added_at);
"""

# Whoever saves an article need not know of actors: a changed one is due to be linked, in the same transaction.
QUEUE = """
CREATE FUNCTION queue_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actor_todo (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER article_is_queued AFTER INSERT OR UPDATE OF revision, fingerprint ON article
    FOR EACH ROW EXECUTE FUNCTION queue_article();
"""

# Nor need whoever links or decides: rows that changed are due, and entities (or actors) that a person merged, split,
# rejected or corrected.
DECIDED = """
CREATE FUNCTION queue_decided(ids TEXT[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO actor_todo (id)
    SELECT article_id FROM entity WHERE id = ANY (ids) UNION SELECT id FROM actor WHERE id = ANY (ids)
    ON CONFLICT DO NOTHING;
$$;
CREATE FUNCTION queue_judged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM queue_decided(CASE WHEN TG_OP = 'DELETE' THEN ARRAY[OLD.one_id, OLD.other_id] ELSE ARRAY[NEW.one_id, NEW.other_id] END);
    RETURN NULL;
END
$$;
CREATE FUNCTION queue_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM queue_decided(CASE WHEN TG_OP = 'DELETE' THEN ARRAY[OLD.record_id] ELSE ARRAY[NEW.record_id] END);
    RETURN NULL;
END
$$;
CREATE FUNCTION queue_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO actor_todo (id) VALUES (OLD.row_id) ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO actor_todo (id) VALUES (NEW.row_id) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION queue_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actor_todo (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER link_is_queued AFTER INSERT OR DELETE OR UPDATE OF row_id ON link
    FOR EACH ROW EXECUTE FUNCTION queue_link();
CREATE TRIGGER row_is_queued AFTER UPDATE ON register_row
    FOR EACH ROW WHEN (OLD.is_shown IS DISTINCT FROM NEW.is_shown) EXECUTE FUNCTION queue_row();
CREATE TRIGGER judgement_is_queued AFTER INSERT OR UPDATE OR DELETE ON judgement
    FOR EACH ROW EXECUTE FUNCTION queue_judged();
CREATE TRIGGER standing_is_queued AFTER INSERT OR UPDATE OR DELETE ON standing
    FOR EACH ROW EXECUTE FUNCTION queue_standing();
"""

# What is in an older store is linked by the next link job, a batch at a time.
FILL = "INSERT INTO actor_todo (id) SELECT id FROM article"


def upgrade() -> None:
    """Make the tables, and have all articles linked."""
    op.execute(TABLES)
    op.execute(QUEUE)
    op.execute(DECIDED)
    op.execute(FILL)
