"""Finds words of actors' names that are similar to a misspelt one."""

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.actors.actors import BEYOND
from bot.store.schema.news_tables import ActorWordRow
from bot.store.search.words import words_of
from bot.text.likeness import within_errors

SHORTEST = 4
"""Words with fewer letters are not corrected: too many names are one letter away from "Lee"."""
LETTERS_AN_ERROR = 4
"""One error is tolerated for every four letters, but at most three: "Penhalow" (8) may have two."""
MOST_ERRORS = 3


async def similar_words(connection: AsyncConnection, word: str, limit: int) -> list[str]:
    """Return words of names that are `word` with a few typing errors, the most similar first.

    An error is a letter that is wrong, missing, superfluous, or swapped with the next. Only names that begin with
    the first or the second letter of the word are compared, which keeps the search within a part of the index.
    """
    (folded, *_) = words_of(word) or [""]
    if len(folded) < SHORTEST:
        return []
    errors = min(MOST_ERRORS, len(folded) // LETTERS_AN_ERROR)
    first, second = folded[0], folded[1]
    starts = [ActorWordRow.word.between(start, start + BEYOND) for start in dict.fromkeys((first, second))]
    near_length = func.length(ActorWordRow.word).between(len(folded) - errors, len(folded) + errors)
    query = select(ActorWordRow.word).where(or_(*starts), near_length).distinct()
    words = list((await connection.execute(query)).scalars())
    return [one for one in within_errors(folded, words, errors=errors, limit=limit) if one != folded]
