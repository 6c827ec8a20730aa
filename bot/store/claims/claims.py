"""Claims: stored with their actors, searched, and traced back to their sentences."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import ExtractionError, NotFound
from bot.languages.translations import _
from bot.model.actor_changes import ActorChoice
from bot.model.articles import Printing
from bot.model.claims import Claim, ClaimRecord, Evidence, Extraction, Span
from bot.model.queries import ClaimPage, ClaimQuery
from bot.store.actors.actor_changes import ActorChanges, not_hidden
from bot.store.actors.actors import (
    clear_actors,
    drop_orphans,
    save_actors,
)
from bot.store.actors.completion import actor_choices, actor_names
from bot.store.actors.seen_actors import SeenActors
from bot.store.actors.similar_words import similar_words
from bot.store.articles.copies import printings
from bot.store.articles.texts import text_of, with_text
from bot.store.claims.claim_decisions import follow_claims
from bot.store.claims.claim_records import as_printed, as_seen, record_of, records, records_of
from bot.store.claims.claim_rows import passed_on_by, passes_on_another, row_of
from bot.store.claims.evidence_excerpts import CONTEXT, Excerpt, Reader, excerpt, moved
from bot.store.claims.newest import newest_claims
from bot.store.database import Database, chunks, insert_rows, known_id
from bot.store.schema.columns import ArticleState, storable
from bot.store.schema.news_tables import ArticleActorRow, ArticleRow, ClaimExcerptRow, ClaimRow
from bot.store.schema.values import value_of
from bot.store.search.words import words_of
from bot.store.visibility import not_withdrawn, visible_to

LAST_OFFSET = 2**31
_EXCERPT = ("text", "start", "cut_before", "cut_after")
MOST_SIMILAR = 5
"""How many corrections of a misspelt word are tried: each costs a query."""
COUNTED = 100
"""Claims are counted up to this number, or to the end of the page: beyond it an answer says that there are more.
"""


class Claims:
    """The claims. A server sees only those from its own feeds."""

    def __init__(self, database: Database, actor_changes: ActorChanges) -> None:
        self._database = database
        self._actor_changes = actor_changes

    async def save_extraction(
        self, article_id: int, extraction: Extraction, *, text_read: str | None = None
    ) -> None:
        """Store the actors and claims of an article in place of earlier ones, and mark it extracted.

        A claim keeps its id if an earlier one had the same source and content, so that buttons of old messages
        still work. If the article's text is no longer `text_read`, the extracted one, nothing changes: the article
        waits to be extracted again.

        Raises NotFound, and ExtractionError if an offset is outside the text; then nothing changes.
        """
        async with self._database.writing() as connection:
            known = update(ArticleRow).where(ArticleRow.id == known_id(article_id))
            marked = known.values(state=ArticleState.EXTRACTED, error=None)
            published_at = (await connection.execute(marked.returning(ArticleRow.published_at))).scalar()
            if published_at is None:
                raise NotFound(_("There is no such article."))
            # after the article is locked: a revision may just have replaced the text
            text = await text_of(connection, article_id)
            if text_read is not None and text != text_read:
                await connection.execute(known.values(state=ArticleState.READ))
                return
            _refuse_strays(text, extraction.claims)
            were = await clear_actors(connection, article_id)
            ids = await save_actors(self._database, connection, article_id, extraction)
            reader = Reader(text)
            passed_on = passed_on_by(extraction.claims)
            rows = [
                row_of(claim, reader, ids, published_at.date())
                | {"article_id": article_id, "position": position, "passes_on": passed_on.get(position)}
                for position, claim in enumerate(extraction.claims)
            ]
            await _replace_claims(connection, article_id, rows)
            await follow_claims(connection, article_id)
            await drop_orphans(connection, were)

    async def search(self, query: ClaimQuery, *, limit: int, offset: int = 0) -> ClaimPage:
        """Return some of the claims that match, newest article first, and how many there are, up to `COUNTED`.

        For words that many claims contain, the result only says that there are more than the page needs. An actor
        is looked up by this exact name, or else by its words. A claim that only passes on another one is found
        under its actor; without an actor, the other one stands for both. Raises TooSlow.
        """
        first = max(0, min(offset, LAST_OFFSET))
        wanted = first + max(0, min(limit, LAST_OFFSET))
        counted = max(COUNTED, wanted)
        async with self._asking(query.guild_id) as connection:
            seen = await self._actor_changes.seen_by(connection, query.guild_id)
            newest = await newest_claims(
                connection, self._database.dialect, query, counted + 1, seen, enough=wanted + 1
            )
            ids = newest.ids
            found = await records_of(connection, ids[first:wanted])
            shown = await as_seen(connection, await as_printed(connection, found, query.guild_id), seen)
        # "more than 20" reads better than "more than 23"
        total = max(wanted, (len(ids) - 1) // 10 * 10) if newest.unfinished else min(len(ids), counted)
        return ClaimPage(tuple(shown), total, more=newest.unfinished or len(ids) > counted)

    def _asking(self, guild_id: int | None) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a connection for a question. The host, who asks about everything, can wait for the answer."""
        return self._database.reading() if guild_id is None else self._database.answering()

    def _suggesting(self, guild_id: int | None) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a connection for looking up names while somebody types, or after that."""
        return self._database.reading() if guild_id is None else self._database.suggesting()

    async def get(self, claim_id: int, guild_id: int | None) -> ClaimRecord:
        """Return a claim that the server may see. Raise NotFound for any other."""
        async with self._database.answering() as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            row = await _one(connection, records(), claim_id, guild_id, seen)
            (claim,) = await as_seen(connection, await as_printed(connection, [record_of(row)], guild_id), seen)
            return claim

    async def of_article(
        self, article_id: int, guild_id: int, minimum_confidence: float
    ) -> tuple[Printing, list[ClaimRecord]]:
        """Return where an article was published, as a server sees it, and its claims with enough confidence.

        They are ordered by actor, the key actor first, unknown speakers last. A claim that only passes on another
        one is left out. Raises NotFound if the server has no such article.
        """
        known = known_id(article_id)
        columns = (
            ArticleRow.outlet,
            ArticleRow.url,
            ArticleRow.title,
            ArticleRow.published_at,
            ArticleRow.image_url,
        )
        printed = select(*columns).where(ArticleRow.id == known, visible_to(guild_id, ArticleRow.id))
        query = (
            records()
            .where(
                ClaimRow.article_id == known,
                ClaimRow.confidence >= minimum_confidence,
                ~passes_on_another(ClaimRow.id, minimum_confidence),
                not_withdrawn(guild_id, ClaimRow),
            )
            .order_by(ArticleActorRow.position.is_(None), ArticleActorRow.position, ClaimRow.position)
        )
        async with self._database.answering() as connection:
            article = (await connection.execute(printed)).first()
            if article is None:
                raise NotFound(_("This article is gone, or this server cannot see it."))
            seen = await self._actor_changes.seen_by(connection, guild_id)
            shown = query.where(not_hidden(seen, ClaimRow.actor_id, ClaimRow.article_id))
            found = [record_of(row) for row in await connection.execute(shown)]
            claims = await as_seen(connection, await as_printed(connection, found, guild_id), seen)
            places = (await printings(connection, [known], guild_id)).get(known)
        return (places[0] if places else value_of(Printing, article)), claims

    async def evidence(
        self, claim_id: int, guild_id: int | None, context: int = CONTEXT, *, withdrawn: bool = False
    ) -> Evidence:
        """Return a claim in its context: whole sentences, with about `context` characters on either side.

        If the article's text is no longer stored, only the sentences of the claim are left. Raises NotFound if
        there is no such claim that the server may see. With `withdrawn`, withdrawn claims are included, for those
        who decide about them.
        """
        query = with_text(records()).add_columns(
            *(ClaimExcerptRow.__table__.c[name].label(f"kept_{name}") for name in _EXCERPT),
            ClaimRow.source,
            ClaimRow.cue,
            ClaimRow.content,
            ClaimRow.evidence_start,
            ClaimRow.evidence_end,
        )
        query = query.outerjoin(ClaimExcerptRow, ClaimExcerptRow.claim_id == ClaimRow.id)
        async with self._database.answering() as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            row = await _one(connection, query, claim_id, guild_id, seen, withdrawn=withdrawn)
            (claim,) = await as_seen(connection, await as_printed(connection, [record_of(row)], guild_id), seen)
        source, cue, content = (_spans(given) for given in (row.source, row.cue, row.content))
        if not row.text and row.kept_text is not None:
            part = Excerpt(*(getattr(row, f"kept_{name}") for name in _EXCERPT))
        else:
            part = excerpt(row.text, (row.evidence_start, row.evidence_end), (*source, *cue, *content), context)
        return Evidence(
            claim=claim,
            text=part.text,
            source=moved(source, part.start),
            cue=moved(cue, part.start),
            content=moved(content, part.start),
            cut_before=part.cut_before,
            cut_after=part.cut_after,
        )

    async def actor_names(self, prefix: str, guild_id: int | None, limit: int) -> list[str]:
        """Return names of actors with words that begin with `prefix`, those with the most recent claims first."""
        async with self._suggesting(guild_id) as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            return await actor_names(connection, prefix, guild_id, limit, seen)

    async def actor_choices(self, typed: str, guild_id: int, limit: int) -> list[ActorChoice]:
        """Return actors to choose from, those with the most recent claims first; two may have the same name."""
        async with self._database.suggesting() as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            return await actor_choices(connection, typed, guild_id, limit, seen)

    async def similar_actors(self, typed: str, guild_id: int | None, limit: int) -> list[str]:
        """Return names of actors with words similar to a misspelt name, those with the most claims first."""
        words = words_of(typed)
        async with self._suggesting(guild_id) as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            best = list(words)
            for number, word in enumerate(words):
                for similar in (near := await similar_words(connection, word, MOST_SIMILAR)):
                    corrected = " ".join([*words[:number], similar, *words[number + 1 :]])
                    if names := await actor_names(connection, corrected, guild_id, limit, seen):
                        return names
                best[number] = near[0] if near else word
            # several words are misspelt
            return await actor_names(connection, " ".join(best), guild_id, limit, seen) if best != words else []


async def _replace_claims(connection: AsyncConnection, article_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Store the claims of an article. Unchanged ones keep their row; others are added or deleted."""
    query = select(ClaimRow.id, ClaimRow.source_text, ClaimRow.content_text)
    query = query.where(ClaimRow.article_id == article_id).order_by(ClaimRow.position)
    before: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for claim_id, source, content in await connection.execute(query):
        before[source, content].append(claim_id)
    new, kept = [], []
    for row in rows:
        ids = before[storable(row["source_text"]), storable(row["content_text"])]
        if ids:
            kept.append({f"new_{name}": value for name, value in row.items()} | {"known": ids.pop(0)})
        else:
            new.append(row)
    for some in chunks([claim_id for ids in before.values() for claim_id in ids]):
        await connection.execute(delete(ClaimRow).where(ClaimRow.id.in_(some)))
    if kept:
        names = [name for name in kept[0] if name != "known"]
        values: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in names}
        statement = update(ClaimRow).where(ClaimRow.id == bindparam("known"))
        await connection.execute(statement.values(values), kept)
    await insert_rows(connection, insert(ClaimRow), new)


def _refuse_strays(text: str, claims: Iterable[Claim]) -> None:
    for claim in claims:
        given = (claim.addressee, claim.time, claim.taken_back, claim.due, claim.refers_to)
        said = tuple(span for span in given if span is not None)
        for start, end in (*claim.source, *claim.cue, *claim.content, claim.evidence, *said):
            if not 0 <= start <= end <= len(text):
                raise ExtractionError(
                    _(
                        "A claim lies outside its text: {start} to {end} of {count} characters.",
                        start=start,
                        end=end,
                        count=len(text),
                    )
                )


async def _one(
    connection: AsyncConnection,
    query: Select[Any],
    claim_id: int,
    guild_id: int | None,
    seen: SeenActors,
    *,
    withdrawn: bool = False,
) -> Found[Any]:
    query = query.where(ClaimRow.id == known_id(claim_id), visible_to(guild_id, ArticleRow.id))
    if not withdrawn:
        query = query.where(not_withdrawn(guild_id, ClaimRow))
        query = query.where(not_hidden(seen, ClaimRow.actor_id, ClaimRow.article_id))
    row: Found[Any] | None = (await connection.execute(query)).first()
    if row is None:
        raise NotFound(_("This claim does not exist any more, or this server cannot see it."))
    return row


def _spans(given: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in given)
