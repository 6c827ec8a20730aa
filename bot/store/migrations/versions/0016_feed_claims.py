"""What each feed brought: a narrow row for each claim and feed, kept by triggers.

With it the newest claims that a server may see are read from an index, however many there are of others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = "claim_id, feed_id, at, article_id, place, confidence, kind, verbatim, actor_id"
SECONDS = {
    "sqlite": "CAST(strftime('%s', a.published_at) AS INTEGER)",
    "postgresql": "floor(extract(epoch FROM a.published_at))::bigint",
}
FILL = f"""INSERT INTO feed_claims ({COLUMNS})
    SELECT c.id, e.feed_id, {{seconds}}, c.article_id, -c.position, c.confidence, c.kind, c.verbatim, c.actor_id
    FROM claims c JOIN articles a ON a.id = c.article_id
    JOIN (SELECT DISTINCT article_id, feed_id FROM entries WHERE article_id IS NOT NULL) e ON e.article_id = a.id
    ORDER BY c.id"""  # noqa: S608 - names from here only

CLAIM = """SELECT DISTINCT new.id, e.feed_id, {seconds}, new.article_id, -new.position, new.confidence, new.kind,
        new.verbatim, new.actor_id
    FROM entries e JOIN articles a ON a.id = e.article_id WHERE e.article_id = new.article_id"""
CHANGED = """UPDATE feed_claims SET place = -new.position, confidence = new.confidence, kind = new.kind,
        verbatim = new.verbatim, actor_id = new.actor_id WHERE claim_id = new.id"""
ENTRY = """SELECT c.id, new.feed_id, {seconds}, c.article_id, -c.position, c.confidence, c.kind, c.verbatim,
        c.actor_id
    FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.article_id = new.article_id"""
LEFT = """DELETE FROM feed_claims WHERE feed_id = old.feed_id
        AND claim_id IN (SELECT c.id FROM claims c WHERE c.article_id = old.article_id)
        AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.article_id = old.article_id AND e.feed_id = old.feed_id)"""
DATED = """UPDATE feed_claims SET at = {seconds}
    WHERE claim_id IN (SELECT c.id FROM claims c WHERE c.article_id = new.id)"""

SQLITE = (
    f"""CREATE TRIGGER feed_claims_claim AFTER INSERT ON claims BEGIN
        INSERT OR IGNORE INTO feed_claims ({COLUMNS}) {CLAIM}; END""",
    f"""CREATE TRIGGER feed_claims_changed
        AFTER UPDATE OF position, confidence, kind, verbatim, actor_id ON claims BEGIN {CHANGED}; END""",
    """CREATE TRIGGER feed_claims_gone AFTER DELETE ON claims BEGIN
        DELETE FROM feed_claims WHERE claim_id = old.id; END""",
    f"""CREATE TRIGGER feed_claims_entry AFTER INSERT ON entries WHEN new.article_id IS NOT NULL BEGIN
        INSERT OR IGNORE INTO feed_claims ({COLUMNS}) {ENTRY}; END""",
    f"""CREATE TRIGGER feed_claims_led AFTER UPDATE OF article_id, feed_id ON entries
        WHEN new.article_id IS NOT NULL AND (new.article_id, new.feed_id) IS NOT (old.article_id, old.feed_id)
        BEGIN INSERT OR IGNORE INTO feed_claims ({COLUMNS}) {ENTRY}; END""",
    f"""CREATE TRIGGER feed_claims_left AFTER UPDATE OF article_id, feed_id ON entries
        WHEN old.article_id IS NOT NULL AND (new.article_id, new.feed_id) IS NOT (old.article_id, old.feed_id)
        BEGIN {LEFT}; END""",
    f"""CREATE TRIGGER feed_claims_lost AFTER DELETE ON entries WHEN old.article_id IS NOT NULL BEGIN
        {LEFT}; END""",
    f"""CREATE TRIGGER feed_claims_dated AFTER UPDATE OF published_at ON articles
        WHEN old.published_at <> new.published_at BEGIN
        {DATED.format(seconds="CAST(strftime('%s', new.published_at) AS INTEGER)")}; END""",
)

# An entry that is led to an article while its claims are being stored waits for them, and the other way round:
# `save_extraction` changes the row of the article.
POSTGRESQL = (
    f"""CREATE FUNCTION feed_claims_of_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' THEN DELETE FROM feed_claims WHERE claim_id = old.id;
        ELSIF TG_OP = 'UPDATE' THEN {CHANGED};
        ELSE INSERT INTO feed_claims ({COLUMNS}) {CLAIM} ON CONFLICT DO NOTHING;
        END IF; RETURN NULL; END $$""",  # noqa: S608 - as above
    f"""CREATE FUNCTION feed_claims_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'UPDATE' AND old.article_id IS NOT DISTINCT FROM new.article_id
            AND old.feed_id = new.feed_id THEN RETURN NULL; END IF;
        IF TG_OP <> 'INSERT' THEN IF old.article_id IS NOT NULL THEN {LEFT}; END IF; END IF;
        IF TG_OP <> 'DELETE' THEN IF new.article_id IS NOT NULL THEN
            PERFORM 1 FROM articles WHERE id = new.article_id FOR NO KEY UPDATE;
            INSERT INTO feed_claims ({COLUMNS}) {ENTRY} ON CONFLICT DO NOTHING;
        END IF; END IF; RETURN NULL; END $$""",
    f"""CREATE FUNCTION feed_claims_of_article() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {DATED.format(seconds="floor(extract(epoch FROM new.published_at))::bigint")};
        RETURN NULL; END $$""",
    """CREATE TRIGGER feed_claims_claim
        AFTER INSERT OR DELETE OR UPDATE OF position, confidence, kind, verbatim, actor_id ON claims
        FOR EACH ROW EXECUTE FUNCTION feed_claims_of_claim()""",
    """CREATE TRIGGER feed_claims_entry AFTER INSERT OR DELETE OR UPDATE OF article_id, feed_id ON entries
        FOR EACH ROW EXECUTE FUNCTION feed_claims_of_entry()""",
    """CREATE TRIGGER feed_claims_dated AFTER UPDATE OF published_at ON articles FOR EACH ROW
        WHEN (old.published_at IS DISTINCT FROM new.published_at)
        EXECUTE FUNCTION feed_claims_of_article()""",
)


def upgrade() -> None:
    """Create the table, fill it, then index it: that is faster than the other way round."""
    dialect = op.get_bind().dialect.name
    op.create_table(
        "feed_claims",
        sa.Column("claim_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("feed_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("verbatim", sa.String(16), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("claim_id", "feed_id", name="pk_feed_claims"),
        sqlite_with_rowid=False,
    )
    op.execute(FILL.format(seconds=SECONDS[dialect]))
    order = ["at", "article_id", "place", "claim_id", "confidence"]
    op.create_index("ix_feed_claims_of_feed", "feed_claims", ["feed_id", *order, "kind", "verbatim", "actor_id"])
    op.create_index("ix_feed_claims_of_actor", "feed_claims", ["actor_id", "feed_id", *order])
    for statement in SQLITE if dialect == "sqlite" else POSTGRESQL:
        # not `execute`: that would take the seconds of a time for a parameter
        op.get_bind().exec_driver_sql(statement.replace("{seconds}", SECONDS[dialect]))
