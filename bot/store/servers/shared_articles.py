"""Articles that the digests of many servers have in common, read once for all digests composed together.

Servers with the same feeds get the same articles. Servers differ in where they saw copies, which claims they have
withdrawn, which stories they have merged or split, and how they have changed actors; few have any of these.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.digests import DigestArticle, Selection, ToldBefore
from bot.model.reports import Decision
from bot.store.actors.seen_actors import SeenActors
from bot.store.database import Database, chunks
from bot.store.schema.news_tables import CopyRow
from bot.store.schema.server_tables import ClaimDecisionRow, StoryChangeRow
from bot.store.servers.candidates_together import Candidates

MOST_SHARED = 2_000
"""The most articles that are kept, about 10 MB; the first ones are dropped."""


@dataclass(slots=True)
class SharedArticles:
    """Knowledge about articles and servers while many digests are composed. It must not outlive that."""

    changing: frozenset[int] = frozenset()
    """The servers that have merged or split stories."""
    withdrawing: frozenset[int] = frozenset()
    """The servers that have withdrawn claims."""
    candidates: Candidates = field(default_factory=Candidates)
    """The candidates of the digests, if they were looked up for all of them."""
    _articles: dict[tuple[int, float, SeenActors], DigestArticle] = field(default_factory=dict)
    _copied: set[int] = field(default_factory=set)

    def known(
        self, article_ids: Iterable[int], minimum_confidence: float, seen: SeenActors
    ) -> dict[int, DigestArticle]:
        """Return those of the articles that are known with the claims of this confidence, by their ids.

        `seen` are the actors as the server sees them.
        """
        found = ((one, self._articles.get((one, minimum_confidence, seen))) for one in article_ids)
        return {one: article for one, article in found if article is not None}

    def as_for_all(
        self, article_ids: Sequence[int], guild_id: int | None, minimum_confidence: float, seen: SeenActors
    ) -> list[DigestArticle] | None:
        """Return the articles if all are known, and the server sees them like all servers with these actors."""
        if guild_id in self.changing or guild_id in self.withdrawing or self.copied(article_ids):
            return None
        known = self.known(article_ids, minimum_confidence, seen)
        return [known[one] for one in article_ids] if len(known) == len(article_ids) else None

    def told(
        self, channel_id: int, story_ids: Collection[int], selection: Selection
    ) -> dict[int, ToldBefore] | None:
        """Return what a channel was told of stories, by their ids, if all of it is known."""
        told = self.candidates.told(channel_id, story_ids)
        if told is None or selection.guild_id in self.changing:
            return None
        if not told:
            return {}
        seen = self.candidates.seen[selection.guild_id or 0]
        found: dict[int, ToldBefore] = {}
        for story_id, article_ids in told.items():
            articles = self.as_for_all(article_ids, selection.guild_id, selection.minimum_confidence, seen)
            if articles is None:
                return None
            found[story_id] = ToldBefore(article_ids[0], tuple(c for one in articles for c in one.claims))
        return found

    def add(
        self,
        articles: Iterable[DigestArticle],
        minimum_confidence: float,
        seen: SeenActors,
        copied: Iterable[int],
    ) -> None:
        """Keep articles as seen by all servers with these actors; `copied` are those that have copies."""
        self._articles |= {(article.article_id, minimum_confidence, seen): article for article in articles}
        self._copied.update(copied)
        while len(self._articles) > MOST_SHARED:
            del self._articles[next(iter(self._articles))]

    def copied(self, article_ids: Iterable[int]) -> list[int]:
        """Return those of the articles that have copies."""
        return [one for one in article_ids if one in self._copied]


async def shared_by(database: Database, guild_ids: Collection[int]) -> SharedArticles:
    """Return the data shared by digests of these servers: no articles so far."""
    changing: set[int] = set()
    withdrawing: set[int] = set()
    async with database.reading() as connection:
        for some in chunks(sorted(guild_ids)):
            changed = select(StoryChangeRow.guild_id).where(StoryChangeRow.guild_id.in_(some)).distinct()
            changing.update((await connection.execute(changed)).scalars())
            decided = select(ClaimDecisionRow.guild_id).where(
                ClaimDecisionRow.guild_id.in_(some), ClaimDecisionRow.decision == Decision.WITHDRAWN
            )
            withdrawing.update((await connection.execute(decided.distinct())).scalars())
    return SharedArticles(frozenset(changing), frozenset(withdrawing))


async def with_copies(connection: AsyncConnection, article_ids: Sequence[int]) -> set[int]:
    """Return those of the articles that have copies."""
    found: set[int] = set()
    for some in chunks(article_ids):
        query = select(CopyRow.article_id).where(CopyRow.article_id.in_(some)).distinct()
        found.update((await connection.execute(query)).scalars())
    return found


async def withdrawn_by(connection: AsyncConnection, guild_id: int) -> set[int]:
    """Return the claims that a server has withdrawn."""
    query = select(ClaimDecisionRow.claim_id).where(
        ClaimDecisionRow.guild_id == guild_id, ClaimDecisionRow.decision == Decision.WITHDRAWN
    )
    return set((await connection.execute(query)).scalars())
