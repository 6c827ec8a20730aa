"""What a server has chosen for itself. Its time zone so far was that of its newest digest."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and give each server with digests the zone that it has used."""
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("minimum_confidence", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guild_settings")),
    )
    op.execute(
        "INSERT INTO guild_settings (guild_id, timezone) SELECT guild_id, timezone FROM subscriptions"
        " WHERE id IN (SELECT MAX(id) FROM subscriptions GROUP BY guild_id)"
    )
