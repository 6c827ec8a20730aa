"""Shared by everything that is shown in pages."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

import discord

from bot.languages.translations import _, pgettext
from cogs.answering import Interaction, failures_told, guild_id_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list: page `number` (from 0) of `count`."""

    items: tuple[T, ...]
    number: int
    count: int

    @property
    def footer(self) -> str:
        """The footer of a page, such as "Page 2 of 3". Empty if there is only one."""
        return page_in_words(self.number, self.count) if self.count > 1 else ""


def page_in_words(number: int, count: int) -> str:
    """Return the position of a page: "Page 2 of 3". `number` counts from 0."""
    return _("Page {number} of {count}", number=number + 1, count=count)


def page_count(total: int, size: int) -> int:
    """Return how many pages of `size` items `total` items fill; at least one."""
    return max(1, -(-total // size))


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """Return a page of `items`. A number beyond the last page gives the last page."""
    count = page_count(len(items), size)
    number = max(0, min(number, count - 1))
    return Page(tuple(items[number * size : (number + 1) * size]), number, count)


def turning(label: str, custom_id: str, *, possible: bool = True) -> discord.ui.Button[Any]:
    """Return a button that turns to another page."""
    return discord.ui.Button(
        label=label, style=discord.ButtonStyle.secondary, custom_id=custom_id, disabled=not possible
    )


def with_turning(
    embed: discord.Embed, page: Page[Any], button: Callable[[int, str], discord.ui.Item[Any]]
) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return the embed of `page` with its footer, and buttons to the adjacent pages, or None for a single page.

    `button` makes one from the page to turn to (from 0) and its label.
    """
    if page.footer:
        embed.set_footer(text=page.footer)
    if page.count == 1:
        return embed, None
    view = discord.ui.View(timeout=None)
    if page.number > 0:
        view.add_item(button(page.number - 1, pgettext("button", "◀ Previous")))
    if page.number < page.count - 1:
        view.add_item(button(page.number + 1, pgettext("button", "Next ▶")))
    return embed, view


class PageButton(discord.ui.DynamicItem[discord.ui.Button[Any]], ABC, template=r"hearsay:page:(?P<page>\d{1,4})"):
    """Turns a list of the server to a page. Works after a restart, since the list is queried again.

    Each list has a subclass with its own `template`: "hearsay:" `LIST` ":" page.
    """

    LIST: ClassVar[str] = "page"

    def __init__(self, page: int, label: str = "Next ▶") -> None:
        """Take the page to turn to, from 0."""
        super().__init__(turning(label, f"hearsay:{self.LIST}:{page}"))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Replace the page."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer()
        embed, view = await self.shown(interaction, guild_id)
        await interaction.edit_original_response(embed=embed, view=view)

    @abstractmethod
    async def shown(self, interaction: Interaction, guild_id: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """Return the page of the current list. Each list has its own."""
