"""Parts of messages in the form of Discord's REST API, and Discord's limits on them."""

from collections.abc import Sequence
from typing import Any

from bot.delivery.escape import safe_url
from bot.text.clipping import clip, length

ACCENT = 0x2F6F8F
"""The colour at the edge of every embed."""
TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4_096
EMBEDS_LIMIT = 10
MESSAGE_LIMIT = 6_000
"""For all embeds of a message together: titles, descriptions, field names and values, footers, author names."""
ROW, BUTTON, SELECT = 1, 2, 3
_PRIMARY, _SECONDARY, _LINK = 1, 2, 5
_LONGEST_BUTTON_URL = 512


def embed_size(embed: dict[str, Any]) -> int:
    """Return how many of the message's 6,000 units `embed` takes."""
    return (
        length(embed.get("title", ""))
        + length(embed.get("description", ""))
        + length(embed.get("footer", {}).get("text", ""))
        + length(embed.get("author", {}).get("name", ""))
        + sum(length(field["name"]) + length(field["value"]) for field in embed.get("fields", ()))
    )


def page_button(label: str, custom_id: str, *, disabled: bool = False, primary: bool = False) -> dict[str, Any]:
    """Return a button that sends `custom_id` to the bot."""
    style = _PRIMARY if primary else _SECONDARY
    return {
        "type": BUTTON,
        "style": style,
        "label": clip(label, 80),
        "custom_id": custom_id,
        "disabled": disabled,
    }


def link_button(label: str, url: str) -> dict[str, Any] | None:
    """Return a button that opens `url`, or None if that cannot be linked."""
    target = safe_url(url, longest=_LONGEST_BUTTON_URL)
    return {"type": BUTTON, "style": _LINK, "label": clip(label, 80), "url": target} if target else None


def button_row(buttons: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return `buttons` (at most five) as the components of a message: one row, or nothing."""
    return [{"type": ROW, "components": list(buttons)}] if buttons else []


def select_row(
    custom_id: str, placeholder: str, options: Sequence[dict[str, Any]], *, most: int = 1
) -> list[dict[str, Any]]:
    """Return a select as the components of a message: one row, or nothing if there are no options.

    `options` (at most 25) have a "label", a "value" and optionally a "description". At most `most` can be chosen.
    """
    if not options:
        return []
    select = {
        "type": SELECT,
        "custom_id": custom_id,
        "placeholder": clip(placeholder, 150),
        "min_values": 1,
        "max_values": min(most, len(options)),
        "options": list(options),
    }
    return [{"type": ROW, "components": [select]}]
