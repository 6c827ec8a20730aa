"""What the pronoun means that the content of a claim opens with."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. They stay empty for claims that were extracted before."""
    op.add_column("claims", sa.Column("refers_to", sa.JSON(), nullable=True))
    op.add_column("claims", sa.Column("refers_to_text", sa.Text(), nullable=True))
