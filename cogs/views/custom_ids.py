"""Bases of controls whose custom ids contain nothing, or only the nonce of their message."""

import re
from abc import ABC, abstractmethod
from typing import Any, Generic, Self, TypeVar

import discord

ItemT = TypeVar("ItemT", bound=discord.ui.Item[Any])


class NothingInId:
    """Put it before DynamicItem: all controls of its kind have the same custom id, and are created without
    arguments.
    """

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Return the control that was used."""
        return cls()


class NonceInId(discord.ui.DynamicItem[ItemT], ABC, Generic[ItemT], template=r"hearsay:nonce:(?P<nonce>\w+)"):
    """A control of the message with a certain nonce. Each has its own `template`, with a group "nonce"."""

    def __init__(self, nonce: str) -> None:
        """Take the nonce of the message."""
        super().__init__(self.made(nonce))
        self.nonce = nonce

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the control that was used."""
        return cls(match["nonce"])

    @staticmethod
    @abstractmethod
    def made(nonce: str) -> ItemT:
        """Return the button or select. Each control has its own."""
