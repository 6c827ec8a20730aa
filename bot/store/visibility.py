"""What a server may see: only articles listed by its own feeds, without withdrawn claims."""

from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, exists, select, text, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.model.reports import EVERYWHERE, Decision
from bot.store.schema.news_tables import ClaimRow, EntryRow, FeedClaimRow
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


def not_withdrawn(guild_id: int | None, claims: type[ClaimRow] | type[FeedClaimRow]) -> ColumnElement[bool]:
    """Return the condition that a claim was not withdrawn, neither for the server nor for all.

    It looks nothing up row by row: withdrawn claims are few, and read once for a query. A claim that only passes
    on another one stays hidden with it, even if the other was withdrawn: otherwise its words would come back.
    """
    condition = _NOT_WITHDRAWN[claims].bindparams(withdrawn_for=guild_id or EVERYWHERE)
    return cast("ColumnElement[bool]", condition)


def withdrawn_in(guild_id: int | None) -> Select[Any]:
    """Return the query for the claims that were withdrawn for a server or for all; for all, if it is None."""
    scopes = [EVERYWHERE] if guild_id is None else [EVERYWHERE, guild_id]
    return select(ClaimDecisionRow.claim_id).where(
        ClaimDecisionRow.guild_id.in_(scopes), ClaimDecisionRow.decision == Decision.WITHDRAWN
    )


# text, built once: building the condition anew would take longer than evaluating it
_NOT_WITHDRAWN = {
    claims: text(
        f"{name} NOT IN (SELECT d.claim_id FROM claim_decisions d "  # noqa: S608 - names of our own
        f"WHERE d.guild_id IN ({EVERYWHERE}, :withdrawn_for) AND d.decision = '{Decision.WITHDRAWN.value}')"
    ).bindparams(bindparam("withdrawn_for", type_=BigInteger))
    for claims, name in ((ClaimRow, "claims.id"), (FeedClaimRow, "feed_claims.claim_id"))
}
