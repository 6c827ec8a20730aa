"""Pages and texts that people had read."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "readings",
        sa.Column("token", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("other_subject", sa.String(64), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_readings"),
    )
    op.create_index("ix_readings_subject_read_at", "readings", ["subject", "read_at"])
    op.create_index("ix_readings_other_subject_read_at", "readings", ["other_subject", "read_at"])
    op.create_index("ix_readings_kept_until", "readings", ["kept_until"])
