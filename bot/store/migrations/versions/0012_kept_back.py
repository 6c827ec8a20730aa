"""When the circuit breaker tripped is not remembered any more: entries without dates are never put away."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the column."""
    op.drop_column("feeds", "kept_back_at")
