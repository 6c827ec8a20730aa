"""What is the same for everything that is shown in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import discord

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list: page `number` (from 0) of `count`."""

    items: tuple[T, ...]
    number: int
    count: int

    @property
    def footer(self) -> str:
        """What stands under a page, such as "Page 2 of 3"; nothing where it is the only one."""
        return f"Page {self.number + 1} of {self.count}" if self.count > 1 else ""


def page_count(total: int, size: int) -> int:
    """Return how many pages of `size` hold `total` things: at least one."""
    return max(1, -(-total // size))


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """Return a page of `items`; a number beyond the last page gives the last one."""
    count = page_count(len(items), size)
    number = max(0, min(number, count - 1))
    return Page(tuple(items[number * size : (number + 1) * size]), number, count)


def turning(label: str, custom_id: str, *, possible: bool = True) -> discord.ui.Button[Any]:
    """Return a button that turns to another page."""
    return discord.ui.Button(
        label=label, style=discord.ButtonStyle.secondary, custom_id=custom_id, disabled=not possible
    )
