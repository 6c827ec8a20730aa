"""Where Alembic meets the store: it works on the connection, and within the transaction, that it is handed."""

from alembic import context

from bot.store.schema.alembic_options import alembic_options

connection = context.config.attributes["connection"]
context.configure(connection=connection, **alembic_options())
with context.begin_transaction():
    context.run_migrations()
