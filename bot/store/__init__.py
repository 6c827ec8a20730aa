"""Store: tables, queries, full-text search and migrations, on SQLite and PostgreSQL alike."""
