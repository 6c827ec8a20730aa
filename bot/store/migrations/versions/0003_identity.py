"""What identifies entries besides their keys, tombstones, versions of articles, and moves of feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def upgrade() -> None:
    """Add the columns and tables. The prints of existing entries are filled in as their feeds are polled."""
    op.add_column("feeds", sa.Column("moved_to", sa.Text(), nullable=True))
    op.add_column("feeds", sa.Column("moved_since", MOMENT, nullable=True))
    op.add_column("feeds", _count("moved_polls"))
    op.add_column("feeds", sa.Column("skip_hours", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("feeds", sa.Column("skip_days", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("feeds", sa.Column("kept_back", sa.Text(), nullable=True))
    op.add_column("feeds", sa.Column("kept_back_at", MOMENT, nullable=True))
    for name in ("link_print", "title_print", "content_print"):
        op.add_column("entries", _text(name))
    op.add_column("entries", sa.Column("updated_at", MOMENT, nullable=True))
    op.add_column("entries", _count("rereads"))
    op.add_column("entries", sa.Column("reread_at", MOMENT, nullable=True))
    op.create_index("ix_entries_feed_id_link_print", "entries", ["feed_id", "link_print"])
    op.create_index("ix_entries_feed_id_title_print", "entries", ["feed_id", "title_print"])
    op.add_column("articles", _count("revisions"))
    op.add_column("articles", sa.Column("revised_at", MOMENT, nullable=True))
    op.create_table(
        "tombstones",
        sa.Column("feed_id", IDENTITY, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("link_print", sa.Text(), nullable=False),
        sa.Column("purged_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_tombstones_feed_id_feeds", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "key", name="pk_tombstones"),
    )
    op.create_index("ix_tombstones_feed_id_link_print", "tombstones", ["feed_id", "link_print"])
    op.create_table(
        "article_revisions",
        sa.Column("article_id", IDENTITY, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("claims", sa.BigInteger(), nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_article_revisions_article_id_articles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_article_revisions"),
    )
