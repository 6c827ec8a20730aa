"""The outbox of digests: messages to post, and the results."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.languages.translations import N_, _
from bot.model.delivery import Delivery, DeliveryState, PostedAt, PostedMessage
from bot.store.database import chunks, insert_rows, known_id
from bot.store.leases import Topic, held_by_others
from bot.store.schema.rows import aliased
from bot.store.schema.server_tables import DeliveryRow, DepartedGuildRow, SubscriptionRow
from bot.store.schema.values import value_of
from bot.store.servers.outbox import Outbox
from bot.store.servers.shown_articles import Reserved, cover, release, reserve

CLAIM_IDS, ARTICLE_IDS, SHOWS = "claim_ids", "article_ids", "shows"
"""The keys in a payload with the claims and articles that the message shows, and with its stories.

They are stored separately and not posted.
"""
POST = "post"
"""The key in a payload with the forum post of the message, whose "key" is stored with it."""


@dataclass(frozen=True, slots=True)
class NewDigest:
    """The digest of a subscription, to be put into the outbox (`Deliveries.put_all`)."""

    subscription_id: int
    slot: datetime
    payloads: Sequence[tuple[str, dict[str, Any]]]
    """Nonces and messages, in order."""
    article_ids: Sequence[int]
    next_at: datetime
    covers: Mapping[int, int]
    """Articles that say nothing new, each mapped to one of its story that was shown."""


class Deliveries(Outbox):
    """The outbox of digests."""

    TABLE = DeliveryRow
    LEASE = (Topic.DELIVER, DeliveryRow.channel_id)
    MISSING = N_("This digest does not exist any more, or it belongs to another server.")

    async def put_all(self, digests: Sequence["NewDigest"]) -> list[list[int]]:
        """Store digests of different subscriptions: all of them or none.

        Their articles are reserved and their next slots set. Articles that no message names belong to the first
        message. Returns the ids of the deliveries of each. If a slot already has messages, nothing changes there,
        and theirs are returned. Raises NotFound if a subscription is gone, ShownMeanwhile if its channel has been
        given one of the articles.
        """
        by_id = {known_id(one.subscription_id): one for one in digests}
        async with self._database.writing() as connection:
            # updating the rows locks them: another transaction for the same slot waits here
            touched = update(SubscriptionRow).where(SubscriptionRow.id.in_(sorted(by_id)))
            given = touched.values(guild_id=SubscriptionRow.guild_id).returning(
                SubscriptionRow.id, SubscriptionRow.guild_id, SubscriptionRow.channel_id
            )
            owners = {row.id: row for row in await connection.execute(given)}
            if len(owners) < len(by_id):
                raise NotFound(_("This digest was removed."))
            slots = select(DeliveryRow.subscription_id, DeliveryRow.slot, DeliveryRow.id).where(
                DeliveryRow.subscription_id.in_(sorted(by_id)),
                DeliveryRow.slot.in_({one.slot for one in digests}),
            )
            present: dict[int, list[int]] = {}
            for row in await connection.execute(slots.order_by(DeliveryRow.part)):
                if row.slot == by_id[row.subscription_id].slot:
                    present.setdefault(row.subscription_id, []).append(row.id)
            new = [one for one in digests if one.subscription_id not in present]
            now = self._database.clock()
            rows = [row for one in new for row in _rows(one, owners[one.subscription_id], now)]
            statement = insert(DeliveryRow).returning(DeliveryRow.id, sort_by_parameter_order=True)
            made = iter([row.id for row in await insert_rows(connection, statement, rows)])
            ids = {one.subscription_id: [next(made) for _payload in one.payloads] for one in new}
            await reserve(
                self._database,
                connection,
                [
                    Reserved(owners[one.subscription_id].guild_id, owners[one.subscription_id].channel_id, *shown)
                    for one in new
                    for shown in _shown(one, ids[one.subscription_id])
                ],
            )
            for one in new:
                owner = owners[one.subscription_id]
                await cover(self._database, connection, owner.guild_id, owner.channel_id, one.covers)
            for next_at in {one.next_at for one in new}:
                planned = [one.subscription_id for one in new if one.next_at == next_at]
                known = update(SubscriptionRow).where(SubscriptionRow.id.in_(planned))
                await connection.execute(known.values(next_at=next_at))
        return [present.get(one.subscription_id) or ids[one.subscription_id] for one in digests]

    async def due(self, now: datetime, limit: int, *, channels: Collection[int] | None = None) -> list[Delivery]:
        """Return the messages to post now, in order.

        Messages of paused subscriptions and of servers that removed the bot wait, as do later parts of a digest
        while an earlier part waits. `channels` limits the choice to these; without it, channels that another
        process posts to are left out.
        """
        free = ~held_by_others(self._leases, Topic.DELIVER, DeliveryRow.channel_id)
        departed = exists().where(DepartedGuildRow.guild_id == DeliveryRow.guild_id)
        earlier = aliased(DeliveryRow)
        held_up = exists().where(
            earlier.subscription_id == DeliveryRow.subscription_id,
            earlier.slot == DeliveryRow.slot,
            earlier.part < DeliveryRow.part,
            earlier.state == DeliveryState.PENDING,
            earlier.next_try_at > now,
        )
        # servers take turns, and the parts of a digest stay together
        turn = func.dense_rank().over(
            partition_by=(DeliveryRow.guild_id, DeliveryRow.slot), order_by=DeliveryRow.subscription_id
        )
        query = (
            _all()
            .where(DeliveryRow.state == DeliveryState.PENDING, DeliveryRow.next_try_at <= now)
            .where(SubscriptionRow.paused_reason.is_(None), ~held_up, ~departed)
            .where(free if channels is None else DeliveryRow.channel_id.in_(channels))
            .order_by(DeliveryRow.slot, turn, DeliveryRow.subscription_id, DeliveryRow.part)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [_delivery_of(row) for row in await connection.execute(query)]

    async def by_nonce(self, nonce: str, guild_id: int | None) -> Delivery:
        """Return a message of a server, or of any server for None. Raise NotFound."""
        query = select(DeliveryRow.__table__).where(DeliveryRow.nonce == nonce)
        if guild_id is not None:
            query = query.where(DeliveryRow.guild_id == guild_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise NotFound(self.MISSING)
        return _delivery_of(row)

    async def posted(self, nonce: str, guild_id: int) -> PostedMessage | None:
        """Return a message of a server with what it shows, or None if there is none that was posted."""
        query = select(DeliveryRow.__table__).where(
            DeliveryRow.nonce == nonce,
            DeliveryRow.guild_id == guild_id,
            DeliveryRow.message_id.is_not(None),
            DeliveryRow.shows.is_not(None),
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else value_of(PostedMessage, row)

    async def claim_ids(self, nonce: str) -> list[int]:
        """Return the claims that a message shows, in its order. Raise NotFound."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(DeliveryRow.claim_ids).where(DeliveryRow.nonce == nonce))
            row = found.first()
        if row is None:
            raise NotFound(self.MISSING)
        return list(row.claim_ids)

    async def waiting(self, subscription_id: int) -> int:
        """Return how many messages of a subscription wait to be posted."""
        query = (
            select(func.count())
            .select_from(DeliveryRow)
            .where(
                DeliveryRow.subscription_id == known_id(subscription_id),
                DeliveryRow.state == DeliveryState.PENDING,
            )
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def sent(self, delivery_id: int, at: PostedAt) -> None:
        """Record that a message was posted, and in which forum post. Raise NotFound."""
        posted_at = {"message_id": at.message_id, "thread_id": at.thread_id}
        await self._change(delivery_id, state=DeliveryState.SENT, error=None, **posted_at)

    async def thread_of(self, delivery: Delivery) -> int | None:
        """Return the forum post of messages like this one: that of the latest with its key, or None."""
        if POST not in delivery.payload:
            return None
        query = select(DeliveryRow.thread_id).where(
            DeliveryRow.channel_id == delivery.channel_id,
            DeliveryRow.post_key == delivery.payload[POST].get("key"),
            DeliveryRow.thread_id.is_not(None),
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query.order_by(DeliveryRow.id.desc()).limit(1))).scalar()

    async def hasten(self, subscription_id: int) -> None:
        """Retry the waiting messages of a subscription at once."""
        waiting = update(DeliveryRow).where(
            DeliveryRow.subscription_id == known_id(subscription_id), DeliveryRow.state == DeliveryState.PENDING
        )
        async with self._database.writing() as connection:
            await connection.execute(waiting.values(next_try_at=self._database.clock()))

    async def composed_since(self, subscription_id: int, since: datetime) -> int:
        """Return how many messages of a subscription have a slot after `since`."""
        query = select(func.count()).where(
            DeliveryRow.subscription_id == known_id(subscription_id), DeliveryRow.slot > since
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def stuck(self, subscription_ids: Sequence[int]) -> dict[int, str]:
        """Return why messages of these subscriptions could not be posted yet, if there are any."""
        found: dict[int, str] = {}
        async with self._database.reading() as connection:
            for some in chunks(list(subscription_ids)):
                query = select(DeliveryRow.subscription_id, DeliveryRow.error).where(
                    DeliveryRow.subscription_id.in_(some),
                    DeliveryRow.state == DeliveryState.PENDING,
                    DeliveryRow.error.is_not(None),
                )
                for row in await connection.execute(
                    query.order_by(DeliveryRow.slot.desc(), DeliveryRow.part.desc())
                ):
                    found[row.subscription_id] = row.error
        return found

    async def _given_up(self, connection: AsyncConnection, delivery_id: int) -> None:
        """Free the articles of a message that was certainly not posted: shown means posted."""
        query = select(DeliveryRow.attempted_at).where(DeliveryRow.id == delivery_id)
        if (await connection.execute(query)).scalar() is None:
            await release(connection, [delivery_id])

    async def counts(self) -> dict[DeliveryState, int]:
        """Return how many messages are in each state."""
        query = select(DeliveryRow.state, func.count().label("total")).group_by(DeliveryRow.state)
        async with self._database.reading() as connection:
            found = {row.state: row.total for row in await connection.execute(query)}
        return {state: found.get(state, 0) for state in DeliveryState}


def posted(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a payload that is posted."""
    return {key: value for key, value in payload.items() if key not in (CLAIM_IDS, ARTICLE_IDS, SHOWS)}


def _rows(digest: NewDigest, owner: Any, now: datetime) -> Iterator[dict[str, Any]]:
    for part, (nonce, payload) in enumerate(digest.payloads):
        yield {
            "subscription_id": digest.subscription_id,
            "guild_id": owner.guild_id,
            "channel_id": owner.channel_id,
            "slot": digest.slot,
            "part": part,
            "nonce": nonce,
            "payload": posted(payload),
            "shows": payload.get(SHOWS),
            "claim_ids": list(payload.get(CLAIM_IDS, ())),
            "post_key": payload.get(POST, {}).get("key"),
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "next_try_at": now,
        }


def _shown(digest: NewDigest, ids: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Return the articles of a digest, each with the message that shows it."""
    if not ids:
        return ()
    owners = dict.fromkeys(digest.article_ids, ids[0])
    for delivery_id, (_nonce, payload) in zip(ids, digest.payloads, strict=True):
        owners |= dict.fromkeys(payload.get(ARTICLE_IDS, ()), delivery_id)
    return sorted(owners.items())


def _all() -> Select[Any]:
    joined = select(DeliveryRow.__table__)
    return joined.join(SubscriptionRow, SubscriptionRow.id == DeliveryRow.subscription_id)


def _delivery_of(row: Found[Any]) -> Delivery:
    return value_of(Delivery, row)
