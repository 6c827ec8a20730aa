"""The tables of procrastinate, whose jobs tell workers to look for work. PostgreSQL only."""

from pathlib import Path

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).parents[1] / "procrastinate_3_10.sql"


def upgrade() -> None:
    """Add them."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    driver = connection.connection.dbapi_connection
    assert driver is not None
    # many statements at once, which only the driver itself takes
    driver.run_async(lambda asyncpg: asyncpg.execute(SCHEMA.read_text()))
