"""Notices about digests that cannot be posted, besides those about feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A notice is about a feed or about a subscription."""
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("feed_id", existing_type=IDENTITY, nullable=True)
        batch.add_column(sa.Column("subscription_id", IDENTITY, nullable=True))
        batch.create_foreign_key(
            "fk_notices_subscription_id_subscriptions",
            "subscriptions",
            ["subscription_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_unique_constraint(
            "uq_notices_subscription_id_kind_episode", ["subscription_id", "kind", "episode"]
        )
