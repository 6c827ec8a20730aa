"""What a server may see: only what its own feeds listed."""

from sqlalchemy import ColumnElement, exists, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.store.schema.news_tables import EntryRow
from bot.store.schema.server_tables import GuildFeedRow


def visible_to(guild_id: int | None, article_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that an article came from a feed that the server has.

    None, the host on the command line, sees everything.
    """
    if guild_id is None:
        return true()
    return exists().where(
        EntryRow.article_id == article_id,
        GuildFeedRow.feed_id == EntryRow.feed_id,
        GuildFeedRow.guild_id == guild_id,
    )
