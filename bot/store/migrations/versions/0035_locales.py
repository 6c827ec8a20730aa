"""The locale that Discord has for a server: digests are in its language unless another was chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("guild_settings", sa.Column("locale", sa.Text(), nullable=True))
