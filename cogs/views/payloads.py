"""Turns a payload built by delivery into the form that discord.py sends."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypedDict

import discord

from bot.delivery.views import rows_of

PATIENCE_S = 0.6
"""How long an answer waits for its picture. A slower picture follows in an edit."""


class Sendable(TypedDict):
    """The embeds and buttons of a message."""

    embeds: list[discord.Embed]
    view: discord.ui.View


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that belongs to a message: file name, description, and the function that draws it; None if that
    fails.
    """

    name: str
    alt: str
    draw: Callable[[], Awaitable[bytes | None]]

    async def files(self) -> list[discord.File]:
        """Return the picture as files to send: one, or none if it could not be drawn."""
        png = await self.draw()
        return [discord.File(io.BytesIO(png), self.name, description=self.alt)] if png else []


@dataclass(frozen=True, slots=True)
class Page:
    """A message, and the picture that belongs to it, if any."""

    message: Sendable
    picture: Picture | None = None


def sendable(payload: dict[str, Any]) -> Sendable:
    """Return `payload` as arguments for `edit_original_response` or `send`. Needs a running event loop."""
    return Sendable(
        embeds=[discord.Embed.from_dict(embed) for embed in payload["embeds"]],
        view=rows_of(payload["components"]),
    )


async def show(page: Page, edit: Callable[..., Awaitable[Any]]) -> None:
    """Show a page with `edit`, in place of the present content. A slow picture follows the message."""
    if page.picture is None:
        await edit(**page.message, attachments=[])
        return
    drawing = asyncio.create_task(page.picture.files(), name="picture")
    try:
        await asyncio.wait({drawing}, timeout=PATIENCE_S)
        if drawing.done():
            await edit(**page.message, attachments=drawing.result())
            return
        await edit(**page.message, attachments=[])
        if files := await drawing:
            await edit(attachments=files)
    finally:
        drawing.cancel()
