"""Full-text search over claims: FTS5 on SQLite, tsvector on PostgreSQL.

User input is never passed on as the database's query language: it is split into words, and only these are looked
up. All words must occur; the last one may be incomplete. Both databases stem English.
"""

from sqlalchemy import ColumnElement, column, false, func, literal_column, select, table

from bot.store.schema.alembic_options import SEARCH_COLUMN, SEARCH_TABLE
from bot.store.schema.news_tables import ClaimRow
from bot.store.search.words import STOP_WORDS, words_of

WORDS_ASKED = 16
"""How many words of a search count."""
TEXT_LIMIT = 20_000
"""How many characters of a claim are indexed. A tsvector holds less than 1 MiB."""


def search_text(*texts: str | None) -> str:
    """Return what is indexed for a claim: the folded words of its texts."""
    return " ".join(word for text in texts if text for word in words_of(text))[:TEXT_LIMIT]


def is_about(topic: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a claim contains the words of `topic`. Never true if it has no words."""
    words = words_of(topic)[:WORDS_ASKED]
    telling = [word for word in words if word not in STOP_WORDS]
    if not words:
        return false()
    asked = telling or words[-1:]
    if dialect == "sqlite":
        index = table(SEARCH_TABLE, column("rowid"), column(SEARCH_TABLE))
        query = " ".join(f'"{word}"' for word in asked) + "*"
        return ClaimRow.id.in_(select(index.c.rowid).where(index.c[SEARCH_TABLE].op("MATCH")(query)))
    # the index has no stop words; one that is still being typed may become another word
    language: ColumnElement[str] = literal_column("'english'::regconfig" if telling else "'simple'::regconfig")
    query = " & ".join(f"'{word}'" for word in asked) + ":*"
    return literal_column(f"claims.{SEARCH_COLUMN}").op("@@")(func.to_tsquery(language, query))
