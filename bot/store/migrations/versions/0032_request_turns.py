"""Turns of requests to Discord, and refused ones, counted for all processes together."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "request_turns",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_request_turns"),
    )
    op.create_table(
        "refused_requests",
        sa.Column("minute", MOMENT, nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("minute", name="pk_refused_requests"),
    )
