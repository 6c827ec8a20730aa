"""Full-text search over claims: FTS5 on SQLite, a generated tsvector on PostgreSQL.

Both search `search_text`, words folded by `bot.store.search.words`. Both stem English.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.search.words import words_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE claims_search USING fts5(
        search_text, content='claims', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
    "INSERT INTO claims_search(claims_search) VALUES ('rebuild')",
    """CREATE TRIGGER claims_search_insert AFTER INSERT ON claims BEGIN
        INSERT INTO claims_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    """CREATE TRIGGER claims_search_delete AFTER DELETE ON claims BEGIN
        INSERT INTO claims_search(claims_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    END""",
    """CREATE TRIGGER claims_search_update AFTER UPDATE OF search_text ON claims BEGIN
        INSERT INTO claims_search(claims_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO claims_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
)
POSTGRESQL = (
    """ALTER TABLE claims ADD COLUMN search_vector tsvector
        GENERATED ALWAYS AS (to_tsvector('english', search_text)) STORED""",
    "CREATE INDEX ix_claims_search_vector ON claims USING gin (search_vector)",
)
BATCH = 1000


def upgrade() -> None:
    """Fill in the words of existing claims, then index them."""
    op.add_column("claims", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    _fill()
    dialect = op.get_bind().dialect.name
    for statement in SQLITE if dialect == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _fill() -> None:
    connection = op.get_bind()
    claims = sa.table("claims", *map(sa.column, ("id", "actor_id", "article_id", "content_text", "search_text")))
    actors = sa.table("article_actors", *map(sa.column, ("article_id", "actor_id", "name")))
    named = claims.outerjoin(
        actors, (actors.c.article_id == claims.c.article_id) & (actors.c.actor_id == claims.c.actor_id)
    )
    last = 0
    while True:
        page = sa.select(claims.c.id, claims.c.content_text, actors.c.name).select_from(named)
        rows = connection.execute(page.where(claims.c.id > last).order_by(claims.c.id).limit(BATCH)).all()
        if not rows:
            return
        last = rows[-1].id
        connection.execute(
            sa.update(claims)
            .where(claims.c.id == sa.bindparam("claim"))
            .values(search_text=sa.bindparam("words")),
            [
                {"claim": row.id, "words": " ".join(words_of(f"{row.name or ''} {row.content_text}"))[:20_000]}
                for row in rows
            ],
        )
