"""Copies of articles, how originals are found, and which entries lead to copies."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables. Existing articles have no prints: they are too old to be copied soon."""
    op.create_table(
        "article_copies",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("article_id", IDENTITY, nullable=False),
        sa.Column("url_key", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("image_url", sa.Text(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_copies_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article_copies"),
        sa.UniqueConstraint("url_key", name="uq_article_copies_url_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_article_copies_article_id", "article_copies", ["article_id"])
    op.create_table(
        "article_prints",
        sa.Column("print", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", IDENTITY, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_prints_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("print", "article_id", name="pk_article_prints"),
    )
    op.create_index("ix_article_prints_article_id", "article_prints", ["article_id"])
    op.create_table(
        "entry_copies",
        sa.Column("entry_id", IDENTITY, nullable=False),
        sa.Column("copy_id", IDENTITY, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name="fk_entry_copies_entry_id_entries", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["article_copies.id"], name="fk_entry_copies_copy_id_article_copies", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_entry_copies"),
    )
    op.create_index("ix_entry_copies_copy_id", "entry_copies", ["copy_id"])
