"""Questions and offers no longer hold who asked. A question is one document, so that it can have any options."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OPTIONS: dict[str, Any] = {
    "actor": sa.Text(),
    "topic": sa.Text(),
    "since": sa.DateTime(timezone=True),
    "until": sa.DateTime(timezone=True),
    "minimum_confidence": sa.Double(),
}


def upgrade() -> None:
    """Turn the options of each question into a document, and drop the users of questions and offers."""
    op.add_column("queries", sa.Column("content", sa.JSON(), nullable=False, server_default="{}"))
    queries = sa.table(
        "queries",
        sa.column("id", sa.BigInteger()),
        sa.column("content", sa.JSON()),
        *(sa.column(name, kind) for name, kind in _OPTIONS.items()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(queries)).all():
        content = {name: _plain(getattr(row, name)) for name in _OPTIONS if getattr(row, name) is not None}
        connection.execute(sa.update(queries).where(queries.c.id == row.id).values(content=content))
    for column in ("user_id", *_OPTIONS):
        op.drop_column("queries", column)
    op.drop_column("offers", "user_id")


def _plain(value: object) -> object:
    """Return a value as JSON holds it. SQLite gives moments in UTC without saying so."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value
