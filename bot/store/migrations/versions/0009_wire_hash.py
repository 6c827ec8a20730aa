"""A hash that recognises a feed's compressed body without decompressing it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. It stays empty until a feed's next body."""
    op.add_column("feeds", sa.Column("wire_hash", sa.Text(), nullable=True))
