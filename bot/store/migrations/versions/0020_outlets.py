"""Articles and copies by outlet."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_articles_outlet", "articles", ["outlet"])
    op.create_index("ix_article_copies_outlet", "article_copies", ["outlet"])
