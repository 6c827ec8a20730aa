"""Shared by the commands that ask about the news: acknowledgement, answers in pages, suggestions of names."""

from typing import Literal

from bot.errors import NotFound
from bot.languages.translations import _
from bot.model.queries import ClaimQuery, Sort
from bot.services.claims import kept_query, matching_actors
from bot.services.feeds import feeds_of
from bot.services.outlets import matching_outlets
from cogs.answering import Interaction, guild_id_of
from cogs.views.answer_pages import page_of_answer
from cogs.views.payloads import show

KindName = Literal["statement", "denial", "question", "demand", "opinion", "prediction", "promise"]
SortName = Literal["newest first", "most relevant first"]


async def asked_in(interaction: Interaction) -> int:
    """Acknowledge a question, to be answered privately, and return its server.

    Raises BadInput in direct messages, and NotFound if the server has no feeds that could answer.
    """
    guild_id = guild_id_of(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.client.services.suggestions_first.ended()
    if not await feeds_of(interaction.client.services, guild_id):
        raise NotFound(_("This server has no feeds yet. Someone who manages it can add one with `/feed add`."))
    return guild_id


async def answer(interaction: Interaction, guild_id: int, query: ClaimQuery) -> None:
    """Store a question for the controls of its answer, and show the first page."""
    services = interaction.client.services
    query_id = await kept_query(services, guild_id, query)
    page = await page_of_answer(services, guild_id, query_id, 0, query=query)
    await show(page, interaction.edit_original_response)


def sort_named(name: SortName | None) -> Sort:
    """Return the chosen order; by default the newest first."""
    return Sort.RELEVANT if name == "most relevant first" else Sort.NEWEST


async def actor_suggestions(interaction: Interaction, current: str) -> list[tuple[str, str]]:
    """Return names of actors that match what was typed."""
    names = await matching_actors(interaction.client.services, guild_id_of(interaction), current)
    return [(name, name) for name in names]


async def outlet_suggestions(interaction: Interaction, current: str) -> list[tuple[str, str]]:
    """Return names of outlets that match what was typed."""
    names = await matching_outlets(interaction.client.services, guild_id_of(interaction), current)
    return [(name, name) for name in names]
