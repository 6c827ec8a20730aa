"""Messages as the API gives them, for the tests of how they are shown."""

from datetime import UTC, datetime
from typing import Any

from preview.discord.objects import Json

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def message(**changes: Any) -> Json:
    """Return a message of the bot with these members changed."""
    return {
        "id": "1",
        "channel_id": "2",
        "author": {"id": "3", "username": "hearsay", "global_name": "Hearsay", "bot": True},
        "timestamp": NOW.isoformat(),
        "edited_timestamp": None,
        "content": "",
        "flags": 0,
        "mentions": [],
        "embeds": [],
        "components": [],
        "attachments": [],
    } | changes


def full_message() -> Json:
    """Return a message with everything in it that is shown."""
    return message(
        content="For <@5> in <#6>",
        edited_timestamp=NOW.isoformat(),
        mentions=[{"id": "5", "username": "bob", "global_name": None}],
        embeds=[
            {
                "type": "rich",
                "author": {"name": "Harbour Tide"},
                "title": "The pact",
                "url": "https://tide.example/pact",
                "color": 0x336699,
                "description": "**Jens** said:\n> “We *will* stay.”\n-# two outlets",
                "fields": [
                    {"name": "Kind", "value": "statement", "inline": True},
                    {"name": "When", "value": f"<t:{int(NOW.timestamp()) - 7200}:R>", "inline": True},
                    {"name": "Where", "value": "[Tide](https://tide.example/a)", "inline": False},
                ],
                "image": {"url": "https://tide.example/plot.png"},
                "footer": {"text": "4 outlets"},
                "timestamp": NOW.isoformat(),
            }
        ],
        components=[
            {
                "type": 1,
                "components": [
                    {"type": 2, "style": 1, "label": "Evidence", "custom_id": "e"},
                    {"type": 2, "style": 2, "label": "Next", "custom_id": "n", "disabled": True},
                    {
                        "type": 2,
                        "style": 5,
                        "label": "Read",
                        "url": "https://tide.example/a",
                        "emoji": {"name": "📰"},
                    },
                ],
            },
            {
                "type": 1,
                "components": [
                    {"type": 3, "custom_id": "s", "placeholder": "Choose", "options": [{"label": "A"}]}
                ],
            },
            {
                "type": 17,
                "accent_color": 0xFF0000,
                "components": [
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "**in a container**"}],
                        "accessory": {"type": 2, "style": 4, "label": "Drop", "custom_id": "d"},
                    },
                    {"type": 14},
                ],
            },
        ],
        attachments=[{"id": "9", "filename": "plot.png", "description": "a timeline"}],
        flags=64,
    )
