"""Who passes a claim on, whether it was taken back, and until when a promise is to be kept."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. They stay empty for claims that were extracted before."""
    op.add_column("claims", sa.Column("told_by", sa.JSON(), nullable=True))
    op.add_column("claims", sa.Column("passes_on", sa.BigInteger(), nullable=True))
    op.add_column("claims", sa.Column("taken_back", sa.JSON(), nullable=True))
    op.add_column("claims", sa.Column("taken_back_text", sa.Text(), nullable=True))
    op.add_column("claims", sa.Column("due", sa.JSON(), nullable=True))
    op.add_column("claims", sa.Column("due_text", sa.Text(), nullable=True))
    op.add_column("claims", sa.Column("due_on", sa.Date(), nullable=True))
