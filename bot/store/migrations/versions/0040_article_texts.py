"""The texts of articles get a table of their own: most queries need no text, and texts are deleted first.

On PostgreSQL it is partitioned by the numbers of the articles. Each partition has as many numbers as were used in
the last 30 days; `bot.store.articles.text_partitions` makes further ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FEWEST, MOST = 10_000, 24
USED = """SELECT coalesce(max(id), 0), coalesce(max(id) - (SELECT id FROM articles WHERE read_at >=
        (SELECT max(read_at) FROM articles) - interval '30 days' ORDER BY read_at LIMIT 1), 0) FROM articles"""


def upgrade() -> None:
    """Create the table, and move the texts there."""
    op.create_table(
        "article_texts",
        sa.Column("article_id", IDENTITY, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_texts"),
        postgresql_partition_by="RANGE (article_id)",
    )
    partitioned = op.get_bind().dialect.name == "postgresql"
    if partitioned:
        make_partitions()
    texts = "SELECT id, text FROM articles WHERE text <> '' ORDER BY id"
    op.execute(f"INSERT INTO article_texts (article_id, text) {texts}")
    op.drop_column("articles", "text")
    if partitioned:
        op.execute("CLUSTER articles USING pk_articles")  # otherwise the texts would keep their space
    op.execute("DELETE FROM meta WHERE key = 'texts_removed_until'")


def make_partitions() -> None:
    """Make partitions for the articles that there are, and two for those to come."""
    newest, used = op.get_bind().execute(sa.text(USED)).one()
    step = max(FEWEST, used, newest // MOST)
    starts = [0, *range(step, newest + 2 * step + 1, step)]
    for start, end in zip(starts, [*starts[1:], "MAXVALUE"], strict=True):
        op.execute(
            f"CREATE TABLE article_texts_from_{start} PARTITION OF article_texts "
            f"FOR VALUES FROM ({start or 'MINVALUE'}) TO ({end})"
        )
