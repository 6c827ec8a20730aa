"""The buttons of an answer to `/said`: its pages, and the evidence of each claim."""

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.delivery.evidence import evidence_message
from bot.delivery.render import pages_of, said_message
from bot.model.queries import ClaimPage, ClaimQuery
from bot.services.claims import claim_page, evidence_of, known_query
from cogs.answering import Interaction, failures_told, guild_id_of
from cogs.views.payloads import Sendable, sendable

if TYPE_CHECKING:
    from bot.services.engine import Services


def answer_page(found: ClaimPage, query: ClaimQuery, query_id: int, number: int) -> Sendable:
    """Return page `number` (from 0) of an answer as a message."""
    return sendable(said_message(found, query, query_id=query_id, number=number))


async def page_of_answer(services: "Services", guild_id: int, query_id: int, number: int) -> Sendable:
    """Return page `number` of an earlier answer, or the last page if there are fewer by now.

    Raises NotFound if the query has been deleted.
    """
    query = await known_query(services, guild_id, query_id)
    found = await claim_page(services, query, number)
    if not found.claims and number > 0:
        number = pages_of(found.total) - 1
        found = await claim_page(services, query, number)
    return answer_page(found, query, query_id, number)


class SaidPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:said:(?P<query>\d{1,18}):(?P<page>\d{1,6}):(?P<tag>prev|next)",
):
    """Turns an answer to a page, for anyone who presses it. Works after a restart."""

    def __init__(self, query_id: int, page: int, tag: str) -> None:
        """Take the stored query, the page to turn to (from 0), and which button it is."""
        label = "Next" if tag == "next" else "Previous"
        super().__init__(discord.ui.Button(label=label, custom_id=f"hearsay:said:{query_id}:{page}:{tag}"))
        self.query_id = query_id
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["query"]), int(match["page"]), match["tag"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Replace the page."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer()
        page = await page_of_answer(interaction.client.services, guild_id, self.query_id, self.page)
        await interaction.edit_original_response(**page)


class EvidenceButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:evidence:(?P<claim>\d{1,18})"
):
    """Shows the sentence of a claim in its context to whoever presses it."""

    def __init__(self, claim_id: int) -> None:
        """Take the id of the claim."""
        super().__init__(discord.ui.Button(label="Evidence", custom_id=f"hearsay:evidence:{claim_id}"))
        self.claim_id = claim_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["claim"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer with the evidence if this server has the feed that the claim came from."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        shown = await evidence_of(interaction.client.services, guild_id, self.claim_id)
        await interaction.edit_original_response(**sendable(evidence_message(shown)))
