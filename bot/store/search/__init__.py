"""Full-text search over claims, behind one function: FTS5 on SQLite, tsvector on PostgreSQL.

Words that a person typed go in, a condition for a query comes out. Called by the rooms that query claims.
"""
