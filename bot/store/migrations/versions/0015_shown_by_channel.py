"""What was shown belongs to a channel; posted messages are edited; servers without the bot are kept a while."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OWNER = "fk_deliveries_subscription_id_subscriptions"


def upgrade() -> None:
    """Move the rows of subscriptions to their channels, once for all subscriptions of a channel."""
    op.create_table(
        "departed_guilds",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("left_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_departed_guilds"),
    )
    for name in ("guild_id", "channel_id"):
        op.add_column("deliveries", sa.Column(name, sa.BigInteger(), nullable=True))
        op.execute(
            f"UPDATE deliveries SET {name} = "  # noqa: S608 - names of our own
            f"(SELECT s.{name} FROM subscriptions s WHERE s.id = deliveries.subscription_id)"
        )
    op.add_column("deliveries", sa.Column("shows", sa.JSON(), nullable=True))
    op.add_column("deliveries", sa.Column("checked_at", MOMENT, nullable=True))
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("guild_id", existing_type=sa.BigInteger(), nullable=False)
        batch.alter_column("channel_id", existing_type=sa.BigInteger(), nullable=False)
        batch.alter_column("subscription_id", existing_type=IDENTITY, nullable=True)
        batch.drop_constraint(OWNER, type_="foreignkey")
        batch.create_foreign_key(OWNER, "subscriptions", ["subscription_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_deliveries_guild_id", "deliveries", ["guild_id"])
    op.execute("CREATE TABLE shown_before AS SELECT subscription_id, article_id, slot FROM shown_articles")
    op.drop_table("shown_articles")
    op.create_table(
        "shown_articles",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", IDENTITY, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("delivery_id", IDENTITY, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_shown_articles_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name="fk_shown_articles_delivery_id_deliveries",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("channel_id", "article_id", name="pk_shown_articles"),
    )
    op.execute(
        "INSERT INTO shown_articles (channel_id, article_id, guild_id, delivery_id) "
        "SELECT s.channel_id, b.article_id, min(s.guild_id), min(d.id) FROM shown_before b "
        "JOIN subscriptions s ON s.id = b.subscription_id "
        "LEFT JOIN deliveries d ON d.subscription_id = b.subscription_id AND d.slot = b.slot AND d.part = 0 "
        "GROUP BY s.channel_id, b.article_id"
    )
    op.drop_table("shown_before")
    for column in ("article_id", "delivery_id", "guild_id"):
        op.create_index(f"ix_shown_articles_{column}", "shown_articles", [column])
    op.create_table(
        "edits",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("delivery_id", IDENTITY, nullable=False),
        sa.Column("slot", MOMENT, nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("attempted_at", MOMENT, nullable=True),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_edits_delivery_id_deliveries", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
        sa.UniqueConstraint("delivery_id", name="uq_edits_delivery_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edits_state_next_try_at", "edits", ["state", "next_try_at"])
    op.add_column("articles", sa.Column("withdrawn_at", MOMENT, nullable=True))
