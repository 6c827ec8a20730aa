"""How long a feed has failed, the notices about it, and which digest showed an article."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns and tables. A feed that already fails counts as failing since it was last read."""
    for name in ("failing_since", "warned_at", "disabled_at"):
        op.add_column("feeds", sa.Column(name, MOMENT, nullable=True))
    op.execute("UPDATE feeds SET failing_since = coalesce(last_success_at, created_at) WHERE state <> 'healthy'")
    op.create_index("ix_feeds_state", "feeds", ["state"])
    op.add_column("shown_articles", sa.Column("slot", MOMENT, nullable=True))
    op.create_table(
        "notice_channels",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", name="pk_notice_channels"),
    )
    op.create_table(
        "notices",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("feed_id", IDENTITY, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("episode", MOMENT, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", MOMENT, nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("attempted_at", MOMENT, nullable=True),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_notices_feed_id_feeds", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("nonce", name="uq_notices_nonce"),
        sa.UniqueConstraint(
            "guild_id", "feed_id", "kind", "episode", name="uq_notices_guild_id_feed_id_kind_episode"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_feed_id", "notices", ["feed_id"])
    op.create_index("ix_notices_state_next_try_at", "notices", ["state", "next_try_at"])
