"""Full-text search over claims: FTS5 on SQLite, tsvector on PostgreSQL.

Takes words that a user typed, and returns a condition for a query. Called by the rooms that query claims.
"""
