"""Payloads of Discord's REST API in the form that discord.py sends: views of buttons, selects and cards."""

from collections.abc import Callable, Iterable
from typing import Any

import discord

from bot.delivery.message_parts import BUTTON, ROW, SELECT

_SECTION, _TEXT, _THUMBNAIL, _CONTAINER = 9, 10, 11, 17


def view_of(components: list[dict[str, Any]]) -> discord.ui.View | discord.ui.LayoutView:
    """Return the components of a payload as a view that is already stopped.

    A running view would be kept in memory for each message; clicks go to the bot's dynamic items instead. Needs a
    running event loop. Raises KeyError, TypeError or ValueError for damaged components.
    """
    if all(component["type"] == ROW for component in components):
        return rows_of(components)
    layout = discord.ui.LayoutView(timeout=None)
    for component in components:
        layout.add_item(_item(component))
    layout.stop()
    return layout


def rows_of(components: list[dict[str, Any]]) -> discord.ui.View:
    """Return rows of buttons and selects as a view; see `view_of`."""
    view = discord.ui.View(timeout=None)
    for row, line in enumerate(components):
        for item in line["components"]:
            made = _item(item)
            made.row = row
            view.add_item(made)
    view.stop()
    return view


def _item(given: dict[str, Any]) -> discord.ui.Item[Any]:
    """Return one component with everything nested in it."""
    make = _MAKERS.get(given["type"])
    if make is None:
        raise ValueError(f"no component of type {given['type']}")
    return make(given)


def _button(given: dict[str, Any]) -> discord.ui.Item[Any]:
    return discord.ui.Button(
        style=discord.ButtonStyle(given["style"]),
        label=given.get("label"),
        custom_id=given.get("custom_id"),
        url=given.get("url"),
        disabled=given.get("disabled", False),
    )


def _select(given: dict[str, Any]) -> discord.ui.Item[Any]:
    options = [discord.SelectOption(**option) for option in given["options"]]
    return discord.ui.Select(
        custom_id=given["custom_id"],
        placeholder=given["placeholder"],
        min_values=given["min_values"],
        max_values=given["max_values"],
        options=options,
    )


_MAKERS: dict[int, Callable[[dict[str, Any]], discord.ui.Item[Any]]] = {
    BUTTON: _button,
    SELECT: _select,
    ROW: lambda given: discord.ui.ActionRow(*_items(given)),
    _TEXT: lambda given: discord.ui.TextDisplay(given["content"]),
    _THUMBNAIL: lambda given: discord.ui.Thumbnail(given["media"]["url"], description=given.get("description")),
    _SECTION: lambda given: discord.ui.Section(*_items(given), accessory=_item(given["accessory"])),
    _CONTAINER: lambda given: discord.ui.Container(*_items(given), accent_colour=given.get("accent_color")),
}


def _items(given: dict[str, Any]) -> Iterable[Any]:
    return [_item(inner) for inner in given["components"]]


def arguments_of(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a payload as arguments with which discord.py posts or edits a message.

    Needs a running event loop. Raises KeyError, TypeError or ValueError for a damaged payload.
    """
    view = view_of(payload.get("components", []))
    if isinstance(view, discord.ui.LayoutView):
        return {"view": view}
    embeds = [discord.Embed.from_dict(embed) for embed in payload.get("embeds", [])]
    if not embeds and not payload.get("content"):
        raise ValueError("a message without embeds, content and cards")
    return {"content": payload.get("content"), "embeds": embeds, "view": view}


def without_links(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a payload without the addresses of titles and pictures, which Discord may refuse."""
    lean = dict(payload)
    if "embeds" in payload:
        lean["embeds"] = [
            {k: v for k, v in embed.items() if k not in {"url", "thumbnail", "image"}}
            for embed in payload["embeds"]
        ]
    lean["components"] = [inner for one in payload.get("components", []) for inner in _without_picture(one)]
    return lean


def _without_picture(component: dict[str, Any]) -> list[dict[str, Any]]:
    if component["type"] == _SECTION:
        return list(component["components"])
    if component["type"] == _CONTAINER:
        inner = [kept for one in component["components"] for kept in _without_picture(one)]
        return [component | {"components": inner}]
    return [component]
