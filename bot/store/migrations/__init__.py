"""The schema, revision by revision. Alembic runs these. They never change once released."""
