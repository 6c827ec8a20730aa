"""The role that a digest mentions, and whether it is published."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Existing digests ping nobody and are not published."""
    for column in (
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("publishes", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("subscriptions", column)
