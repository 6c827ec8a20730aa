"""The message that tells managers of a server that a feed fails, or that it will no longer be read."""

from datetime import datetime
from typing import Any

from discord.utils import format_dt

from bot.delivery.escape import escaped, link
from bot.delivery.message_parts import ACCENT, button_row, page_button
from bot.feeds.health import disabled_from, how_to_fix, in_words
from bot.model.delivery import NoticeKind
from bot.model.feeds import Feed
from bot.text.clipping import clip

CHECK_ID = "hearsay:check:{nonce}"
"""The id of the button under a notice. It contains the nonce, so that the notice can be found after a crash."""


def notice_of(feed: Feed, kind: NoticeKind, title: str, nonce: str, now: datetime) -> dict[str, Any]:
    """Return the notice of `kind` about `feed`, shown as `title`, in the form that Discord's REST API takes."""
    since = f" since {format_dt(feed.failing_since, 'D')}" if feed.failing_since else ""
    read = f"It was last read {format_dt(feed.last_success_at, 'R')}." if feed.last_success_at else ""
    lines = [f"**{link(clip(title, 150), feed.url, longest_url=500)}**", clip(escaped(in_words(feed)), 600), read]
    if kind is NoticeKind.WARNING:
        heading = "A feed fails"
        lines.insert(1, f"It has failed{since}, {feed.failures} times in a row:")
        if ends := disabled_from(feed, now):
            lines.append(f"If it does not work by {format_dt(ends, 'D')} ({format_dt(ends, 'R')}), polling stops.")
        advice = how_to_fix(feed.error)
    else:
        heading = "A feed is no longer read"
        lines.insert(1, f"It has failed{since}:")
        advice = f"{how_to_fix(feed.error)} If it works again, `/feed check` resumes it."
    return {
        "embeds": [
            {
                "title": heading,
                "description": "\n".join(line for line in lines if line),
                "color": ACCENT,
                "fields": [{"name": "What to do", "value": advice}],
                "footer": {"text": "/feed notices sets where this is posted · /feed health shows all feeds"},
            }
        ],
        "components": button_row([page_button("Try it now", CHECK_ID.format(nonce=nonce))]),
    }
