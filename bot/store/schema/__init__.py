"""The tables: columns, the news tables, the servers' tables, and what Alembic compares.

No queries. The other rooms of the store and the migrations import it.
"""
