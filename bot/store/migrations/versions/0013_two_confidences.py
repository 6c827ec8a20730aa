"""How sure a claim is, and how sure its actor, apart."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. They stay empty for claims that were extracted before."""
    op.add_column("claims", sa.Column("claim_confidence", sa.Double(), nullable=True))
    op.add_column("claims", sa.Column("actor_confidence", sa.Double(), nullable=True))
