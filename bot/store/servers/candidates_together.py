"""The candidates of many digests, looked up with few statements for all of them.

One by one, each digest would query its server's feeds, their entries, the articles that its channel already got,
and those of the same stories: most of the time that composing takes.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.digests import Selection
from bot.store.actors.actor_changes import ActorChanges
from bot.store.actors.seen_actors import SeenActors
from bot.store.database import chunks
from bot.store.schema.columns import ArticleState
from bot.store.schema.news_tables import ArticleRow, EntryRow
from bot.store.schema.server_tables import GuildFeedRow, ShownArticleRow

FEEDS_AT_ONCE = 100
"""Feeds whose entries are read with one statement: some thousand rows, a few hundredths of a second."""
STORIES_AT_ONCE = 5_000
"""Stories in one statement, which walks over everything the channels were given since the oldest of them."""
MOST_CANDIDATES = 100_000
"""The most entries kept, some 20 MB. Servers whose feeds brought more are queried one by one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The specification of a digest: which articles, first seen since when, and for which channel."""

    selection: Selection
    channel_id: int
    since: datetime


class _Brought(NamedTuple):
    """An article that a feed brought."""

    article_id: int
    first_seen_at: datetime


class _Article(NamedTuple):
    """An article that may be shown."""

    published_at: datetime
    story_id: int


@dataclass(slots=True)
class Candidates:
    """The articles that digests of some servers may show. An empty one knows of none."""

    seen: dict[int, SeenActors] = field(default_factory=dict)
    """The actors as each server sees them."""
    _feeds: dict[int, frozenset[int]] = field(default_factory=dict)
    _since: datetime | None = None
    _brought: dict[int, list[_Brought]] = field(default_factory=dict)
    _articles: dict[int, _Article] = field(default_factory=dict)
    _stories: frozenset[int] = frozenset()
    _given: dict[int, dict[int, int]] = field(default_factory=dict)
    """The articles of `_stories` that each channel was given, each with its story."""

    def newest(self, selection: Selection, since: datetime, channel_id: int | None) -> list[int] | None:
        """Return the articles new to a channel, those published last first; None if they were not looked up."""
        guild_id = selection.guild_id
        if guild_id not in self._feeds or channel_id not in self._given:
            return None
        if self._since is None or since < self._since:
            return None
        feeds = self._feeds[guild_id]
        feeds = feeds & frozenset(selection.feed_ids) if selection.feed_ids else feeds
        given = self._given[channel_id]
        found = {
            (self._articles[one.article_id].published_at, one.article_id)
            for feed_id in feeds
            for one in self._brought[feed_id]
            if one.first_seen_at >= since and one.article_id in self._articles and one.article_id not in given
        }
        return [article_id for _, article_id in sorted(found, reverse=True)]

    def given(self, channel_id: int) -> list[int]:
        """Return the articles of these stories that a channel was given."""
        return list(self._given.get(channel_id, ()))

    def told(self, channel_id: int, story_ids: Collection[int]) -> dict[int, list[int]] | None:
        """Return the articles of stories that a channel was given, by story, the newest first.

        None if they were not looked up for all of the stories.
        """
        if channel_id not in self._given or not self._stories.issuperset(story_ids):
            return None
        found: dict[int, list[int]] = {}
        for article_id, story_id in sorted(self._given[channel_id].items(), reverse=True):
            if story_id in story_ids:
                found.setdefault(story_id, []).append(article_id)
        return found


async def candidates_of(
    connection: AsyncConnection, wanted: Sequence[Wanted], actor_changes: ActorChanges
) -> Candidates:
    """Return the candidates for these digests.

    Digests of one channel are left out: each changes the candidates of the others.
    """
    channels = Counter(one.channel_id for one in wanted)
    alone = [one for one in wanted if one.selection.guild_id is not None and channels[one.channel_id] == 1]
    if not alone:
        return Candidates()
    feeds = await _feeds_of(connection, {one.selection.guild_id or 0 for one in alone})
    since = min(one.since for one in alone)
    brought: dict[int, list[_Brought]] = {}
    articles: dict[int, _Article] = {}
    entries = 0
    for some in _some(sorted(frozenset().union(*feeds.values())), FEEDS_AT_ONCE):
        if entries > MOST_CANDIDATES:
            break
        came = await _brought_by(connection, some, since)
        brought |= came
        new = {one.article_id for entries_of in came.values() for one in entries_of} - articles.keys()
        articles |= await _articles(connection, new)
        entries += sum(map(len, came.values()))
    known = {guild_id: has for guild_id, has in feeds.items() if has <= brought.keys()}
    seen = {guild_id: await actor_changes.seen_by(connection, guild_id) for guild_id in known}
    stories = frozenset(article.story_id for article in articles.values())
    channels_known = [one.channel_id for one in alone if one.selection.guild_id in known]
    given = await _given(connection, channels_known, stories)
    return Candidates(seen, known, since, brought, articles, stories, given)


async def _feeds_of(connection: AsyncConnection, guild_ids: Collection[int]) -> dict[int, frozenset[int]]:
    feeds: dict[int, set[int]] = {guild_id: set() for guild_id in guild_ids}
    for some in chunks(sorted(guild_ids)):
        query = select(GuildFeedRow.guild_id, GuildFeedRow.feed_id).where(GuildFeedRow.guild_id.in_(some))
        for guild_id, feed_id in await connection.execute(query):
            feeds[guild_id].add(feed_id)
    return {guild_id: frozenset(has) for guild_id, has in feeds.items()}


async def _brought_by(
    connection: AsyncConnection, feed_ids: Sequence[int], since: datetime
) -> dict[int, list[_Brought]]:
    found: dict[int, list[_Brought]] = {feed_id: [] for feed_id in feed_ids}
    query = select(EntryRow.feed_id, EntryRow.article_id, EntryRow.first_seen_at).where(
        EntryRow.feed_id.in_(feed_ids), EntryRow.first_seen_at >= since, EntryRow.article_id.is_not(None)
    )
    for feed_id, article_id, first_seen_at in await connection.execute(query):
        if article_id is not None:
            found[feed_id].append(_Brought(article_id, first_seen_at))
    return found


async def _articles(connection: AsyncConnection, article_ids: Collection[int]) -> dict[int, _Article]:
    """Return those of the articles that are analysed and in a story."""
    found: dict[int, _Article] = {}
    for some in chunks(sorted(article_ids)):
        query = select(ArticleRow.id, ArticleRow.published_at, ArticleRow.story_id).where(
            ArticleRow.id.in_(some),
            ArticleRow.state == ArticleState.EXTRACTED,
            ArticleRow.story_id.is_not(None),
        )
        for article_id, published_at, story_id in await connection.execute(query):
            if story_id is not None:
                found[article_id] = _Article(published_at, story_id)
    return found


async def _given(
    connection: AsyncConnection, channel_ids: Sequence[int], story_ids: Collection[int]
) -> dict[int, dict[int, int]]:
    """Return the articles of these stories that each channel was given, each with its story."""
    found: dict[int, dict[int, int]] = {channel_id: {} for channel_id in channel_ids}
    for some in _some(sorted(story_ids), STORIES_AT_ONCE):
        first = (
            await connection.execute(select(func.min(ArticleRow.id)).where(ArticleRow.story_id.in_(some)))
        ).scalar()
        if first is None:
            continue
        for channels in chunks(channel_ids):
            query = (
                select(ShownArticleRow.channel_id, ArticleRow.id, ArticleRow.story_id)
                .join(ArticleRow, ArticleRow.id == ShownArticleRow.article_id)
                .where(
                    ShownArticleRow.channel_id.in_(channels),
                    ShownArticleRow.article_id >= first,
                    (ArticleRow.story_id + 0).in_(some),  # not by its index: the channels were given fewer
                )
            )
            for channel_id, article_id, story_id in await connection.execute(query):
                if story_id is not None:
                    found[channel_id][article_id] = story_id
    return found


def _some(values: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), most):
        yield values[start : start + most]
