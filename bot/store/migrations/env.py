"""The link between Alembic and the store: it uses the given connection and its transaction."""

from alembic import context

from bot.store.schema.alembic_options import alembic_options

connection = context.config.attributes["connection"]
context.configure(connection=connection, **alembic_options())
with context.begin_transaction():
    context.run_migrations()
