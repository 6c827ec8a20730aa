"""Which roles may correct, and which may ask."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for name in ("correcting_role_id", "asking_role_id"):
        op.add_column("guild_settings", sa.Column(name, sa.BigInteger(), nullable=True))
