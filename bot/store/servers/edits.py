"""Posted messages whose articles were corrected or withdrawn since, and the outbox of their edits."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, case, delete, exists, func, insert, literal, or_, select, union, update

from bot.errors import NotFound
from bot.languages.translations import N_
from bot.model.delivery import Delivery, DeliveryState, PostedMessage
from bot.model.reports import EVERYWHERE
from bot.store.database import known_id
from bot.store.leases import Topic, key_of
from bot.store.schema.columns import ArticleState, SetbackStep
from bot.store.schema.news_tables import ArticleRow
from bot.store.schema.server_tables import (
    ClaimDecisionRow,
    DeliveryRow,
    DepartedGuildRow,
    EditRow,
    ShownArticleRow,
)
from bot.store.schema.values import value_of
from bot.store.servers.outbox import Outbox
from bot.store.setbacks import is_held

CORRECTED_UP_TO = timedelta(days=8)
"""How long after a correction the messages that show its article are edited."""


class Edits(Outbox):
    """The outbox of edits. Only the latest edit of a message is kept, because it contains the whole message."""

    TABLE = EditRow
    LEASE = (Topic.STEP, key_of("correct"))
    MISSING = N_("This edit does not exist any more.")

    async def outdated(self, now: datetime, limit: int) -> list[PostedMessage]:
        """Return posted messages with an article that was corrected or withdrawn since they were last compared.

        A corrected article counts once its claims were extracted again. If it was decided to hide or show one of
        its claims, it counts for the server of that decision. Messages now due to be compared because actors were
        changed are returned, too.
        """
        moments = (ArticleRow.revised_at, ArticleRow.withdrawn_at)
        since = now - CORRECTED_UP_TO
        # one select for each, so that each uses its index
        everywhere = literal(EVERYWHERE).label("guild_id")
        changes: list[Any] = [
            select(ArticleRow.id, moment.label("at"), everywhere).where(moment > since) for moment in moments
        ]
        decided = select(ClaimDecisionRow.article_id, ClaimDecisionRow.decided_at, ClaimDecisionRow.guild_id)
        changed: CompoundSelect[Any] = union(*changes, decided.where(ClaimDecisionRow.decided_at > since))
        change = changed.subquery()
        compared = func.coalesce(DeliveryRow.checked_at, DeliveryRow.slot)
        postable = (
            ~is_held(SetbackStep.CORRECT, DeliveryRow.id, now),
            DeliveryRow.state == DeliveryState.SENT,
            DeliveryRow.message_id.is_not(None),
            DeliveryRow.shows.is_not(None),
        )
        read_anew = exists().where(
            ShownArticleRow.delivery_id == DeliveryRow.id,
            ArticleRow.id == ShownArticleRow.article_id,
            ArticleRow.state != ArticleState.EXTRACTED,
        )
        query = (
            select(DeliveryRow.__table__)
            .join(ShownArticleRow, ShownArticleRow.delivery_id == DeliveryRow.id)
            .join(change, change.c.id == ShownArticleRow.article_id)
            .join(ArticleRow, ArticleRow.id == change.c.id)
            .where(or_(change.c.guild_id == EVERYWHERE, change.c.guild_id == DeliveryRow.guild_id))
            .where(change.c.at > compared, ArticleRow.state == ArticleState.EXTRACTED)
            .where(*postable)
            .order_by(DeliveryRow.id)
            .limit(limit)
        )
        marked = (
            select(DeliveryRow.__table__)
            .where(DeliveryRow.compare_at <= now, *postable, ~read_anew)
            .order_by(DeliveryRow.id)
            .limit(limit)
        )
        found: dict[int, PostedMessage] = {}
        async with self._database.reading() as connection:
            for one in (query, marked):
                for row in await connection.execute(one):
                    found[row.id] = value_of(PostedMessage, row)
        return [found[delivery_id] for delivery_id in sorted(found)][:limit]

    async def compared(self, delivery_id: int, now: datetime) -> None:
        """Record that a message was compared with its articles and is up to date."""
        known = update(DeliveryRow).where(DeliveryRow.id == known_id(delivery_id))
        async with self._database.writing() as connection:
            await connection.execute(known.values(checked_at=now, compare_at=_later_mark(now)))

    async def put(
        self, message: PostedMessage, payload: dict[str, Any], shows: dict[str, Any], now: datetime
    ) -> None:
        """Store the new state of a message, replacing an earlier edit that waits. Raise NotFound."""
        known = update(DeliveryRow).where(DeliveryRow.id == known_id(message.id))
        row = {
            "delivery_id": message.id,
            "slot": now,
            "payload": payload,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "next_try_at": now,
            "message_id": message.message_id,
        }
        async with self._database.writing() as connection:
            known = known.values(shows=shows, checked_at=now, compare_at=_later_mark(now))
            if (await connection.execute(known)).rowcount == 0:
                raise NotFound(self.MISSING)
            # a new row: the earlier one may be on its way right now, and its result then no longer matters
            await connection.execute(delete(EditRow).where(EditRow.delivery_id == message.id))
            await connection.execute(insert(EditRow).values(row))

    async def due(self, now: datetime, limit: int) -> list[Delivery]:
        """Return the edits to make now, in order."""
        departed = exists().where(DepartedGuildRow.guild_id == DeliveryRow.guild_id)
        query = (
            select(
                EditRow.__table__,
                DeliveryRow.channel_id,
                DeliveryRow.thread_id,
                DeliveryRow.nonce,
                DeliveryRow.part,
            )
            .join(DeliveryRow, DeliveryRow.id == EditRow.delivery_id)
            .where(EditRow.state == DeliveryState.PENDING, EditRow.next_try_at <= now, ~departed)
            .order_by(EditRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [value_of(Delivery, row, subscription_id=None) for row in rows]


def _later_mark(now: datetime) -> Any:
    """Return the time for which a message stays marked, if it has not come yet."""
    return case((DeliveryRow.compare_at > now, DeliveryRow.compare_at), else_=None)
