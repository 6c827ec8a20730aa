"""The state of a server's feeds, in pages, and the button under a notice that checks a feed."""

from typing import Any

import discord
from discord.utils import format_dt

from bot.delivery.escape import escaped, link
from bot.delivery.explanations import check_embed
from bot.delivery.notices import CHECK_ID
from bot.languages.translations import N_, _, ngettext, pgettext, retold
from bot.model.feed_checks import FeedCheck
from bot.model.feeds import EntryProgress, EntrySummary, Feed, FeedState, title_of
from bot.services import explanations
from bot.services.health import HealthOverview, health_overview, noticed_feed, state_in_words
from bot.text.clipping import clip
from cogs.answering import COLOUR, Interaction, failures_told, managed_guild_of
from cogs.turns import Dear, take_turn
from cogs.views.custom_ids import NonceInId
from cogs.views.feeds import MARKS
from cogs.views.paging import PageButton, page_of, turning, with_turning

FEEDS_A_PAGE = 6
STATES = {
    FeedState.HEALTHY: N_("healthy"),
    FeedState.FAILING: N_("failing"),
    FeedState.DISABLED: N_("disabled"),
}


def health_page(overview: HealthOverview, number: int) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return page `number` of the overview: counts, then each feed, failing ones first."""
    page = page_of(overview.feeds, number, FEEDS_A_PAGE)
    counts = " · ".join(f"{MARKS[state]} {overview.counts[state]} {_(STATES[state])}" for state in FeedState)
    if overview.notices_channel is None:
        warnings = _("Warnings about failing feeds are off. Choose a channel with `/feed notices`.")
    else:
        warnings = _("Warnings about failing feeds: {channel}", channel=f"<#{overview.notices_channel}>")
    embed = discord.Embed(
        title=_("Health of this server's feeds"),
        description="\n".join(
            [
                counts,
                warnings,
                "",
                *(_line(feed) + _entries_told(overview.entries.get(feed.id)) for feed in page.items),
            ]
        ),
        colour=COLOUR,
    )
    return with_turning(embed, page, HealthPageButton)


def check_shown(check: FeedCheck) -> discord.Embed:
    """Return the embed with the result of checking a feed."""
    found = check.trial.feed.title if check.trial.feed else ""
    title = title_of(check.feed) if check.feed else found or check.trial.address
    return discord.Embed.from_dict(check_embed(check, title))


def _line(feed: Feed) -> str:
    title = link(clip(title_of(feed), 80), feed.url, longest_url=120)
    read = _("read {time}", time=format_dt(feed.last_success_at, "R")) if feed.last_success_at else _("never read")
    line = f"{MARKS[feed.state]} {title} · {read}"
    if feed.state is FeedState.HEALTHY:
        kept_back = f"\n\u2003{clip(escaped(retold(feed.kept_back)), 200)}" if feed.kept_back else ""
        return f"{line} · " + _("next {time}", time=format_dt(feed.next_poll_at, "R")) + kept_back
    sentences = [clip(escaped(state_in_words(feed)), 150)]
    if feed.failing_since:
        sentences.append(_("Since {day}.", day=format_dt(feed.failing_since, "D")))
    if feed.state is FeedState.DISABLED:
        sentences.append(_("No longer read. If it works again, `/feed check` resumes it."))
    else:
        sentences.append(ngettext("{count} failure.", "{count} failures.", feed.failures))
        sentences.append(_("Next try {time}.", time=format_dt(feed.next_poll_at, "R")))
    return f"{line}\n\u2003{' '.join(sentences)}"


def _entries_told(summary: EntrySummary | None) -> str:
    """Return the states of a feed's recent entries, or nothing if all of them are done."""
    if summary is None or not set(summary.counts) - {EntryProgress.DONE, EntryProgress.LEFT_OUT}:
        return ""
    counts = ", ".join(f"{summary.counts[one]} {_(one.value)}" for one in EntryProgress if summary.counts[one])
    lines = _("Entries of the last 7 days: {counts}", counts=counts)
    if summary.reason:
        lines += ". " + _("Last reason: {reason}", reason=clip(escaped(retold(summary.reason)), 120))
    return f"\n\u2003{lines}"


class HealthPageButton(PageButton, template=r"hearsay:health:(?P<page>\d{1,4})"):
    """Turns the overview to a page."""

    LIST = "health"

    async def shown(self, interaction: Interaction, guild_id: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """Return the page of the current overview."""
        return health_page(await health_overview(interaction.client.services, guild_id), self.page)


class CheckButton(NonceInId[discord.ui.Button[Any]], template=r"hearsay:check:(?P<nonce>[0-9a-f]{22})"):
    """Checks the feed that a notice is about, if a manager presses it."""

    @staticmethod
    def made(nonce: str) -> discord.ui.Button[Any]:
        """Return the button."""
        return turning(pgettext("button", "Try it now"), CHECK_ID.format(nonce=nonce))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer with the result of checking the feed."""
        guild_id = managed_guild_of(interaction, _("try a feed"))
        await take_turn(interaction, Dear.SITE)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = interaction.client.services
        feed = await noticed_feed(services, guild_id, self.nonce)
        check = await explanations.check_feed(services, guild_id, str(feed.id))
        await interaction.edit_original_response(embed=check_shown(check))
