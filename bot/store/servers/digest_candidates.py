"""Articles that a digest may show."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.actor_changes import ChangedBy
from bot.model.articles import Printing
from bot.model.digests import DigestArticle, DigestClaim, Selection, ToldBefore
from bot.model.story_changes import StoryChange, stories_behind, story_seen
from bot.store.actors.actor_changes import ActorChanges, not_hidden
from bot.store.actors.actors import named_actors
from bot.store.actors.seen_actors import SeenActors
from bot.store.articles.copies import also_in, printings
from bot.store.articles.texts import with_text
from bot.store.claims.claim_rows import passes_on_another, tellers_seen
from bot.store.database import Database, chunks
from bot.store.schema.columns import ArticleState, EntryState
from bot.store.schema.news_tables import ArticleActorRow, ArticleRow, ClaimRow, EntryRow, FeedRow
from bot.store.schema.server_tables import GuildFeedRow, ShownArticleRow
from bot.store.schema.values import value_of
from bot.store.servers.candidates_together import Wanted, candidates_of
from bot.store.servers.shared_articles import MOST_SHARED, SharedArticles, shared_by, with_copies, withdrawn_by
from bot.store.servers.story_changes import changes_of
from bot.store.visibility import not_withdrawn, withdrawn_in

_ARTICLE = (
    ArticleRow.id.label("article_id"),
    ArticleRow.story_id,
    ArticleRow.title,
    ArticleRow.url,
    ArticleRow.outlet,
    ArticleRow.published_at,
    ArticleRow.image_url,
)

READ_AT_ONCE = 50
"""How many articles are read at a time for all digests: some hundred claims, about a hundredth of a second."""


class Digests:
    """The articles waiting for digests."""

    def __init__(self, database: Database, actor_changes: ActorChanges) -> None:
        self._database = database
        self._actor_changes = actor_changes

    async def unshown_articles(
        self,
        selection: Selection,
        *,
        since: datetime,
        limit: int,
        offset: int = 0,
        unshown_in: int | None = None,
        shared: SharedArticles | None = None,
    ) -> list[DigestArticle]:
        """Return articles for the next digest, those published last first.

        They are articles in stories, from entries first seen at `since` or later, of the selected feeds that the
        server has (the host: all feeds), that no subscription has shown in the channel `unshown_in`. They come
        with their claims of at least the selection's confidence. Articles already `shared` with other digests are
        not read again.
        """
        shared = shared or await self.shared_by([selection.guild_id] if selection.guild_id is not None else [])
        guild_id, least = selection.guild_id, selection.minimum_confidence
        found = shared.candidates.newest(selection, since, unshown_in)
        if found is not None and guild_id is not None:
            found = found[offset : offset + limit]
            whole = shared.as_for_all(found, guild_id, least, shared.candidates.seen[guild_id])
            if whole is not None:
                return whole
        async with self._database.reading() as connection:
            article_ids = found
            if article_ids is None:
                newest = _newest(selection, since, unshown_in).limit(limit).offset(offset)
                article_ids = list((await connection.execute(newest)).scalars())
            seen = await self._actor_changes.seen_by(connection, guild_id)
            known = shared.known(article_ids, least, seen)
            missing = [one for one in article_ids if one not in known]
            read = await _for_all(connection, missing, least, seen)
            shared.add(read, least, seen, await with_copies(connection, missing))
            by_id = known | {article.article_id: article for article in read}
            articles = [by_id[one] for one in article_ids]
            printed: dict[int, list[Printing]] = {}
            if copied := shared.copied(article_ids):
                printed = await printings(connection, copied, guild_id, selection.feed_ids)
            changes = await _changes(connection, guild_id) if guild_id in shared.changing else []
            hidden = await withdrawn_by(connection, guild_id) if guild_id in shared.withdrawing else set()
        if changes:
            articles = [
                replace(a, story_id=story_seen(changes, a.article_id, a.story_id))
                for a in articles
                if a.story_id is not None
            ]
        if hidden:
            articles = [
                replace(a, claims=tuple(c for c in a.claims if c.claim_id not in hidden)) for a in articles
            ]
        return [_as_printed(article, printed.get(article.article_id, ())) for article in articles]

    async def shared_by(self, guild_ids: Collection[int]) -> SharedArticles:
        """Return the data that digests of these servers share, for all that are composed together."""
        return await shared_by(self._database, guild_ids)

    async def shared_among(self, wanted: Sequence[Wanted], limit: int) -> SharedArticles:
        """Return the data that these digests share, with the candidates of each: `limit` articles of each are
        read.
        """
        guild_ids = {one.selection.guild_id for one in wanted if one.selection.guild_id is not None}
        shared = await shared_by(self._database, guild_ids)
        async with self._database.reading() as connection:
            shared.candidates = candidates = await candidates_of(connection, wanted, self._actor_changes)
            groups: dict[tuple[float, SeenActors], dict[int, None]] = {}
            for one in wanted:
                await asyncio.sleep(0)  # the event loop has other things to do
                selection = one.selection
                newest = candidates.newest(selection, one.since, one.channel_id)
                if newest and selection.guild_id is not None:
                    group = selection.minimum_confidence, candidates.seen[selection.guild_id]
                    ids = (*newest[:limit], *candidates.given(one.channel_id))
                    groups.setdefault(group, {}).update(dict.fromkeys(ids))
            for (least, seen), article_ids in groups.items():
                for some in _in_small_parts(list(article_ids)[:MOST_SHARED]):
                    read = await _for_all(connection, some, least, seen)
                    shared.add(read, least, seen, await with_copies(connection, some))
        return shared

    async def are_being_read(self, selection: Selection) -> bool:
        """Return whether a selected feed was never polled, or one of its entries waits to be read or analysed."""
        of_feeds: list[ColumnElement[bool]] = []
        if selection.guild_id is not None:
            attached = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == selection.guild_id)
            of_feeds.append(FeedRow.id.in_(attached))
        if selection.feed_ids:
            of_feeds.append(FeedRow.id.in_(selection.feed_ids))
        unpolled = select(FeedRow.id).where(*of_feeds, FeedRow.last_polled_at.is_(None))
        unread = select(EntryRow.id).join(FeedRow, FeedRow.id == EntryRow.feed_id)
        unread = unread.where(*of_feeds, EntryRow.state == EntryState.NEW, EntryRow.attempts == 0)
        unread = unread.where(EntryRow.read_at.is_not(None))
        to_analyse = select(EntryRow.id).join(FeedRow, FeedRow.id == EntryRow.feed_id)
        to_analyse = to_analyse.join(ArticleRow, ArticleRow.id == EntryRow.article_id).where(*of_feeds)
        waits = and_(ArticleRow.state == ArticleState.READ, ArticleRow.attempts == 0)
        waits = or_(waits, and_(ArticleRow.state == ArticleState.EXTRACTED, ArticleRow.story_id.is_(None)))
        async with self._database.reading() as connection:
            for query in (unpolled, unread, to_analyse.where(waits)):
                if (await connection.execute(query.limit(1))).first() is not None:
                    return True
        return False

    async def told_before(
        self,
        channel_id: int,
        story_ids: Sequence[int],
        selection: Selection,
        shared: SharedArticles | None = None,
    ) -> dict[int, ToldBefore]:
        """Return what a channel was told of stories, by their ids: the claims with enough confidence of its
        articles.
        """
        guild_id = selection.guild_id
        unchanged = shared is not None and guild_id not in shared.changing
        if shared is not None and (known := shared.told(channel_id, story_ids, selection)) is not None:
            return known
        articles: dict[int, list[int]] = {}
        claims: dict[int, list[DigestClaim]] = {}
        async with self._database.reading() as connection:
            changes = [] if unchanged else await _changes(connection, guild_id)
            for some in chunks(sorted(stories_behind(changes, story_ids))):
                query = (
                    select(ArticleRow.story_id, ArticleRow.id)
                    .join(ShownArticleRow, ShownArticleRow.article_id == ArticleRow.id)
                    .where(ShownArticleRow.channel_id == channel_id, ArticleRow.story_id.in_(some))
                    .order_by(ArticleRow.id.desc())
                )
                for row in await connection.execute(query):
                    seen = story_seen(changes, row.id, row.story_id)
                    if seen in story_ids:
                        articles.setdefault(seen, []).append(row.id)
            given = [article_id for ids in articles.values() for article_id in ids]
            told_by = await self._actor_changes.seen_by(connection, selection.guild_id)
            claims = await _claims(connection, given, selection.minimum_confidence, selection.guild_id, told_by)
        return {
            story_id: ToldBefore(ids[0], tuple(c for article_id in ids for c in claims.get(article_id, ())))
            for story_id, ids in articles.items()
        }

    async def texts(self, article_ids: Sequence[int]) -> dict[int, tuple[str | None, str]]:
        """Return the author and the text of articles, by their ids."""
        found: dict[int, tuple[str | None, str]] = {}
        async with self._database.reading() as connection:
            for some in chunks(sorted(set(article_ids))):
                query = select(ArticleRow.id, ArticleRow.author).where(ArticleRow.id.in_(some))
                found |= {row.id: (row.author, row.text) for row in await connection.execute(with_text(query))}
        return found

    async def as_now(self, article_ids: Sequence[int], guild_id: int) -> dict[int, DigestArticle]:
        """Return the present state of articles, with all their claims, as the feeds of a server have them."""
        found: dict[int, DigestArticle] = {}
        async with self._database.reading() as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            for some in chunks(sorted(set(article_ids))):
                query = select(*_ARTICLE, ArticleRow.withdrawn_at.is_not(None).label("withdrawn"))
                rows = (await connection.execute(query.where(ArticleRow.id.in_(some)))).all()
                claims = await _claims(connection, some, 0.0, guild_id, seen)
                withheld = await _withheld(connection, some, guild_id, seen)
                printed = await printings(connection, some, guild_id)
                for row in rows:
                    own = tuple(claims.get(row.article_id, ()))
                    gone = withheld.get(row.article_id, {})
                    hidden = tuple((claim_id, by) for claim_id, by in gone.items() if by is not None)
                    article = value_of(
                        DigestArticle, row, actors=(), claims=own, withheld=tuple(gone), hidden=hidden
                    )
                    found[row.article_id] = _as_printed(article, printed.get(row.article_id, ()))
        return found


def _newest(selection: Selection, since: datetime, unshown_in: int | None) -> Select[Any]:
    """Return the query for the articles of the selected feeds that the channel was not given, newest first."""
    came = select(EntryRow.article_id).where(EntryRow.first_seen_at >= since, EntryRow.article_id.is_not(None))
    if selection.guild_id is not None:
        has = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == selection.guild_id)
        came = came.where(EntryRow.feed_id.in_(has))
    if selection.feed_ids:
        came = came.where(EntryRow.feed_id.in_(selection.feed_ids))
    shown = exists().where(ShownArticleRow.channel_id == unshown_in, ShownArticleRow.article_id == ArticleRow.id)
    # without the order, for which either database would walk all articles, newest first
    found = (
        select(ArticleRow.id, ArticleRow.published_at)
        .where(
            ArticleRow.id.in_(came),
            ArticleRow.state == ArticleState.EXTRACTED,
            ArticleRow.story_id.is_not(None),
            *([] if unshown_in is None else [~shown]),
        )
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    return select(found.c.id).order_by(found.c.published_at.desc(), found.c.id.desc())


def _in_small_parts(article_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield a few articles at a time: turning them into values blocks the event loop."""
    for start in range(0, len(article_ids), READ_AT_ONCE):
        yield article_ids[start : start + READ_AT_ONCE]


async def _changes(connection: AsyncConnection, guild_id: int | None) -> list[StoryChange]:
    return [] if guild_id is None else await changes_of(connection, guild_id)


async def _for_all(
    connection: AsyncConnection, article_ids: Sequence[int], minimum_confidence: float, seen: SeenActors
) -> list[DigestArticle]:
    """Return articles in the form common to servers that have withdrawn nothing, saw no copies and see these
    actors.
    """
    rows = await _articles(connection, article_ids)
    actors = await named_actors(connection, article_ids, seen)
    claims = await _claims(connection, article_ids, minimum_confidence, None, seen)
    return [
        value_of(
            DigestArticle,
            row,
            actors=actors.get(row.article_id, ()),
            claims=tuple(claims.get(row.article_id, ())),
        )
        for row in rows
    ]


def _as_printed(article: DigestArticle, printed: Sequence[Printing]) -> DigestArticle:
    """Return `article` as the selected feeds have it, with the other outlets that published the same text."""
    if not printed:
        return article
    first, others = printed[0], also_in(printed)
    claims = tuple(replace(c, outlet=first.outlet, url=first.url, copies=others) for c in article.claims)
    return replace(
        article,
        title=first.title,
        url=first.url,
        outlet=first.outlet,
        published_at=first.published_at,
        image_url=first.image_url,
        claims=claims,
    )


async def _articles(connection: AsyncConnection, article_ids: Sequence[int]) -> list[Any]:
    """Return the rows of articles, in the order of the given ids."""
    found = {}
    for some in chunks(article_ids):
        for row in await connection.execute(select(*_ARTICLE).where(ArticleRow.id.in_(some))):
            found[row.article_id] = row
    return [found[article_id] for article_id in article_ids]


async def _withheld(
    connection: AsyncConnection, article_ids: Sequence[int], guild_id: int | None, seen: SeenActors
) -> dict[int, dict[int, ChangedBy | None]]:
    """Return the hidden claims of each article, with who hides the actor. None: the claim was withdrawn."""
    shown = not_hidden(seen, ClaimRow.actor_id, ClaimRow.article_id)
    withdrawn = ClaimRow.id.in_(withdrawn_in(guild_id))
    query = select(ClaimRow.article_id, ClaimRow.id, ClaimRow.actor_id, withdrawn.label("withdrawn")).where(
        ClaimRow.article_id.in_(article_ids), or_(withdrawn, ~shown)
    )
    found: dict[int, dict[int, ChangedBy | None]] = {}
    for row in await connection.execute(query):
        by = None if row.withdrawn else seen.changed_by(row.actor_id, row.article_id)
        found.setdefault(row.article_id, {})[row.id] = by
    return found


async def _claims(
    connection: AsyncConnection,
    article_ids: Sequence[int],
    minimum_confidence: float,
    guild_id: int | None,
    seen: SeenActors,
) -> dict[int, list[DigestClaim]]:
    """Return the claims of each article in order of appearance, without those that only pass on another one."""
    claims: dict[int, list[DigestClaim]] = {}
    for some in chunks(article_ids):
        query = (
            select(
                ClaimRow.article_id,
                ClaimRow.id.label("claim_id"),
                ClaimRow.actor_id,
                ArticleActorRow.name.label("actor"),
                ArticleActorRow.role,
                ClaimRow.content_text.label("content"),
                ClaimRow.kind,
                ClaimRow.verbatim,
                ClaimRow.confidence,
                ArticleRow.outlet,
                ArticleRow.url,
                ClaimRow.cue_text.label("cue"),
                ClaimRow.told_by,
                ClaimRow.taken_back_text.label("taken_back"),
                ClaimRow.due_text.label("due"),
                ClaimRow.due_on,
                ClaimRow.refers_to_text.label("refers_to"),
                ClaimRow.source_text.label("source"),
                ClaimRow.time_text.label("time"),
            )
            .select_from(ClaimRow)
            .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
            .outerjoin(
                ArticleActorRow,
                and_(
                    ArticleActorRow.article_id == ClaimRow.article_id,
                    ArticleActorRow.actor_id == ClaimRow.actor_id,
                ),
            )
            .where(
                ClaimRow.article_id.in_(some),
                ClaimRow.confidence >= minimum_confidence,
                not_withdrawn(guild_id, ClaimRow),
                not_hidden(seen, ClaimRow.actor_id, ClaimRow.article_id),
                ~passes_on_another(ClaimRow.id, minimum_confidence),
            )
            .order_by(ClaimRow.article_id, ClaimRow.position)
        )
        rows = (await connection.execute(query)).all()
        tellers = await tellers_seen(connection, [row.article_id for row in rows if row.told_by], seen)
        for row in rows:
            told_by = tuple(tellers.get((row.article_id, name), name) for name in row.told_by or ())
            name, named_by = _speaker(row, seen)
            claims.setdefault(row.article_id, []).append(
                value_of(DigestClaim, row, actor=name, told_by=told_by, named_by=named_by)
            )
    return claims


def _speaker(row: Any, seen: SeenActors) -> tuple[str | None, ChangedBy | None]:
    """Return the name of a claim's actor in a server, and who gave it. None: the article did."""
    if row.actor_id is None or not seen:
        return row.actor, None
    given = seen.name_of(seen.seen(row.actor_id, row.article_id))
    by = seen.changed_by(row.actor_id, row.article_id) if given and given != row.actor else None
    return given or row.actor, by
