"""Which articles a channel has been given. A channel, not a subscription: no digest in it repeats another's.

A message waiting in the outbox reserves its articles. They count as shown once it is posted; if it is withdrawn
before, or can certainly not be posted, they are free again.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import ShownMeanwhile
from bot.languages.translations import N_
from bot.model.delivery import DeliveryState
from bot.store.database import Database, chunks, insert_rows
from bot.store.schema.server_tables import DeliveryRow, ShownArticleRow

REMOVED = N_("Its digest was removed or moved while it was being posted.")


class Reserved(NamedTuple):
    """An article of a channel that is reserved for a message."""

    guild_id: int
    channel_id: int
    article_id: int
    delivery_id: int


async def reserve(database: Database, connection: AsyncConnection, reserved: Sequence[Reserved]) -> None:
    """Reserve articles of channels. Raises ShownMeanwhile if a channel has been given one of them."""
    rows = [one._asdict() for one in sorted(reserved, key=lambda one: one[1:])]
    statement = database.insert(ShownArticleRow).on_conflict_do_nothing().returning(ShownArticleRow.article_id)
    if len(await insert_rows(connection, statement, rows)) < len(rows):
        raise ShownMeanwhile


async def cover(
    database: Database, connection: AsyncConnection, guild_id: int, channel_id: int, covers: Mapping[int, int]
) -> None:
    """Count articles that say nothing new as shown: `covers` maps each to one of its story that was shown."""
    messages: dict[int, int | None] = {}
    for some in chunks(sorted(set(covers.values()))):
        query = select(ShownArticleRow.article_id, ShownArticleRow.delivery_id).where(
            ShownArticleRow.channel_id == channel_id, ShownArticleRow.article_id.in_(some)
        )
        messages |= {row.article_id: row.delivery_id for row in await connection.execute(query)}
    rows = [
        {"guild_id": guild_id, "channel_id": channel_id, "article_id": one, "delivery_id": messages[other]}
        for one, other in covers.items()
        if other in messages
    ]
    await insert_rows(connection, database.insert(ShownArticleRow).on_conflict_do_nothing(), rows)


async def release(connection: AsyncConnection, delivery_ids: Sequence[int]) -> None:
    """Free the articles of messages that were certainly not posted."""
    for some in chunks(delivery_ids):
        await connection.execute(delete(ShownArticleRow).where(ShownArticleRow.delivery_id.in_(some)))


async def withdraw(connection: AsyncConnection, subscription_id: int) -> int:
    """Delete the waiting messages of a subscription. Return how many.

    A message that was attempted without an answer may be in the channel: its articles count as shown.
    """
    waiting = select(DeliveryRow.id, DeliveryRow.attempted_at).where(
        DeliveryRow.subscription_id == subscription_id, DeliveryRow.state == DeliveryState.PENDING
    )
    rows = (await connection.execute(waiting)).all()
    certain = [row.id for row in rows if row.attempted_at is None]
    uncertain = [row.id for row in rows if row.attempted_at is not None]
    await release(connection, certain)
    for some in chunks(certain):
        await connection.execute(delete(DeliveryRow).where(DeliveryRow.id.in_(some)))
    for some in chunks(uncertain):
        ended = update(DeliveryRow).where(DeliveryRow.id.in_(some))
        await connection.execute(ended.values(state=DeliveryState.FAILED, error=REMOVED))
    return len(rows)
