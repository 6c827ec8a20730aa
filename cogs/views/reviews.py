"""Deciding about reported claims: one claim a page, to be withdrawn or kept, with undo."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.delivery.reviews import LISTS, review_message
from bot.languages.translations import N_, _, pgettext
from bot.model.reports import EVERYWHERE, Decision, ReviewPage
from bot.services.claim_decisions import decide, evidence_to_review, review_page, reviewed_claim
from cogs.answering import Interaction, failures_told
from cogs.permissions import correcting_guild_of, require_owner
from cogs.views.payloads import Sendable, sendable

if TYPE_CHECKING:
    from bot.services.engine import Services

DONE = {
    Decision.WITHDRAWN: N_("Withdrawn. It is shown nowhere from now on, and posted messages are being edited."),
    Decision.KEPT: N_("Kept. The claim is shown, and reports from before do not count."),
    Decision.OPEN: N_("Undone: nothing is decided about this claim any more."),
}


async def review_of(services: "Services", scope: int, shown: Decision, number: int) -> Sendable:
    """Return page `number` of the claims to decide about, of a server or, for the host, of EVERYWHERE."""
    page = await review_page(services, scope, shown, number)
    return await _sendable(services, page, shown, scope)


async def review_after(
    services: "Services", scope: int, claim_id: int, shown: Decision, number: int, done: str
) -> Sendable:
    """Return a claim that was just decided about; `done` is the decision."""
    claim = await reviewed_claim(services, scope, claim_id)
    page = replace(await review_page(services, scope, shown, number), claim=claim)
    return await _sendable(services, page, shown, scope, done)


async def _sendable(
    services: "Services", page: ReviewPage, shown: Decision, scope: int, done: str = ""
) -> Sendable:
    claim = page.claim
    evidence = await evidence_to_review(services, scope, claim.claim_id) if claim is not None else None
    return sendable(review_message(page, evidence, shown, scope, done=done))


async def scope_of(interaction: Interaction, where: str) -> int:
    """Return the server, or EVERYWHERE, for which the user may decide. Raises BadInput if they may not."""
    if where == "a":
        await require_owner(interaction)
        return EVERYWHERE
    return await correcting_guild_of(interaction)


class ReviewButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:review:(?P<where>[ag]):(?P<list>[owk]):(?P<page>\d{1,6}):(?P<tag>prev|next)",
):
    """Turns the pages of reported claims. Works after a restart."""

    def __init__(self, where: str, shown: str, page: int, tag: str) -> None:
        """Take whom it decides for ("g" the server, "a" all), the letter of the list, and the page to turn to."""
        custom_id = f"hearsay:review:{where}:{shown}:{page}:{tag}"
        super().__init__(discord.ui.Button(label=pgettext("button", "Next ▶"), custom_id=custom_id))
        self.where, self.shown, self.page = where, LISTS[shown], page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["where"], match["list"], int(match["page"]), match["tag"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Turn the page, for those who may decide."""
        scope = await scope_of(interaction, self.where)
        await interaction.response.defer()
        page = await review_of(interaction.client.services, scope, self.shown, self.page)
        await interaction.edit_original_response(content=None, **page)


class DecideButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=(
        r"hearsay:decide:(?P<where>[ag]):(?P<claim>\d{1,18}):(?P<decision>[owk]):(?P<list>[owk]):(?P<page>\d{1,6})"
    ),
):
    """Withdraws or keeps a claim, or undoes that. Works after a restart."""

    def __init__(self, where: str, claim_id: int, decision: str, shown: str, page: int) -> None:
        """Take whom it decides for, the claim, the letter of the decision, and the page that is shown."""
        custom_id = f"hearsay:decide:{where}:{claim_id}:{decision}:{shown}:{page}"
        super().__init__(discord.ui.Button(label=pgettext("button", "Withdraw"), custom_id=custom_id))
        self.where, self.claim_id, self.decision = where, claim_id, LISTS[decision]
        self.shown, self.page = LISTS[shown], page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["where"], int(match["claim"]), match["decision"], match["list"], int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Store the decision, and show the claim with it."""
        scope = await scope_of(interaction, self.where)
        await interaction.response.defer()
        services = interaction.client.services
        await decide(services, scope, self.claim_id, self.decision, interaction.user.id)
        done = _(DONE[self.decision])
        shown = await review_after(services, scope, self.claim_id, self.shown, self.page, done)
        await interaction.edit_original_response(content=done, **shown)
