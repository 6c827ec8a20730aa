"""Letters: the messages about what is followed, and their outbox. No place is told of an article twice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound, ShownMeanwhile
from bot.languages.translations import N_, _
from bot.model.delivery import Delivery, DeliveryState
from bot.model.follows import Follow, Letter
from bot.store.database import chunks, insert_rows, known_id
from bot.store.leases import Topic, key_of
from bot.store.schema.columns import ArticleState
from bot.store.schema.news_tables import ArticleRow
from bot.store.schema.person_tables import FollowRow, LetterRow, ToldArticleRow
from bot.store.schema.server_tables import DepartedGuildRow, ShownArticleRow
from bot.store.schema.values import value_of
from bot.store.servers.outbox import Outbox


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A message for one place: the follows that it has news about, and the articles and claims that it shows."""

    follows: tuple[Follow, ...]
    nonce: str
    payload: dict[str, Any]
    article_ids: tuple[int, ...]
    claim_ids: tuple[int, ...]


class Letters(Outbox):
    """The outbox of letters."""

    TABLE = LetterRow
    LEASE = (Topic.STEP, key_of("follow"))
    MISSING = N_("This letter does not exist any more.")

    async def untold(self, channel_id: int, article_ids: Collection[int], since: datetime) -> set[int]:
        """Return those of the articles that were read after `since` and that a place was not told of.

        For a channel, articles shown by its digests count as told.
        """
        told = exists().where(ToldArticleRow.channel_id == channel_id, ToldArticleRow.article_id == ArticleRow.id)
        shown = exists().where(
            ShownArticleRow.channel_id == channel_id, ShownArticleRow.article_id == ArticleRow.id
        )
        found: set[int] = set()
        async with self._database.reading() as connection:
            for some in chunks(sorted(set(article_ids))):
                query = select(ArticleRow.id).where(
                    ArticleRow.id.in_(some),
                    ArticleRow.state == ArticleState.EXTRACTED,
                    ArticleRow.read_at > since,
                    ~told,
                    ~shown,
                )
                found.update((await connection.execute(query)).scalars())
        return found

    async def put(self, letter: NewLetter, next_at: datetime | None) -> None:
        """Put a letter into the outbox and set when its follows are due again: all or nothing.

        Raises ShownMeanwhile if the place was told of one of the articles in the meantime.
        """
        first = letter.follows[0]
        reach, now = first.reach, self._database.clock()
        row = {
            "guild_id": first.guild_id,
            "user_id": first.user_id if reach.private else None,
            "channel_id": reach.channel_id,
            "private": reach.private,
            "slot": now,
            "nonce": letter.nonce,
            "payload": letter.payload,
            "claim_ids": list(letter.claim_ids),
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "next_try_at": now,
        }
        async with self._database.writing() as connection:
            created = await connection.execute(insert(LetterRow).values(row).returning(LetterRow.id))
            letter_id: int = created.scalar_one()
            await self._reserve(connection, reach.channel_id, letter_id, letter.article_ids)
            if not reach.private:
                await self._show(connection, first.guild_id, reach.channel_id, letter.article_ids)
            for some in chunks([follow.id for follow in letter.follows]):
                known = update(FollowRow).where(FollowRow.id.in_(some))
                await connection.execute(known.values(next_at=next_at, told_at=now))

    async def due(self, now: datetime, limit: int) -> list[Letter]:
        """Return the letters to post now, the oldest first. Those of servers that removed the bot wait."""
        departed = exists().where(DepartedGuildRow.guild_id == LetterRow.guild_id)
        query = (
            select(LetterRow.__table__)
            .where(LetterRow.state == DeliveryState.PENDING, LetterRow.next_try_at <= now, ~departed)
            .order_by(LetterRow.slot, LetterRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [_letter_of(row) for row in await connection.execute(query)]

    async def showing(self, nonce: str, channel_id: int, claim_id: int) -> Letter:
        """Return the letter in a channel that shows a claim. Raises NotFound."""
        query = select(LetterRow.__table__).where(LetterRow.nonce == nonce, LetterRow.channel_id == channel_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None or claim_id not in row.claim_ids:
            raise NotFound(_(self.MISSING))
        return _letter_of(row)

    async def withdraw(self, user_id: int, guild_id: int) -> None:
        """Delete the letters waiting for a person from a server."""
        async with self._database.writing() as connection:
            await connection.execute(
                delete(LetterRow).where(
                    LetterRow.user_id == user_id,
                    LetterRow.guild_id == guild_id,
                    LetterRow.state == DeliveryState.PENDING,
                )
            )

    async def take_back(self, follow: Follow) -> None:
        """Withdraw the waiting letters with news about a follow; their other news is sent again.

        A letter that Discord may have posted is not retried.
        """
        known = select(FollowRow.told_at).where(FollowRow.id == follow.id)
        async with self._database.writing() as connection:
            told_at = (await connection.execute(known)).scalar()
            if told_at is None:
                return
            place = (LetterRow.guild_id == follow.guild_id, LetterRow.channel_id == follow.reach.channel_id)
            waiting = (*place, LetterRow.state == DeliveryState.PENDING, LetterRow.slot <= told_at)
            query = select(LetterRow.id, LetterRow.slot, LetterRow.attempted_at).where(*waiting)
            letters = (await connection.execute(query)).all()
            if not letters:
                return
            for letter in letters:
                await self._given_up(connection, letter.id)
            gone = delete(LetterRow).where(*waiting, LetterRow.attempted_at.is_(None))
            await connection.execute(gone)
            await connection.execute(update(LetterRow).where(*waiting).values(state=DeliveryState.FAILED))
            others = update(FollowRow).where(
                FollowRow.id != follow.id,
                FollowRow.guild_id == follow.guild_id,
                FollowRow.channel_id == follow.reach.channel_id,
                FollowRow.removed_at.is_(None),
                FollowRow.told_at >= min(letter.slot for letter in letters),
            )
            await connection.execute(others.values(next_at=self._database.clock()))

    async def _reserve(
        self, connection: AsyncConnection, channel_id: int, letter_id: int, article_ids: Sequence[int]
    ) -> None:
        rows = [{"channel_id": channel_id, "article_id": one, "letter_id": letter_id} for one in article_ids]
        statement = self._database.insert(ToldArticleRow).on_conflict_do_nothing()
        if len(await insert_rows(connection, statement.returning(ToldArticleRow.article_id), rows)) < len(rows):
            raise ShownMeanwhile

    async def _show(
        self, connection: AsyncConnection, guild_id: int, channel_id: int, article_ids: Sequence[int]
    ) -> None:
        """Keep the digests of the channel from showing the articles, too."""
        rows = [{"guild_id": guild_id, "channel_id": channel_id, "article_id": one} for one in article_ids]
        statement = self._database.insert(ShownArticleRow).on_conflict_do_nothing()
        if len(await insert_rows(connection, statement.returning(ShownArticleRow.article_id), rows)) < len(rows):
            raise ShownMeanwhile

    async def _given_up(self, connection: AsyncConnection, delivery_id: int) -> None:
        """Free the articles of a letter that was certainly not posted: told means posted."""
        found = await connection.execute(
            select(LetterRow.attempted_at, LetterRow.channel_id).where(LetterRow.id == known_id(delivery_id))
        )
        row = found.first()
        if row is None or row.attempted_at is not None:
            return
        told = select(ToldArticleRow.article_id).where(ToldArticleRow.letter_id == delivery_id)
        await connection.execute(
            delete(ShownArticleRow).where(
                ShownArticleRow.channel_id == row.channel_id,
                ShownArticleRow.article_id.in_(told),
                ShownArticleRow.delivery_id.is_(None),
            )
        )
        await connection.execute(delete(ToldArticleRow).where(ToldArticleRow.letter_id == delivery_id))


def _letter_of(row: Found[Any]) -> Letter:
    return Letter(value_of(Delivery, row, subscription_id=None, part=row.id), row.guild_id, row.user_id)
