"""How far the entries of feeds have got: read, analysed, waiting, or given up, and why."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from bot.model.feeds import EntryProgress, EntryStatus, EntrySummary
from bot.store.database import Database, chunks, known_id
from bot.store.schema.columns import ArticleState, EntryState, SetbackStep
from bot.store.schema.news_tables import ArticleRow, EntryRow, SetbackRow

REASONS = 500
"""How many of the latest failed entries are searched for the most recent reason of each feed."""
_OF_ENTRIES = {EntryState.SEEN: EntryProgress.LEFT_OUT, EntryState.FAILED: EntryProgress.UNREADABLE}
_OF_ARTICLES = {
    ArticleState.READ: EntryProgress.READ,
    ArticleState.FAILED: EntryProgress.UNANALYSED,
    ArticleState.EXTRACTED: EntryProgress.DONE,
}


class EntryStates:
    """Reports how far entries have got."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def entry_states(self, feed_id: int, limit: int) -> list[EntryStatus]:
        """Return how far the entries of a feed have got, the newest first."""
        query = (
            select(
                EntryRow.id,
                EntryRow.title,
                EntryRow.url,
                EntryRow.first_seen_at,
                EntryRow.state,
                EntryRow.error,
                EntryRow.read_at,
                EntryRow.article_id,
                ArticleRow.state.label("article_state"),
                ArticleRow.error.label("article_error"),
                SetbackRow.error.label("setback"),
                SetbackRow.retry_at,
            )
            .outerjoin(ArticleRow, ArticleRow.id == EntryRow.article_id)
            .outerjoin(SetbackRow, _is_setback_of_article())
            .where(EntryRow.feed_id == known_id(feed_id))
            .order_by(EntryRow.first_seen_at.desc(), EntryRow.id.desc())
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [_status_of(row) for row in await connection.execute(query)]

    async def entry_summaries(self, feed_ids: Sequence[int], since: datetime) -> dict[int, EntrySummary]:
        """Return for each feed how far its entries first seen at `since` or later have got."""
        counts: defaultdict[int, Counter[EntryProgress]] = defaultdict(Counter)
        reasons: dict[int, str] = {}
        async with self._database.reading() as connection:
            for some in chunks(list(feed_ids)):
                for row in await connection.execute(_counted(some, since)):
                    counts[row.feed_id][_progress(row.state, row.troubled, row.article_state)] += row.total
                for row in await connection.execute(_failed(some, since)):
                    reasons.setdefault(row.feed_id, row.article_error or row.error)
        return {feed_id: EntrySummary(counts[feed_id], reasons.get(feed_id)) for feed_id in feed_ids}

    async def waiting(self) -> Mapping[str, int]:
        """Return how many entries wait to be read or retried, and how many articles to be analysed."""
        entries = (
            select(EntryRow.error.is_not(None).label("again"), func.count().label("total"))
            .where(EntryRow.read_at.is_not(None))
            .group_by("again")
        )
        articles = select(func.count()).select_from(ArticleRow).where(ArticleRow.state == ArticleState.READ)
        async with self._database.reading() as connection:
            found = {bool(row.again): row.total for row in await connection.execute(entries)}
            waiting = (await connection.execute(articles)).scalar_one()
        return {"entries": found.get(False, 0), "entries again": found.get(True, 0), "articles": waiting}


def _is_setback_of_article() -> Any:
    steps = (SetbackStep.EXTRACT, SetbackStep.GROUP)
    return and_(SetbackRow.item_id == EntryRow.article_id, SetbackRow.step.in_(steps))


def _counted(feed_ids: Sequence[int], since: datetime) -> Any:
    troubled = EntryRow.error.is_not(None).label("troubled")
    kinds = (EntryRow.feed_id, EntryRow.state, troubled, ArticleRow.state.label("article_state"))
    return (
        select(*kinds, func.count().label("total"))
        .outerjoin(ArticleRow, ArticleRow.id == EntryRow.article_id)
        .where(EntryRow.feed_id.in_(feed_ids), EntryRow.first_seen_at >= since)
        .group_by(EntryRow.feed_id, EntryRow.state, "troubled", ArticleRow.state)
    )


def _failed(feed_ids: Sequence[int], since: datetime) -> Any:
    unread = and_(EntryRow.state.in_((EntryState.NEW, EntryState.FAILED)), EntryRow.error.is_not(None))
    return (
        select(EntryRow.feed_id, EntryRow.error, ArticleRow.error.label("article_error"))
        .outerjoin(ArticleRow, ArticleRow.id == EntryRow.article_id)
        .where(EntryRow.feed_id.in_(feed_ids), EntryRow.first_seen_at >= since)
        .where(or_(unread, ArticleRow.state == ArticleState.FAILED))
        .order_by(EntryRow.first_seen_at.desc(), EntryRow.id.desc())
        .limit(REASONS)
    )


def _progress(state: EntryState, troubled: object, article: ArticleState | None) -> EntryProgress:
    if state is EntryState.NEW:
        return EntryProgress.RETRYING if troubled else EntryProgress.WAITING
    if state is EntryState.READ and article is not None:
        return _OF_ARTICLES[article]
    return _OF_ENTRIES.get(state, EntryProgress.DONE)


def _status_of(row: Any) -> EntryStatus:
    progress = _progress(row.state, row.error, row.article_state)
    reason = row.error
    retry_at = row.read_at if progress is EntryProgress.RETRYING else None
    if row.state is EntryState.READ and (row.setback or row.article_error):
        reason = row.setback or row.article_error
        retry_at = row.retry_at if progress is not EntryProgress.UNANALYSED else None
    return EntryStatus(row.id, row.title, row.url, row.first_seen_at, progress, reason, retry_at, row.article_id)
