"""When a posted message is to be compared with its articles, though only actors were changed."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("deliveries", sa.Column("compare_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_deliveries_compare_at", "deliveries", ["compare_at"])
