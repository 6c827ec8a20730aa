"""The list of a server's feeds, in pages."""

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.delivery.escape import escaped, link
from bot.languages.translations import _, retold
from bot.model.feeds import Feed, FeedState, title_of
from bot.services.feeds import feeds_of
from bot.text.clipping import clip
from cogs.answering import COLOUR, Interaction
from cogs.views.paging import PageButton, page_of, with_turning

FEEDS_A_PAGE = 8
MARKS = {FeedState.HEALTHY: "🟢", FeedState.FAILING: "🟠", FeedState.DISABLED: "🔴"}


def feeds_page(feeds: Sequence[Feed], number: int) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return page `number` of the list of feeds: state, last success, and the problem of each."""
    page = page_of(feeds, number, FEEDS_A_PAGE)
    embed = discord.Embed(
        title=_("Feeds of this server: {count}", count=len(feeds)),
        description="\n".join(_line(feed) for feed in page.items),
        colour=COLOUR,
    )
    return with_turning(embed, page, FeedsPageButton)


def _line(feed: Feed) -> str:
    title = link(clip(title_of(feed), 80), feed.url, longest_url=120)
    if feed.last_success_at is not None:
        state = _("read {time}", time=format_dt(feed.last_success_at, "R"))
    elif feed.last_polled_at is None:
        state = _("not read yet")
    else:
        state = _("never read")
    line = f"{MARKS[feed.state]} {title} · {state}"
    if feed.error:
        line += f"\n\u2003{clip(escaped(retold(feed.error)), 120)}"
        if feed.state is FeedState.DISABLED:
            line += " " + _("It is no longer polled.")
        else:
            line += " " + _("Next try {time}.", time=format_dt(feed.next_poll_at, "R"))
    return line


class FeedsPageButton(PageButton, template=r"hearsay:feeds:(?P<page>\d{1,4})"):
    """Turns the list of feeds to a page."""

    LIST = "feeds"

    async def shown(self, interaction: Interaction, guild_id: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """Return the page of the current list."""
        return feeds_page(await feeds_of(interaction.client.services, guild_id), self.page)
