"""Storage: tables, queries, full-text search, migrations; on both SQLite and PostgreSQL.

The only room with SQL. Takes and returns values of `bot.model`. `Store` has one repository for each subject, and
each of their methods is one transaction. Delivery, services and runner call it.
"""

from bot.store.store import Store, open_store

__all__ = ["Store", "open_store"]
