"""The controls of an answer: its pages, sharing it with the channel, and the evidence of each claim."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Self

import discord

from bot.delivery.answers import EVIDENCE_PLACEHOLDER, EVIDENCE_SELECT
from bot.delivery.evidence import evidence_message
from bot.delivery.wordings import wordings_message
from bot.errors import AnswerGone, BadInput
from bot.languages.known_languages import Language, language_of
from bot.languages.spoken import speaking, spoken_language
from bot.languages.translations import _, pgettext
from bot.services.claims import evidence_of
from bot.services.server_settings import language_of_server
from bot.services.wordings import wordings_of_claim
from cogs.answering import Interaction, failures_told, server_of
from cogs.permissions import asking_guild_of, reading_guild_of
from cogs.turns import Dear, take_turn
from cogs.views.answer_pages import page_of_answer
from cogs.views.custom_ids import NothingInId
from cogs.views.payloads import Page, sendable, show


async def turn_to(interaction: Interaction, query_id: int, number: int) -> None:
    """Replace the page for the person who asked; show it privately to anyone else who presses a shared answer."""
    guild_id = await asking_guild_of(interaction)
    await take_turn(interaction, Dear.PAGE)
    own, private = belongs_to(interaction), is_private(interaction)
    await (interaction.response.defer() if own else interaction.response.defer(ephemeral=True, thinking=True))
    shared = own and not private
    with speaking(await shared_language(interaction) if shared else spoken_language()):
        page = await page_of_answer(interaction.client.services, guild_id, query_id, number, shared=shared)
    await show(page, interaction.edit_original_response)


async def shared_language(interaction: Interaction) -> Language:
    """Return the language for messages to everybody in the channel: that of the server, if there is one."""
    if (guild_id := server_of(interaction)) is not None:
        return await language_of_server(interaction.client.services.store, guild_id)
    locale = interaction.guild_locale
    return spoken_language() if locale is None else language_of(locale.value)


def is_private(interaction: Interaction) -> bool:
    """Return whether the control is on a message that only its user sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def belongs_to(interaction: Interaction) -> bool:
    """Return whether the user of the control also caused the message: Discord knows, and nothing is stored."""
    made = interaction.message.interaction_metadata if interaction.message else None
    return is_private(interaction) or (made is not None and made.user.id == interaction.user.id)


class SaidPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:said:(?P<query>\d{1,18}):(?P<page>\d{1,6}):(?P<tag>prev|next)",
):
    """Turns an answer to a page. Works after a restart."""

    def __init__(self, query_id: int, page: int, tag: str) -> None:
        """Take the stored query, the page to turn to (from 0), and which button it is."""
        label = pgettext("button", "Next ▶") if tag == "next" else pgettext("button", "◀ Previous")
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
        """Turn the page."""
        await turn_to(interaction, self.query_id, self.page)


class PageSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"hearsay:page:(?P<query>\d{1,18})"):
    """Turns an answer to any page."""

    def __init__(self, query_id: int) -> None:
        """Take the stored query."""
        super().__init__(discord.ui.Select(custom_id=f"hearsay:page:{query_id}"))
        self.query_id = query_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the choice that was made."""
        return cls(int(match["query"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Turn to the chosen page."""
        await turn_to(interaction, self.query_id, number_chosen(self.item))


class ShareButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:share:(?P<query>\d{1,18}):(?P<page>\d{1,6})",
):
    """Posts a private answer for everybody, as it is now."""

    def __init__(self, query_id: int, page: int) -> None:
        """Take the stored query and the page that is shown, from 0."""
        super().__init__(
            discord.ui.Button(label=pgettext("button", "Share"), custom_id=f"hearsay:share:{query_id}:{page}")
        )
        self.query_id = query_id
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["query"]), int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Post the answer in the channel, and disable the button."""
        guild_id = await asking_guild_of(interaction)
        await interaction.response.defer()
        page = partial(page_of_answer, interaction.client.services, guild_id, self.query_id, self.page)
        if not (await page()).message["view"].children:  # an answer that found something has controls
            raise AnswerGone(_("What this answer showed is not stored any more, so nothing is shared."))
        await share(interaction, partial(page, shared=True), self.item.custom_id)


async def share(
    interaction: Interaction, page_for_all: Callable[[], Awaitable[Page]], custom_id: str | None
) -> None:
    """Post an answer for everybody in the channel, and disable the button with this id under the private one.

    The answer is in the language of the server, since everybody in the channel reads it. A picture follows the
    message, because it may take a while. Raises BadInput for members who may not post in the channel themselves:
    Discord lets answers to commands through, and with `/read` anybody chooses what is posted.
    """
    if not may_post(interaction):
        raise BadInput(_("You may not write in this channel, so Hearsay does not share your answer here."))
    with speaking(await shared_language(interaction)):
        page = await page_for_all()
        posted = await interaction.followup.send(
            _("{user} asked:", user=interaction.user.mention),
            **page.message,
            allowed_mentions=discord.AllowedMentions.none(),
            wait=True,
        )
    if interaction.message is not None:
        view = discord.ui.View.from_message(interaction.message, timeout=None)
        for item in view.walk_children():
            if isinstance(item, discord.ui.Button) and item.custom_id == custom_id:
                item.disabled, item.label = True, pgettext("button", "Shared")
        view.stop()
        await interaction.edit_original_response(view=view)
    if page.picture is not None and (files := await page.picture.files()):
        await posted.edit(attachments=files)


def may_post(interaction: Interaction) -> bool:
    """Return whether the user may post messages where they are; in direct messages everybody may."""
    if interaction.guild_id is None:
        return True
    held = interaction.permissions
    return held.send_messages_in_threads if isinstance(interaction.channel, discord.Thread) else held.send_messages


class EvidenceButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:evidence:(?P<claim>\d{1,18})"
):
    """Shows the sentence of a claim in its context to whoever presses it."""

    def __init__(self, claim_id: int) -> None:
        """Take the id of the claim."""
        super().__init__(
            discord.ui.Button(label=pgettext("button", "Evidence"), custom_id=f"hearsay:evidence:{claim_id}")
        )
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
        await show_evidence(interaction, self.claim_id)


class EvidenceSelect(NothingInId, discord.ui.DynamicItem[discord.ui.Select[Any]], template=EVIDENCE_SELECT):
    """Shows the sentence of the chosen claim in its context to whoever chooses it."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Select(custom_id=EVIDENCE_SELECT, placeholder=pgettext("placeholder", EVIDENCE_PLACEHOLDER))
        )

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer with the evidence of the chosen claim."""
        await show_evidence(interaction, number_chosen(self.item))


async def show_evidence(interaction: Interaction, claim_id: int) -> None:
    """Answer privately with a claim in its context, if this server has the feed that it came from."""
    guild_id = await reading_guild_of(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    shown = await evidence_of(interaction.client.services, guild_id, claim_id)
    await interaction.edit_original_response(**sendable(evidence_message(shown)))


def number_chosen(select: discord.ui.Select[Any]) -> int:
    """Return the number chosen in a select. An option that was never offered counts as 0, which nothing has."""
    (value, *_) = [*select.values, "0"]
    return int(value) if value.isdecimal() and len(value) <= 18 else 0


class WordingsButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:wordings:(?P<claim>\d{1,18})"
):
    """Shows how each outlet words a claim, to whoever presses it. Works after a restart."""

    def __init__(self, claim_id: int) -> None:
        """Take the id of the claim."""
        label = pgettext("button", "Wording by outlet")
        super().__init__(discord.ui.Button(label=label, custom_id=f"hearsay:wordings:{claim_id}"))
        self.claim_id = claim_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["claim"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer with the wordings if this server has the feed that the claim came from."""
        guild_id = await reading_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await wordings_of_claim(interaction.client.services, guild_id, self.claim_id)
        await interaction.edit_original_response(**sendable(wordings_message(found)))
