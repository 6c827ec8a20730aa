"""The options for Alembic's comparison: the tables, but neither partitions nor additions by full-text search and
the queue.
"""

from typing import Any

from sqlalchemy.schema import SchemaItem

from bot.store.schema.rows import Row

SEARCH_TABLE = "claims_search"
"""FTS5's table on SQLite. It creates further ones with this prefix."""
JOB_TABLES = "procrastinate_"
"""The prefix of the tables of the queue on PostgreSQL, which belong to procrastinate."""
TEXT_PARTITIONS = "article_texts_from_"
"""The prefix of the partitions of `article_texts` on PostgreSQL; the number of their first article follows."""
SEARCH_COLUMN = "search_vector"
"""The generated tsvector of claims on PostgreSQL."""
SEARCH_INDEX = "ix_claims_search_vector"


def alembic_options() -> dict[str, Any]:
    """Return the options with which Alembic compares the store."""
    return {"target_metadata": Row.metadata, "include_object": _is_modelled, "compare_type": True}


def _is_modelled(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: SchemaItem | None
) -> bool:
    """Return whether an object is defined by the tables' modules, unlike those named above."""
    del item, compare_to
    if not reflected or name is None:
        return True
    if kind == "table":
        return not name.startswith((SEARCH_TABLE, JOB_TABLES, TEXT_PARTITIONS))
    return name not in {SEARCH_COLUMN, SEARCH_INDEX}
