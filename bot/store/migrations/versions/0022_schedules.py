"""More schedules, and how digests look."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Existing digests stay as they are."""
    for column in (
        sa.Column("also_at", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("every_minutes", sa.BigInteger(), nullable=False, server_default="30"),
        sa.Column("most_an_hour", sa.BigInteger(), nullable=False, server_default="6"),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("says_when_empty", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("stories", sa.BigInteger(), nullable=False, server_default="5"),
        sa.Column("claims", sa.BigInteger(), nullable=False, server_default="2"),
        sa.Column("layout", sa.String(16), nullable=False, server_default="embeds"),
    ):
        op.add_column("subscriptions", column)
