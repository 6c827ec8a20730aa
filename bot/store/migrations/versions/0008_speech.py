"""Details of the speech: whether a claim is hedged, to whom it was said and when."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. They stay empty for claims that were extracted before."""
    op.add_column("claims", sa.Column("hedged", sa.Boolean(), nullable=True))
    op.add_column("claims", sa.Column("addressee", sa.JSON(), nullable=True))
    op.add_column("claims", sa.Column("addressee_text", sa.Text(), nullable=True))
    op.add_column("claims", sa.Column("time", sa.JSON(), nullable=True))
    op.add_column("claims", sa.Column("time_text", sa.Text(), nullable=True))
