"""The controls under a reading: its pages, sharing it, and the evidence of each claim."""

import re
from typing import Any, Self

import discord

from bot.delivery.answers import EVIDENCE_PLACEHOLDER
from bot.delivery.readings import READING_EVIDENCE, reading_evidence_message, reading_message
from bot.languages.spoken import speaking, spoken_language
from bot.languages.translations import pgettext
from bot.model.readings import Reading
from bot.services.readings import kept_evidence, kept_reading
from cogs.answering import Interaction, failures_told, server_of
from cogs.permissions import require_asking
from cogs.views.claims import belongs_to, is_private, number_chosen, share, shared_language
from cogs.views.payloads import Page, Sendable, sendable

_KEY = r"(?P<key>a\d{1,18}|[0-9a-f]{16})"


def page_of_reading(reading: Reading, number: int = 0, *, shared: bool = False) -> Sendable:
    """Return page `number` (from 0) of a reading, as arguments for discord.py."""
    return sendable(reading_message(reading, number=number, shared=shared))


class ReadingPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=rf"hearsay:read:{_KEY}:(?P<page>\d{{1,4}}):(?P<tag>prev|next)",
):
    """Turns a reading to a page. Works after a restart, and where Hearsay is in no server."""

    def __init__(self, key: str, page: int, tag: str) -> None:
        """Take the key of the reading, the page to turn to (from 0), and which button it is."""
        label = pgettext("button", "Next ▶") if tag == "next" else pgettext("button", "◀ Previous")
        super().__init__(discord.ui.Button(label=label, custom_id=f"hearsay:read:{key}:{page}:{tag}"))
        self.key, self.page = key, page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["key"], int(match["page"]), match["tag"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Replace the page for the person who asked; show it privately to others who press a shared answer."""
        await require_asking(interaction)
        own, private = belongs_to(interaction), is_private(interaction)
        await (interaction.response.defer() if own else interaction.response.defer(ephemeral=True, thinking=True))
        shared = own and not private
        reading = await kept_reading(interaction.client.services, self.key, server_of(interaction))
        with speaking(await shared_language(interaction) if shared else spoken_language()):
            await interaction.edit_original_response(**page_of_reading(reading, self.page, shared=shared))


class ReadingShareButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"hearsay:read:share:{_KEY}:(?P<page>\d{{1,4}})"
):
    """Posts a reading for everybody."""

    def __init__(self, key: str, page: int) -> None:
        """Take the key of the reading, and the page that is shown, from 0."""
        super().__init__(
            discord.ui.Button(label=pgettext("button", "Share"), custom_id=f"hearsay:read:share:{key}:{page}")
        )
        self.key, self.page = key, page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["key"], int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Post it in the channel, and disable the button."""
        await require_asking(interaction)
        await interaction.response.defer()
        reading = await kept_reading(interaction.client.services, self.key, server_of(interaction))

        async def page_for_all() -> Page:
            return Page(page_of_reading(reading, self.page, shared=True))

        await share(interaction, page_for_all, self.item.custom_id)


class ReadingEvidenceSelect(
    discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"hearsay:read:evidence:(?P<key>[0-9a-f]{16})"
):
    """Shows a claim of a reading in its context to the person who chooses it."""

    def __init__(self, key: str) -> None:
        """Take the key of the reading."""
        super().__init__(
            discord.ui.Select(
                custom_id=READING_EVIDENCE.format(key=key),
                placeholder=pgettext("placeholder", EVIDENCE_PLACEHOLDER),
            )
        )
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the choice that was made."""
        return cls(match["key"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer with the evidence of the chosen claim."""
        await require_asking(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        shown = await kept_evidence(interaction.client.services, self.key, number_chosen(self.item))
        await interaction.edit_original_response(**sendable(reading_evidence_message(shown)))
