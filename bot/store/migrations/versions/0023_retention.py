"""What remains of claims whose articles' texts are no longer stored, and articles by age."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the index."""
    op.create_table(
        "claim_excerpts",
        sa.Column("claim_id", IDENTITY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("cut_before", sa.Boolean(), nullable=False),
        sa.Column("cut_after", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_claim_excerpts_claim_id_claims", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", name="pk_claim_excerpts"),
    )
    op.create_index("ix_articles_read_at", "articles", ["read_at"])
