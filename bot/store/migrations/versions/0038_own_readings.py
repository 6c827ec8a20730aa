"""What was read answers only for the address that was asked for: a page may give itself another one's."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the other address of what was read."""
    op.drop_index("ix_readings_other_subject_read_at", "readings")
    op.drop_column("readings", "other_subject")
