"""Storage: tables, queries, full-text search, migrations; SQLite and PostgreSQL alike.

The only room with SQL: values of `bot.model` go in and come out. `Store` holds one repository for each subject,
and every method of theirs is one transaction. Delivery, services and runner call it.
"""

from bot.store.store import Store, open_store

__all__ = ["Store", "open_store"]
