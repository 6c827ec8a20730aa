"""Messages to the managers of a server: a feed fails or is no longer polled, a digest cannot be posted."""

from datetime import datetime
from typing import Any

from discord.utils import format_dt

from bot.delivery.escape import escaped, link
from bot.delivery.message_parts import ACCENT, button_row, page_button
from bot.errors import ChannelGone, DeliveryError
from bot.feeds.health import disabled_from, how_to_fix, in_words
from bot.languages.translations import _, ngettext, pgettext
from bot.model.delivery import NoticeKind
from bot.model.digests import Subscription
from bot.model.feeds import Feed
from bot.text.clipping import clip

RETRY_ID = "hearsay:retry:{nonce}"
CHECK_ID = "hearsay:check:{nonce}"
"""The id of the button under a notice. It contains the nonce, so that the notice can be found after a crash."""


def unposted_notice(subscription: Subscription, error: DeliveryError, nonce: str) -> dict[str, Any]:
    """Return the notice about a digest that cannot be posted. Its button contains the nonce."""
    channel = f"<#{subscription.plan.channel_id}>"
    if isinstance(error, ChannelGone):
        advice = _("Move the digest with `/digest edit channel:`, then `/digest now` resumes it.")
        kept = _("It is paused. Nothing that it would have shown is lost for the next two days.")
    elif error.retryable:
        advice = _(
            "In {channel}: Edit Channel, Permissions, Hearsay. If it is a thread, unarchive and "
            "unlock it. `/digest edit channel:` moves the digest elsewhere.",
            channel=channel,
        )
        kept = _(
            "It is kept for a week and tried again by itself, with growing delays. One digest catches up then."
        )
    else:
        advice = _("Its stories come with the next digest. If that happens again, please report it.")
        kept = _("It is not tried again.")
    embed = {
        "title": _("A digest cannot be posted"),
        "description": f"{channel}: {clip(escaped(error.message), 600)}\n{kept}",
        "color": ACCENT,
        "fields": [{"name": _("What to do"), "value": advice}],
        "footer": {"text": _("/feed notices sets where this is posted · /digest list shows all digests")},
    }
    button = page_button(pgettext("button", "Try it now"), RETRY_ID.format(nonce=nonce))
    return {"embeds": [embed], "components": button_row([button])}


def notice_of(feed: Feed, kind: NoticeKind, title: str, nonce: str, now: datetime) -> dict[str, Any]:
    """Return the notice of `kind` about `feed`, shown as `title`, in the form of Discord's REST API."""
    since = _(" since {day}", day=format_dt(feed.failing_since, "D")) if feed.failing_since else ""
    read = _("It was last read {time}.", time=format_dt(feed.last_success_at, "R")) if feed.last_success_at else ""
    lines = [f"**{link(clip(title, 150), feed.url, longest_url=500)}**", clip(escaped(in_words(feed)), 600), read]
    if kind is NoticeKind.WARNING:
        heading = _("A feed fails")
        lines.insert(
            1,
            ngettext(
                "It has failed{since}, once:",
                "It has failed{since}, {count} times in a row:",
                feed.failures,
                since=since,
            ),
        )
        if ends := disabled_from(feed, now):
            lines.append(
                _(
                    "If it does not work by {day} ({time}), polling stops.",
                    day=format_dt(ends, "D"),
                    time=format_dt(ends, "R"),
                )
            )
        advice = how_to_fix(feed.error)
    else:
        heading = _("A feed is no longer read")
        lines.insert(1, _("It has failed{since}:", since=since))
        advice = how_to_fix(feed.error) + " " + _("If it works again, `/feed check` resumes it.")
    return {
        "embeds": [
            {
                "title": heading,
                "description": "\n".join(line for line in lines if line),
                "color": ACCENT,
                "fields": [{"name": _("What to do"), "value": advice}],
                "footer": {"text": _("/feed notices sets where this is posted · /feed health shows all feeds")},
            }
        ],
        "components": button_row([page_button(pgettext("button", "Try it now"), CHECK_ID.format(nonce=nonce))]),
    }
