"""Digests as messages for Discord, within all its limits for any content."""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.delivery.claims import digest_claim, outlet_link
from bot.delivery.escape import cleaned, escaped, safe_url
from bot.delivery.message_parts import (
    ACCENT,
    DESCRIPTION_LIMIT,
    EMBEDS_LIMIT,
    MESSAGE_LIMIT,
    TITLE_LIMIT,
    button_row,
    embed_size,
    page_button,
)
from bot.digests.schedule import zone_of
from bot.digests.shown_stories import shown_json
from bot.model.digests import Digest, DigestStory
from bot.text.clipping import clip, length
from bot.text.counting import counted
from bot.text.time_zones import shown_zone

_STORY_BUDGET = 2_400
"""A story takes at most this much of a message, unless its first claim alone needs more."""
_WORDS_LIMIT = 320
_ACTOR_LIMIT = 60
_NOTE_LIMIT = 300
UPDATE = "Update · "
"""What stands before the title of a story that the channel was shown before."""
_OTHERS_LINKED = 5
_OTHER_URL = 200
_FOOTER_SHOWN = 300


def messages_of(digest: Digest, nonce_of: Callable[[int], str]) -> list[dict[str, Any]]:
    """Return the messages that show `digest`, at least one.

    `nonce_of` returns the nonce of each message by its number, from 0. Each message has "embeds" and "components"
    (the Evidence button, which contains the nonce); for the outbox, "claim_ids" and "article_ids" of it, and
    "shows": its part of the digest, as JSON.
    """
    header = _header(digest)
    continued = f"{local_date(digest.slot, digest.timezone)}, continued"
    # the first embed of later messages has an additional line
    parts: list[list[tuple[dict[str, Any], tuple[int, ...]]]] = [[(header, ())]]
    stories: list[list[DigestStory]] = [[]]
    for story in digest.stories:
        embed, shown = _story(story)
        size = sum(embed_size(other) for other, _ in parts[-1]) + embed_size(embed)
        if size > MESSAGE_LIMIT - length(continued) or len(parts[-1]) == EMBEDS_LIMIT:
            embed["author"] = {"name": continued}
            parts.append([])
            stories.append([])
        parts[-1].append((embed, shown))
        stories[-1].append(story)
    return [
        _digest_message([embed for embed, _ in part], [i for _, ids in part for i in ids], nonce_of(number))
        | {
            "article_ids": [i for story in stories[number] for i in story.article_ids],
            "shows": shown_json(replace(digest, stories=tuple(stories[number]))),
        }
        for number, part in enumerate(parts)
    ]


def local_date(moment: datetime, timezone: str) -> str:
    """Return the date of `moment` in `timezone` in words: "Tuesday 18 July 2026"."""
    local = moment.astimezone(zone_of(timezone))
    return f"{calendar.day_name[local.weekday()]} {local.day} {calendar.month_name[local.month]} {local.year}"


def digest_summary(digest: Digest) -> str:
    """Return a summary of `digest`: "3 stories from 4 outlets, 08:00 in Europe/Berlin"."""
    outlets = {article.outlet for story in digest.stories for article in (story.lead, *story.others)}
    local = digest.slot.astimezone(zone_of(digest.timezone))
    summary = f"{counted(len(digest.stories), 'story', 'stories')} from {counted(len(outlets), 'outlet')}"
    summary += f", {local:%H:%M} in {shown_zone(digest.timezone)}"
    if digest.stories_left_out:
        summary += f"; {counted(digest.stories_left_out, 'more story', 'more stories')} left for the next digest"
    return summary


def _header(digest: Digest) -> dict[str, Any]:
    return {
        "title": f"Who said what: {local_date(digest.slot, digest.timezone)}",
        "description": escaped(digest_summary(digest)) + ".",
        "color": ACCENT,
    }


def _story(story: DigestStory) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Return the embed of `story` and the claims that fit into it."""
    lines = [_key_actors(story.actors)] if story.actors else []
    shown: list[int] = []
    for merged in story.claims:
        line = digest_claim(merged, _WORDS_LIMIT)
        if shown and _joined_length([*lines, line]) > _STORY_BUDGET:
            break
        lines.append(line)
        shown.append(merged.claim.claim_id)
    if others := _others(story):
        lines.append(others)
    if story.note:
        lines.append(f"✏️ *{clip(escaped(story.note), _NOTE_LIMIT)}*")
    while _joined_length(lines) > DESCRIPTION_LIMIT:
        lines.pop()
    embed: dict[str, Any] = {
        "title": clip(
            (UPDATE if story.is_update else "") + (escaped(story.lead.title) or "Untitled article"), TITLE_LIMIT
        ),
        "description": "\n\n".join(lines),
        "color": ACCENT,
        "footer": {"text": _footer(story, len(story.claims) - len(shown) + story.claims_left_out)},
        "timestamp": story.lead.published_at.isoformat(),
    }
    if url := safe_url(story.lead.url):
        embed["url"] = url
    if image := _image(story):
        embed["thumbnail"] = {"url": image}
    return embed, tuple(shown)


def _key_actors(actors: Iterable[str]) -> str:
    named = [clip(escaped(actor), _ACTOR_LIMIT) for actor in actors]
    return f"-# Key actors: {', '.join(name for name in named if name)}"


def _others(story: DigestStory) -> str:
    """Return the links to the articles of the other outlets."""
    linked = [outlet_link(other.outlet, other.url, _OTHER_URL) for other in story.others[:_OTHERS_LINKED]]
    return f"-# Also reported by {', '.join(linked)}" if linked else ""


def _footer(story: DigestStory, left_out: int) -> str:
    footer = clip(cleaned(story.lead.outlet), _FOOTER_SHOWN) or "Unknown outlet"
    footer += f" +{len(story.others)}" if story.others else ""
    return footer + (f" · {counted(left_out, 'more claim')}" if left_out > 0 else "")


def _image(story: DigestStory) -> str | None:
    """Return the picture of the first article that has one with an https address."""
    for article in (story.lead, *story.others):
        image = safe_url(article.image_url)
        if image and image.startswith("https://"):
            return image
    return None


def _digest_message(embeds: Sequence[dict[str, Any]], claim_ids: Sequence[int], nonce: str) -> dict[str, Any]:
    button = page_button("Evidence", f"hearsay:digest:{nonce}:0", primary=True)
    return {"embeds": list(embeds), "components": button_row([button]), "claim_ids": list(claim_ids)}


def _joined_length(lines: Sequence[str]) -> int:
    return sum(length(line) + 2 for line in lines)
