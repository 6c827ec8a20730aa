"""Turns a payload, as delivery makes it, into what discord.py sends."""

from typing import Any, TypedDict

import discord

from bot.delivery.views import rows_of


class Sendable(TypedDict):
    """The embeds and buttons of a message."""

    embeds: list[discord.Embed]
    view: discord.ui.View


def sendable(payload: dict[str, Any]) -> Sendable:
    """Return `payload` as arguments for `edit_original_response` or `send`. Needs a running event loop."""
    return Sendable(
        embeds=[discord.Embed.from_dict(embed) for embed in payload["embeds"]],
        view=rows_of(payload["components"]),
    )
