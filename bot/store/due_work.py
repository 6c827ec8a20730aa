"""Finds out which steps have work, without doing it, and the state of their job queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, literal, select, text

from bot.model.feeds import FeedState
from bot.store.database import Database
from bot.store.feeds.feeds import wanted
from bot.store.leases import Leases, Topic, held_by_others
from bot.store.schema.columns import ArticleState, SetbackStep
from bot.store.schema.news_tables import ArticleRow, EntryRow, FeedRow
from bot.store.servers.deliveries import Deliveries
from bot.store.servers.subscriptions import Subscriptions
from bot.store.setbacks import is_held


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many jobs of a queue wait or are being done, and how long the oldest has waited."""

    queue: str
    waiting: int
    running: int
    oldest: timedelta


class DueWork:
    """Finds out what is due. Work that another process has reserved is left out if the database can tell."""

    def __init__(
        self, database: Database, leases: Leases, subscriptions: Subscriptions, deliveries: Deliveries
    ) -> None:
        self._database = database
        self._leases = leases
        self._subscriptions = subscriptions
        self._deliveries = deliveries

    async def steps(self, now: datetime) -> set[str]:
        """Return which of the steps poll, read, extract, group, compose and deliver have work."""
        free = ~held_by_others(self._leases, Topic.EXTRACT, ArticleRow.id)
        conditions: dict[str, ColumnElement[bool]] = {
            "poll": exists().where(*_due_feed(now)),
            "read": exists().where(EntryRow.read_at <= now),
            "extract": exists().where(
                ArticleRow.state == ArticleState.READ, ~is_held(SetbackStep.EXTRACT, ArticleRow.id, now), free
            ),
            "group": exists().where(
                ArticleRow.state == ArticleState.EXTRACTED,
                ArticleRow.story_id.is_(None),
                ~is_held(SetbackStep.GROUP, ArticleRow.id, now),
            ),
        }
        async with self._database.reading() as connection:
            found = (await connection.execute(select(*(c.label(name) for name, c in conditions.items())))).one()
        due = {name for name, is_due in found._asdict().items() if is_due}
        if await self._subscriptions.due(now, 1):
            due.add("compose")
        if await self._deliveries.due(now, 1):
            due.add("deliver")
        return due

    async def oldest_feed(self, now: datetime) -> timedelta:
        """Return how long the longest-waiting feed has been due; zero if none is due."""
        query = select(func.min(FeedRow.next_poll_at)).where(*_due_feed(now))
        async with self._database.reading() as connection:
            since = (await connection.execute(query)).scalar()
        return now - since if since is not None else timedelta()

    async def queues(self) -> list[QueueState]:
        """Return the queues that have jobs. Needs PostgreSQL."""
        async with self._database.reading() as connection:
            return [QueueState(*row) for row in await connection.execute(_QUEUES)]

    async def queued(self) -> set[str]:
        """Return the steps with a job that waits for a worker. Needs PostgreSQL."""
        async with self._database.reading() as connection:
            return set((await connection.execute(_QUEUED)).scalars())

    async def time_of_the_database(self) -> datetime:
        """Return the time by the clock of the database. Needs PostgreSQL."""
        async with self._database.reading() as connection:
            found: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
        return found


def _due_feed(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return FeedRow.next_poll_at <= literal(now), FeedRow.state != FeedState.DISABLED, wanted()


_QUEUES = text(
    """SELECT j.queue_name, count(*) FILTER (WHERE j.status = 'todo'), count(*) FILTER (WHERE j.status = 'doing'),
        coalesce(clock_timestamp() - min(e.at) FILTER (WHERE j.status = 'todo'), interval '0')
    FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
    WHERE j.status IN ('todo', 'doing') GROUP BY j.queue_name ORDER BY j.queue_name"""
)
_QUEUED = text("SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock IS NOT NULL")
