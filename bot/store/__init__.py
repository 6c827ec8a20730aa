"""Storage: tables, queries, full-text search, migrations; SQLite and PostgreSQL alike."""

from bot.store.opening import Store, open_store

__all__ = ["Store", "open_store"]
