"""Hashes of the known items of each feed (`bot.feeds.trim`), in a table of their own: only polls read them."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.schema.news_tables import ItemHashesRow


async def save_item_hashes(database: Database, connection: AsyncConnection, hashes: Mapping[int, bytes]) -> None:
    """Replace the `hashes` of feeds, in one transaction with the entries that they stand for."""
    insert = database.insert(ItemHashesRow)
    kept = insert.on_conflict_do_update(index_elements=["feed_id"], set_={"hashes": insert.excluded.hashes})
    rows = [{"feed_id": feed_id, "hashes": each} for feed_id, each in sorted(hashes.items())]
    await connection.execute(kept, rows)
