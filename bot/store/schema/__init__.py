"""The tables: columns, news tables, servers' tables, and what Alembic compares.

No queries. The other rooms of the store and the migrations import it.
"""
