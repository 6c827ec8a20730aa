"""Full-text search over claims: FTS5 on SQLite, tsvector on PostgreSQL.

Words that a user typed go in, a condition for a query comes out. Called by the rooms that query claims.
"""
