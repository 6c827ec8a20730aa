"""More on a story of a digest: a select under the digest, and private pages with every claim of the story."""

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.delivery.story_pages import story_page
from bot.languages.translations import pgettext
from bot.services.stories import told_story
from cogs.answering import Interaction, failures_told, guild_id_of
from cogs.views.custom_ids import NonceInId
from cogs.views.payloads import Sendable, sendable

if TYPE_CHECKING:
    from bot.services.engine import Services


async def page_of_story(services: "Services", guild_id: int, nonce: str, place: int, number: int) -> Sendable:
    """Return page `number` of all claims of a story of a digest message. Raises NotFound."""
    stories, claims = await told_story(services, guild_id, nonce, place)
    return sendable(story_page(stories, place, claims, nonce, number))


async def answer_in_private(interaction: Interaction) -> None:
    """Defer: with a new private message below a digest, or by changing the private message that was used."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


class StorySelect(NonceInId[discord.ui.Select[Any]], template=r"hearsay:more:(?P<nonce>[\w-]{1,25})"):
    """Shows all of the chosen story to the person who chose it. Works after a restart."""

    @staticmethod
    def made(nonce: str) -> discord.ui.Select[Any]:
        """Return the select."""
        options = [discord.SelectOption(label="…", value="0")]
        return discord.ui.Select(custom_id=f"hearsay:more:{nonce}", options=options)

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer with the first page of the story."""
        guild_id = guild_id_of(interaction)
        await answer_in_private(interaction)
        chosen = self.item.values[0]
        place = int(chosen) if chosen.isdecimal() else 0
        page = await page_of_story(interaction.client.services, guild_id, self.nonce, place, 0)
        await interaction.edit_original_response(**page)


class StoryPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:story:(?P<nonce>[\w-]{1,25}):(?P<place>\d{1,2}):(?P<page>\d{1,4}):(?P<tag>prev|next)",
):
    """Turns the pages of a story. Works after a restart."""

    def __init__(self, nonce: str, place: int, page: int, tag: str) -> None:
        """Take the digest message, the story's place in it, the page to turn to, and which button it is."""
        custom_id = f"hearsay:story:{nonce}:{place}:{page}:{tag}"
        super().__init__(discord.ui.Button(label=pgettext("button", "Next"), custom_id=custom_id))
        self.nonce, self.place, self.page = nonce, place, page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["nonce"], int(match["place"]), int(match["page"]), match["tag"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Replace the page."""
        guild_id = guild_id_of(interaction)
        await answer_in_private(interaction)
        page = await page_of_story(interaction.client.services, guild_id, self.nonce, self.place, self.page)
        await interaction.edit_original_response(**page)
