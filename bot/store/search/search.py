"""Full-text search over claims: FTS5 on SQLite, tsvector on PostgreSQL.

User input is never passed on as the database's query language: it is split into words, and only these are looked
up. All words must occur; the last one may be incomplete. Both databases stem English.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    any_,
    bindparam,
    column,
    false,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema.alembic_options import SEARCH_COLUMN, SEARCH_TABLE
from bot.store.schema.news_tables import ClaimRow
from bot.store.search.words import STOP_WORDS, words_of

WORDS_ASKED = 16
"""How many words of a search count."""
TEXT_LIMIT = 20_000
"""How many characters of a claim are indexed. A tsvector holds less than 1 MiB."""

_INDEX = table(SEARCH_TABLE, column("rowid"), column(SEARCH_TABLE))


_ENGLISH, _SIMPLE = "'english'::regconfig", "'simple'::regconfig"
_EXPLAINED = "EXPLAIN (FORMAT JSON) SELECT id FROM claims WHERE search_vector @@ to_tsquery("
_EXPECTED = {language: text(f"{_EXPLAINED}{language}, :query)") for language in (_ENGLISH, _SIMPLE)}


def search_text(*texts: str | None) -> str:
    """Return the indexed text of a claim: the folded words of its texts."""
    return " ".join(word for text in texts if text for word in words_of(text))[:TEXT_LIMIT]


def is_about(topic: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a claim contains the words of `topic`. Never true if it has no words."""
    matches = about(topic, dialect)
    if matches is None:
        return false()
    return ClaimRow.id.in_(matches) if dialect == "sqlite" else _vector_matches(_asked(topic))


def about(topic: str, dialect: str) -> Select[Any] | None:
    """Return the query for the numbers of claims with the words of `topic`. None if it has no words."""
    asked = _asked(topic)
    if not asked:
        return None
    if dialect == "sqlite":
        return select(_INDEX.c.rowid).where(_index_matches(asked))
    return select(ClaimRow.id).where(_vector_matches(asked))


def about_within(topic: str, dialect: str, claim_ids: Sequence[int]) -> Select[Any]:
    """Return the query for those of `claim_ids` that are claims with the words of `topic`."""
    asked = _asked(topic)
    if dialect == "sqlite":
        near = _INDEX.c.rowid.between(min(claim_ids), max(claim_ids))
        numbers = func.json_each(json.dumps(list(claim_ids))).table_valued("value")
        # the plus keeps SQLite from looking up each number separately, which takes FTS5 a millisecond
        among = literal_column(f"+{SEARCH_TABLE}.rowid").in_(select(numbers.c.value))
        return select(_INDEX.c.rowid).where(_index_matches(asked), near, among)
    listed = bindparam("claim_ids", claim_ids, ARRAY(BigInteger))
    return select(ClaimRow.id).where(ClaimRow.id == any_(listed), _vector_matches(asked))


def contains(topic: str) -> ColumnElement[bool]:
    """Return the condition that a claim contains the words of `topic`, which must have some. For PostgreSQL."""
    language, query = _vector_query(_asked(topic))
    # a subquery is evaluated once; with a generic plan, the words would be looked up for each row
    wanted: Any = select(func.to_tsquery(literal_column(language), query)).scalar_subquery()
    return literal_column(f"claims.{SEARCH_COLUMN}").op("@@")(wanted)


async def expected(connection: AsyncConnection, topic: str) -> int:
    """Return how many claims with the words of `topic` PostgreSQL expects by its statistics. Looks up nothing."""
    language, query = _vector_query(_asked(topic))
    plan = (await connection.execute(_EXPECTED[language], {"query": query})).scalar_one()
    read = json.loads(plan) if isinstance(plan, str) else plan
    return int(read[0]["Plan"]["Plan Rows"])


def _asked(topic: str) -> list[str]:
    """Return the words to look up: the meaningful ones, or the last one if there are none."""
    words = words_of(topic)[:WORDS_ASKED]
    return [word for word in words if word not in STOP_WORDS] or words[-1:]


def _index_matches(asked: Sequence[str]) -> ColumnElement[bool]:
    query = " ".join(f'"{word}"' for word in asked) + "*"
    return _INDEX.c[SEARCH_TABLE].op("MATCH")(query)


def _vector_matches(asked: Sequence[str]) -> ColumnElement[bool]:
    language, query = _vector_query(asked)
    wanted: ColumnElement[str] = func.to_tsquery(literal_column(language), query)
    return literal_column(f"claims.{SEARCH_COLUMN}").op("@@")(wanted)


def _vector_query(asked: Sequence[str]) -> tuple[str, str]:
    """Return the language of a search, as SQL, and the words in the database's query language."""
    # the index has no stop words; an unfinished one may become another word
    language = _SIMPLE if asked[-1] in STOP_WORDS else _ENGLISH
    return language, " & ".join(f"'{word}'" for word in asked) + ":*"
