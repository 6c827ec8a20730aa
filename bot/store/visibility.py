"""What a server may see: only what its own feeds listed, without the claims that were withdrawn."""

from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, select, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.model.reports import EVERYWHERE, Decision
from bot.store.schema.news_tables import EntryRow
from bot.store.schema.server_tables import ClaimDecisionRow, GuildFeedRow


def visible_to(guild_id: int | None, article_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that an article came from a feed that the server has.

    None, the host on the command line, sees everything.
    """
    if guild_id is None:
        return true()
    return exists().where(
        EntryRow.article_id == article_id,
        GuildFeedRow.feed_id == EntryRow.feed_id,
        GuildFeedRow.guild_id == guild_id,
    )


def not_withdrawn(guild_id: int | None, claim_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return the condition that a claim was not withdrawn, neither for the server nor for all.

    It looks nothing up row by row: the claims that were withdrawn are few, and read once for a query. What only
    passes on a claim stays in its shadow, also if that was withdrawn: else its words would come back.
    """
    return claim_id.not_in(withdrawn_in(guild_id))


def withdrawn_in(guild_id: int | None) -> Select[Any]:
    """Return the query for the claims that were withdrawn for a server or for all; for all, if it is None."""
    scopes = [EVERYWHERE] if guild_id is None else [EVERYWHERE, guild_id]
    return select(ClaimDecisionRow.claim_id).where(
        ClaimDecisionRow.guild_id.in_(scopes), ClaimDecisionRow.decision == Decision.WITHDRAWN
    )
