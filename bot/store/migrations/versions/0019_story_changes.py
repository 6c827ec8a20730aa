"""Stories that became part of others, and what servers change about their stories."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "story_aliases",
        sa.Column("former_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", IDENTITY, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_aliases_story_id_stories", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("former_id", name="pk_story_aliases"),
    )
    op.create_index("ix_story_aliases_story_id", "story_aliases", ["story_id"])
    op.create_table(
        "story_changes",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("story_id", IDENTITY, nullable=False),
        sa.Column("into_id", IDENTITY, nullable=False),
        sa.Column("article_ids", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_changes_story_id_stories", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["stories.id"], name="fk_story_changes_into_id_stories", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_story_changes"),
        sqlite_autoincrement=True,
    )
    for column in ("guild_id", "story_id", "into_id"):
        op.create_index(f"ix_story_changes_{column}", "story_changes", [column])
