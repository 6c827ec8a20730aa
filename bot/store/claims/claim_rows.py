"""Claims as rows, and which of them only pass on another one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from bot.model.claims import Claim, Kind, Teller
from bot.store.actors.seen_actors import SeenActors
from bot.store.claims.evidence_excerpts import Reader
from bot.store.database import chunks
from bot.store.schema.news_tables import ArticleActorRow, ClaimRow
from bot.store.schema.rows import aliased
from bot.store.search.search import search_text
from bot.text.due_dates import due_on

SOMEBODY = "somebody"
"""Words for a teller of whom the article says no more than "she"."""
SHORT_OF = 3
"""How many characters before the end of the claim that passes it on a claim may end: closing marks."""


def row_of(claim: Claim, reader: Reader, ids: dict[str, int], written: date) -> dict[str, Any]:
    """Return the row of `claim`. `ids` are those of the actors, `written` is the day of the article."""
    content = reader.words(claim.content)
    known = claim.actor if claim.actor in ids else None
    due = reader.words((claim.due,)) if claim.due and claim.shown_kind is Kind.PROMISE else None
    last_day = due_on(due, written) if due else None
    if last_day is not None and last_day < written:  # "back to the prices of 2019"
        due = last_day = None
    refers_to = _referent(claim, reader)
    return {
        "actor_id": ids[known] if known is not None else None,
        "source": claim.source,
        "cue": claim.cue,
        "content": claim.content,
        "evidence_start": claim.evidence[0],
        "evidence_end": claim.evidence[1],
        "source_text": reader.words(claim.source),
        "cue_text": reader.words(claim.cue),
        "content_text": content,
        "kind": claim.shown_kind,
        "verbatim": claim.verbatim,
        "confidence": claim.confidence,
        "claim_confidence": claim.claim_confidence,
        "actor_confidence": claim.actor_confidence,
        "hedged": claim.hedged,
        "addressee": claim.addressee,
        "addressee_text": reader.words((claim.addressee,)) if claim.addressee else None,
        "time": claim.time,
        "time_text": reader.words((claim.time,)) if claim.time else None,
        "told_by": [_name_of(teller, reader) for teller in claim.told_by],
        "taken_back": claim.taken_back,
        "taken_back_text": reader.words((claim.taken_back,)) if claim.taken_back else None,
        "due": claim.due if due else None,
        "due_text": due,
        "due_on": last_day,
        "refers_to": claim.refers_to if refers_to else None,
        "refers_to_text": refers_to,
        "search_text": search_text(known, content),
    }


def _referent(claim: Claim, reader: Reader) -> str | None:
    """Return the referent of the opening pronoun: the speaker's name, or the article's words; None if unknown."""
    if claim.refers_to is None:
        return None
    if claim.refers_to in claim.source and claim.actor and not claim.actor.islower():
        return claim.actor
    words = reader.words((claim.refers_to,)).strip(" ,")
    if " " not in words:
        return None
    first, rest = words.split(" ", 1)
    return f"{first.lower() if first in ('The', 'A', 'An', 'Its', 'His', 'Her', 'Their') else first} {rest}"


def _name_of(teller: Teller, reader: Reader) -> str:
    """Return the name of a teller, or the words for it, if they say more than a pronoun."""
    words = reader.words(teller.source)
    return teller.actor or (words if " " in words else SOMEBODY)


async def tellers_seen(
    connection: AsyncConnection, article_ids: Sequence[int], seen: SeenActors
) -> dict[tuple[int, str], str]:
    """Return a server's names for actors of articles, by the article and its own name for them, if they differ.

    The name of a hidden actor is never used. Claims refer to those who pass them on by name alone.
    """
    found: dict[tuple[int, str], str] = {}
    if not seen:
        return found
    for some in chunks(sorted(set(article_ids))):
        query = select(ArticleActorRow.article_id, ArticleActorRow.name, ArticleActorRow.actor_id)
        for row in await connection.execute(query.where(ArticleActorRow.article_id.in_(some))):
            seen_id = seen.seen(row.actor_id, row.article_id)
            name = SOMEBODY if seen_id in seen.hidden else seen.name_of(seen_id)
            if name is not None:
                found[row.article_id, row.name] = name
    return found


def passed_on_by(claims: Sequence[Claim]) -> dict[int, int]:
    """Return, for the position of each claim that only passes on another one, the position of that one."""
    by_cue = {claim.cue: position for position, claim in enumerate(claims) if claim.cue}
    found: dict[int, int] = {}
    for position, claim in enumerate(claims):
        outer = by_cue.get(claim.told_by[0].cue) if claim.told_by else None
        if outer is not None and claim.content[-1][1] >= claims[outer].content[-1][1] - SHORT_OF:
            found[outer] = position
    return found


def passes_on_another(claim_id: InstrumentedAttribute[int], minimum_confidence: float) -> ColumnElement[bool]:
    """Return the condition that a claim only passes on another one with enough confidence to stand for both."""
    found = _PASSED_ON.where(_OUTER.id == claim_id, _INNER.confidence >= minimum_confidence)
    return found.correlate(claim_id.table).exists()


async def passing_on(connection: AsyncConnection, claim_ids: Sequence[int], minimum_confidence: float) -> set[int]:
    """Return those of the claims that only pass on another one with enough confidence to stand for both."""
    found: set[int] = set()
    for some in chunks(claim_ids):
        query = _PASSED_ON.where(_OUTER.id.in_(some), _INNER.confidence >= minimum_confidence)
        found |= set((await connection.execute(query)).scalars())
    return found


# built once: that takes longer than a query
_OUTER, _INNER = aliased(ClaimRow), aliased(ClaimRow)
_PASSED_ON = (
    select(_OUTER.id)
    .join(_INNER, and_(_INNER.article_id == _OUTER.article_id, _INNER.position == _OUTER.passes_on))
    .where(_OUTER.passes_on.is_not(None))
)
