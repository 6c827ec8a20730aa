"""The list of a server's feeds, in pages."""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord.utils import format_dt

from bot.delivery.escape import clip, escaped, link
from bot.feeds.values import FeedState
from bot.jobs import requests
from bot.store.records import Feed
from cogs.answering import COLOUR, Interaction, failures_told, guild_id_of
from cogs.views.paging import page_of, turning

FEEDS_A_PAGE = 8
MARKS = {FeedState.HEALTHY: "🟢", FeedState.FAILING: "🟠", FeedState.DISABLED: "🔴"}


def feeds_page(feeds: Sequence[Feed], number: int) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return page `number` of the list of feeds: state, last success and what is wrong with each."""
    page = page_of(feeds, number, FEEDS_A_PAGE)
    embed = discord.Embed(
        title=f"Feeds of this server: {len(feeds)}",
        description="\n".join(_line(feed) for feed in page.items),
        colour=COLOUR,
    )
    if page.footer:
        embed.set_footer(text=page.footer)
    if page.count == 1:
        return embed, None
    view = discord.ui.View(timeout=None)
    if page.number > 0:
        view.add_item(FeedsPageButton(page.number - 1, "◀ Previous"))
    if page.number < page.count - 1:
        view.add_item(FeedsPageButton(page.number + 1, "Next ▶"))
    return embed, view


def _line(feed: Feed) -> str:
    title = link(clip(requests.title_of(feed), 80), feed.url, longest_url=120)
    if feed.last_success_at is not None:
        told = f"read {format_dt(feed.last_success_at, 'R')}"
    elif feed.last_polled_at is None:
        told = "not read yet"
    else:
        told = "never read"
    line = f"{MARKS[feed.state]} {title} · {told}"
    if feed.error:
        line += f"\n\u2003{clip(escaped(feed.error), 120)}"
        if feed.state is FeedState.DISABLED:
            line += " It is no longer polled."
        else:
            line += f" Next try {format_dt(feed.next_poll_at, 'R')}."
    return line


class FeedsPageButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:feeds:(?P<page>\d{1,4})"):
    """Turns the list of feeds to a page; works after a restart."""

    def __init__(self, page: int, label: str = "Next ▶") -> None:
        """Take the page to turn to, from 0."""
        super().__init__(turning(label, f"hearsay:feeds:{page}"))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Show the page in place of the one that was there."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer()
        feeds = await requests.feeds_of(interaction.client.services, guild_id)
        embed, view = feeds_page(feeds, self.page)
        await interaction.edit_original_response(embed=embed, view=view)
