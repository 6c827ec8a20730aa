"""Where a digest goes: forum posts with tags, under an outlet's name, and a button for the role it mentions."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Existing digests stay as they are."""
    for column in (
        sa.Column("ping_button", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("posts", sa.String(16), nullable=True),
        sa.Column("tag_ids", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("as_outlet", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("subscriptions", column)
    op.add_column("deliveries", sa.Column("post_key", sa.String(40), nullable=True))
    op.add_column("deliveries", sa.Column("thread_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_deliveries_channel_id_post_key", "deliveries", ["channel_id", "post_key"])
