"""Was this said? Looks for words among the claims that a server sees."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.queries import ClaimQuery
from bot.services.claims import LONGEST_QUERY
from bot.services.engine import Services
from bot.services.quotations import FEWEST, Comparison, compared
from bot.services.server_settings import confidence_of
from bot.text.folding import words_of

LOOKED_AT = 100
"""How many of the newest claims with some of the words are compared."""
KEY_WORDS = 4
"""How many of the longest words are looked up, in pairs: if all other words differ, it is another quotation."""
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A claim with these words, or with similar ones."""

    claim: ClaimRecord
    comparison: Comparison


async def checked(services: Services, guild_id: int, words: str) -> tuple[Found, ...]:
    """Return the claims that are most like `words`, the most similar and then the earliest first; at most three.

    Raises BadInput if there are too few words to be sure of anything.
    """
    wanted = words_of(words)
    if len(wanted) < FEWEST or len(words) > LONGEST_QUERY * 2:
        raise BadInput(
            _(
                "Write at least {fewest} words that were said, and at most {longest_query} characters.",
                fewest=FEWEST,
                longest_query=LONGEST_QUERY * 2,
            )
        )
    confidence = await confidence_of(services, guild_id)
    claims: dict[int, ClaimRecord] = {}
    for topic in _topics(wanted):
        query = ClaimQuery(guild_id, topic=topic, minimum_confidence=confidence)
        page = await services.store.claims.search(query, limit=LOOKED_AT)
        claims |= {claim.id: claim for claim in page.claims}
    return await asyncio.to_thread(_best, words, list(claims.values()))


def _topics(wanted: Sequence[str]) -> list[str]:
    """Return the words to look up: all of them, then each pair of the longest ones, which are the most
    distinctive.
    """
    longest = sorted(dict.fromkeys(wanted), key=lambda word: (-len(word), wanted.index(word)))[:KEY_WORDS]
    pairs = [f"{one} {other}" for at, one in enumerate(longest) for other in longest[at + 1 :]]
    return [" ".join(wanted), *pairs]


def _best(words: str, claims: Sequence[ClaimRecord]) -> tuple[Found, ...]:
    compared_claims = [(claim, compared(words, claim.content_text)) for claim in claims]
    found = [Found(claim, comparison) for claim, comparison in compared_claims if comparison is not None]
    found.sort(key=lambda one: (-one.comparison.alike, one.claim.published_at, one.claim.id))
    return tuple(found[:SHOWN])
