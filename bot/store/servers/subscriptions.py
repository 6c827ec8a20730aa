"""Subscriptions: channels that get digests."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, Update, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LimitReached, NotFound
from bot.languages.translations import N_, _
from bot.model.digests import Look, Plan, Selection, Subscription
from bot.store.database import Database, known_id
from bot.store.leases import Leases, Topic, held_by_others
from bot.store.schema.columns import SetbackStep
from bot.store.schema.server_tables import DepartedGuildRow, GuildFeedRow, SubscriptionRow
from bot.store.schema.values import value_of
from bot.store.servers.guilds import GUILD_LOCK
from bot.store.servers.shown_articles import withdraw
from bot.store.setbacks import is_held

MISSING = N_("There is no such digest on this server.")


class Subscriptions:
    """The subscriptions."""

    def __init__(self, database: Database, leases: Leases) -> None:
        self._database = database
        self._leases = leases

    async def add(
        self,
        guild_id: int,
        plan: Plan,
        selection: Selection,
        look: Look = Look(),  # noqa: B008 - a value that nobody can change
        *,
        created_by: int,
        next_at: datetime,
        limit: int,
    ) -> Subscription:
        """Store a subscription. Raises LimitReached, or NotFound for a feed that the server does not have."""
        wanted = sorted(set(selection.feed_ids))
        async with self._database.writing() as connection:
            await self._database.hold(connection, GUILD_LOCK, guild_id)
            await _require_feeds(connection, guild_id, set(wanted))
            counted = select(func.count()).where(SubscriptionRow.guild_id == guild_id)
            present = (await connection.execute(counted)).scalar_one()
            if present >= limit:
                raise LimitReached(
                    _("This server has {present} digests, which is the limit. Remove one first.", present=present)
                )
            row = _row_of(plan, selection, look) | {
                "guild_id": guild_id,
                "next_at": next_at,
                "created_by": created_by,
                "created_at": self._database.clock(),
            }
            created = insert(SubscriptionRow).values(row).returning(SubscriptionRow.__table__)
            return _subscription_of((await connection.execute(created)).one())

    async def get(self, subscription_id: int, guild_id: int | None) -> Subscription:
        """Return a subscription of a server, or of any server for None. Raise NotFound."""
        found = await self._list(_of(_all().where(SubscriptionRow.id == known_id(subscription_id)), guild_id))
        if not found:
            raise NotFound(MISSING)
        return found[0]

    async def of_guild(self, guild_id: int) -> list[Subscription]:
        """Return the subscriptions of a server, oldest first."""
        return await self._list(_of(_all(), guild_id).order_by(SubscriptionRow.id))

    async def all(self) -> list[Subscription]:
        """Return all subscriptions, oldest first."""
        return await self._list(_all().order_by(SubscriptionRow.id))

    async def due(
        self, now: datetime, limit: int, *, channels: Collection[int] | None = None
    ) -> list[Subscription]:
        """Return active subscriptions whose digest is due, those due longest first.

        `channels` limits the choice to these; without it, channels that another process composes for are left out.
        """
        free = ~held_by_others(self._leases, Topic.COMPOSE, SubscriptionRow.channel_id)
        due = _all().where(SubscriptionRow.next_at <= now, SubscriptionRow.paused_reason.is_(None))
        departed = exists().where(DepartedGuildRow.guild_id == SubscriptionRow.guild_id)
        due = due.where(~is_held(SetbackStep.COMPOSE, SubscriptionRow.id, now), ~departed)
        # servers take turns, so that one with many digests does not hold up the others
        turn = func.row_number().over(partition_by=SubscriptionRow.guild_id, order_by=SubscriptionRow.id)
        due = due.where(free if channels is None else SubscriptionRow.channel_id.in_(channels))
        return await self._list(due.order_by(SubscriptionRow.next_at, turn, SubscriptionRow.id).limit(limit))

    async def remove(self, subscription_id: int, guild_id: int) -> None:
        """Delete a subscription of a server, and its waiting messages. Raise NotFound.

        Articles that it posted count as shown in its channel.
        """
        statement = delete(SubscriptionRow).where(
            SubscriptionRow.id == known_id(subscription_id), SubscriptionRow.guild_id == guild_id
        )
        async with self._database.writing() as connection:
            held = select(SubscriptionRow.id).where(SubscriptionRow.id == known_id(subscription_id))
            held = held.where(SubscriptionRow.guild_id == guild_id).with_for_update()
            if (await connection.execute(held)).first() is None:
                raise NotFound(MISSING)
            await withdraw(connection, subscription_id)
            await connection.execute(statement)

    async def edit(
        self,
        subscription_id: int,
        guild_id: int,
        plan: Plan,
        selection: Selection,
        look: Look,
        next_at: datetime,
    ) -> Subscription:
        """Change the place, the times or the sources of a subscription. Return its new state.

        If the channel changes, messages waiting for the old one are withdrawn, and their articles are posted to
        the new one at once. Raises NotFound for the subscription, or for a feed that the server does not have.
        """
        wanted = sorted(set(selection.feed_ids))
        async with self._database.writing() as connection:
            await self._database.hold(connection, GUILD_LOCK, guild_id)
            held = _of(_all().where(SubscriptionRow.id == known_id(subscription_id)), guild_id)
            before = (await connection.execute(held.with_for_update())).first()
            if before is None:
                raise NotFound(MISSING)
            await _require_feeds(connection, guild_id, set(wanted) - set(before.feed_ids))
            if before.channel_id != plan.channel_id and await withdraw(connection, subscription_id):
                next_at = self._database.clock()
            row = _row_of(plan, selection, look) | {"next_at": next_at, "paused_reason": None}
            changed = _known(subscription_id).values(row).returning(SubscriptionRow.__table__)
            return _subscription_of((await connection.execute(changed)).one())

    async def pause(self, subscription_id: int, reason: str) -> None:
        """Stop composing and posting for a subscription, with a reason that its server sees. Raise NotFound."""
        await self._change(_known(subscription_id).values(paused_reason=reason))

    async def resume(self, subscription_id: int) -> None:
        """Resume a paused subscription. Raise NotFound."""
        await self._change(_known(subscription_id).values(paused_reason=None))

    async def set_filter(self, subscription_id: int, filter_text: str) -> None:
        """Set which articles a subscription shows; empty for all. Raise NotFound."""
        await self._change(_known(subscription_id).values(filter=filter_text))

    async def reschedule(self, subscription_id: int, next_at: datetime) -> None:
        """Set when the next digest is due. Raise NotFound."""
        await self._change(_known(subscription_id).values(next_at=next_at))

    async def _change(self, statement: Update) -> None:
        async with self._database.writing() as connection:
            if (await connection.execute(statement)).rowcount == 0:
                raise NotFound(MISSING)

    async def _list(self, query: Select[Any]) -> list[Subscription]:
        async with self._database.reading() as connection:
            return [_subscription_of(row) for row in await connection.execute(query)]


async def _require_feeds(connection: AsyncConnection, guild_id: int, feed_ids: set[int]) -> None:
    attached = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == guild_id)
    if not feed_ids <= set((await connection.execute(attached)).scalars()):
        raise NotFound(_("This server does not have all of these feeds."))


def _row_of(plan: Plan, selection: Selection, look: Look) -> dict[str, Any]:
    return {
        "also_at": [f"{at:%H:%M}" for at in plan.also_at],
        "every_minutes": plan.every_minutes,
        "most_an_hour": plan.most_an_hour,
        "quiet_from": plan.quiet_from,
        "quiet_until": plan.quiet_until,
        "says_when_empty": plan.says_when_empty,
        "role_id": plan.role_id,
        "ping_button": plan.ping_button,
        "publishes": plan.publishes,
        "posts": plan.posts,
        "tag_ids": list(plan.tag_ids),
        "as_outlet": plan.as_outlet,
        "stories": look.stories,
        "claims": look.claims,
        "layout": look.layout,
        "channel_id": plan.channel_id,
        "cadence": plan.cadence,
        "at": plan.at,
        "weekday": plan.weekday,
        "timezone": plan.timezone,
        "feed_ids": sorted(set(selection.feed_ids)),
        "minimum_confidence": selection.minimum_confidence,
        "filter": selection.filter,
    }


def _all() -> Select[Any]:
    return select(SubscriptionRow.__table__)


def _of(query: Select[Any], guild_id: int | None) -> Select[Any]:
    return query if guild_id is None else query.where(SubscriptionRow.guild_id == guild_id)


def _known(subscription_id: int) -> Update:
    return update(SubscriptionRow).where(SubscriptionRow.id == known_id(subscription_id))


def _subscription_of(row: Found[Any]) -> Subscription:
    selection = value_of(Selection, row, feed_ids=tuple(row.feed_ids))
    also_at = tuple(time.fromisoformat(at) for at in row.also_at)
    plan = value_of(Plan, row, also_at=also_at, tag_ids=tuple(row.tag_ids))
    return value_of(Subscription, row, plan=plan, selection=selection, look=value_of(Look, row))
