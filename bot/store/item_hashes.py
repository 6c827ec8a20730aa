"""By what the items of each feed are known (`bot.feeds.trim`), apart from the feeds: it is read for polls only."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import ItemHashesRow


async def save_item_hashes(database: Database, connection: AsyncConnection, feed_id: int, hashes: bytes) -> None:
    """Keep `hashes` in place of what was kept, in one transaction with the entries they stand for."""
    insert = database.insert(ItemHashesRow).values(feed_id=feed_id, hashes=hashes)
    kept = insert.on_conflict_do_update(index_elements=["feed_id"], set_={"hashes": insert.excluded.hashes})
    await connection.execute(kept)
