"""The schema, revision by revision. Alembic runs these; they change no more once released."""
