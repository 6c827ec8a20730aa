"""The Evidence button of a digest message, and the list of a server's digests."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Self

import discord
from discord.utils import format_dt

from bot.delivery.digest_messages import messages_of
from bot.delivery.escape import escaped
from bot.delivery.evidence import digest_evidence_message, missing_evidence_message
from bot.delivery.notices import RETRY_ID
from bot.errors import NotFound
from bot.languages.formats import listed, shown_number, shown_percent
from bot.languages.spoken import speaking
from bot.languages.translations import _, pgettext, retold
from bot.model.digests import Digest, Selection, Subscription
from bot.model.feeds import Feed, title_of
from bot.services.claims import evidence_of
from bot.services.digest_wishes import plan_in_words
from bot.services.digests import digest_claims, retry_unposted
from bot.services.feeds import feeds_of
from bot.services.server_settings import language_of_server
from bot.services.subscriptions import stuck_subscriptions, subscriptions_of
from bot.text.clipping import clip
from cogs.answering import COLOUR, Interaction, failures_told, guild_id_of, managed_guild_of
from cogs.views.custom_ids import NonceInId
from cogs.views.paging import PageButton, page_of, turning, with_turning
from cogs.views.payloads import sendable

DIGESTS_A_PAGE = 8


def digests_page(
    subscriptions: Sequence[Subscription],
    feeds: Mapping[int, Feed],
    number: int,
    stuck: Mapping[int, str] | None = None,
) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return page `number` of the list of subscriptions: where, when, what, and why one is paused or waits.

    `stuck` says why messages of a subscription could not be posted yet.
    """
    page = page_of(subscriptions, number, DIGESTS_A_PAGE)
    embed = discord.Embed(
        title=_("Digests of this server: {count}", count=shown_number(len(subscriptions))),
        description="\n".join(_line(one, feeds, (stuck or {}).get(one.id)) for one in page.items),
        colour=COLOUR,
    )
    return with_turning(embed, page, DigestsPageButton)


def feeds_in_words(selection: Selection, feeds: Mapping[int, Feed]) -> str:
    """Return which feeds are selected: "all feeds", or titles, not escaped."""
    if not selection.feed_ids:
        return _("all feeds")
    known = [title_of(feeds[i]) for i in selection.feed_ids if i in feeds]
    return listed(known) or _("a feed that was removed")


def _line(subscription: Subscription, feeds: Mapping[int, Feed], problem: str | None) -> str:
    s = subscription
    sure = _("at least {percent} sure", percent=shown_percent(s.selection.minimum_confidence))
    of = clip(escaped(feeds_in_words(s.selection, feeds)), 120)
    line = f"`{s.id}` <#{s.plan.channel_id}> · {plan_in_words(s.plan)} · {of} · {sure}"
    if s.selection.filter:
        line += "\n\u2003" + _("Only: {filter}", filter=clip(escaped(s.selection.filter), 80))
    if s.paused_reason is not None:
        why = clip(escaped(retold(s.paused_reason)), 150)
        return f"⏸️ {line}\n\u2003" + _("Paused: {reason}", reason=why)
    if problem is not None:
        why = clip(escaped(retold(problem)), 150)
        return f"⚠️ {line}\n\u2003" + _("Waits to be posted, and is tried again: {reason}", reason=why)
    return f"{line}\n\u2003" + _("Next {time}", time=format_dt(s.next_at, "R"))


class DigestsPageButton(PageButton, template=r"hearsay:digests:(?P<page>\d{1,4})"):
    """Turns the list of digests to a page."""

    LIST = "digests"

    async def shown(self, interaction: Interaction, guild_id: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """Return the page of the current list."""
        services = interaction.client.services
        subscriptions = await subscriptions_of(services, guild_id)
        feeds = {feed.id: feed for feed in await feeds_of(services, guild_id)}
        stuck = await stuck_subscriptions(services, subscriptions)
        return digests_page(subscriptions, feeds, self.page, stuck)


class DigestEvidenceButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:digest:(?P<nonce>[\w-]{1,25}):(?P<page>\d{1,4})",
):
    """Shows the claims of a digest message with their evidence, one per page, and turns these pages."""

    def __init__(self, nonce: str, page: int) -> None:
        """Take the nonce of the message and the claim to show, from 0."""
        super().__init__(
            discord.ui.Button(label=pgettext("button", "Evidence"), custom_id=f"hearsay:digest:{nonce}:{page}")
        )
        self.nonce = nonce
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["nonce"], int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer only the user when pressed on the digest, or turn the page when pressed on that answer."""
        guild_id = guild_id_of(interaction)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        services = interaction.client.services
        claim_ids = await digest_claims(services, guild_id, self.nonce)
        page = min(self.page, len(claim_ids) - 1)
        try:
            shown = await evidence_of(services, guild_id, claim_ids[page])
        except NotFound as error:
            payload = missing_evidence_message(error.message, self.nonce, page, len(claim_ids))
        else:
            payload = digest_evidence_message(shown, self.nonce, page, len(claim_ids))
        await interaction.edit_original_response(**sendable(payload))


class RetryButton(NonceInId[discord.ui.Button[Any]], template=r"hearsay:retry:(?P<nonce>[0-9a-f]{22})"):
    """Posts the digest that a notice is about, if a manager presses it."""

    @staticmethod
    def made(nonce: str) -> discord.ui.Button[Any]:
        """Return the button."""
        return turning(pgettext("button", "Try it now"), RETRY_ID.format(nonce=nonce))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Have it posted, and say what is on its way."""
        guild_id = managed_guild_of(interaction, _("have it posted"))
        await interaction.response.defer(ephemeral=True, thinking=True)
        posted = await retry_unposted(interaction.client.services, guild_id, self.nonce)
        count = posted.waiting + (posted.digest is not None)
        told = _(
            "On its way to <#{channel_id}>. If it fails again, you are told here.",
            channel_id=posted.subscription.plan.channel_id,
        )
        if not count:
            told = _("Nothing waits for <#{channel_id}> any more.", channel_id=posted.subscription.plan.channel_id)
        await interaction.edit_original_response(content=told)


async def show_sample(interaction: Interaction, digest: Digest) -> None:
    """Show only the user a preview of a digest, in the server's language, as further messages."""
    with speaking(await language_of_server(interaction.client.services.store, interaction.guild_id)):
        messages = messages_of(digest, lambda part: f"sample{part}")
    for message in messages:
        embeds = [discord.Embed.from_dict(embed) for embed in message["embeds"]]
        await interaction.followup.send(embeds=embeds, ephemeral=True)
