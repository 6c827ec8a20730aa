"""By what the items of each feed are known (`bot.feeds.trim`), apart from the feeds: it is read for polls only."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.schema.news_tables import ItemHashesRow


async def save_item_hashes(database: Database, connection: AsyncConnection, hashes: Mapping[int, bytes]) -> None:
    """Keep the `hashes` of feeds in place of what was kept, in one transaction with the entries they stand for."""
    insert = database.insert(ItemHashesRow)
    kept = insert.on_conflict_do_update(index_elements=["feed_id"], set_={"hashes": insert.excluded.hashes})
    rows = [{"feed_id": feed_id, "hashes": each} for feed_id, each in sorted(hashes.items())]
    await connection.execute(kept, rows)
