"""Indexes for the articles that were corrected or withdrawn lately."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_articles_revised_at", "articles", ["revised_at"])
    op.create_index("ix_articles_withdrawn_at", "articles", ["withdrawn_at"])
