"""A digest as cards, with Discord's Components V2: a container for each story.

Such a message has neither content nor embeds. It may hold 40 components and 4,000 characters of text; the
addresses of links count.
"""

from typing import Any

from bot.delivery.claims import brief_claim
from bot.delivery.digest_parts import (
    NOTE_LIMIT,
    WORDS_LIMIT,
    Part,
    colour_of,
    continued_title,
    digest_title,
    disputed_line,
    header_line,
    note_of,
    outlets_line,
    picture_of,
    story_title,
    update_mark,
)
from bot.delivery.escape import cleaned, escaped, link
from bot.languages.translations import _
from bot.model.digests import Digest, DigestStory
from bot.text.clipping import clip, length

_SECTION, TEXT, _THUMBNAIL, _CONTAINER = 9, 10, 11, 17
TEXT_LIMIT = 4_000
_SPARE = 240
"""Room for the header of a message and a mention; in a story, for its title and outlets."""
_STORY_ROOM = 1_600
_WORDS_SHORT = 160
_TITLE = 230
_LONGEST_LINK = 300
STORIES_A_MESSAGE = 6
"""A story takes up to five components, header and controls six, a mention one. Discord allows 40."""


def card_parts(digest: Digest, *, one_by_one: bool = False) -> list[Part]:
    """Return the messages of a digest as cards; with `one_by_one`, a message without a header for each story."""
    told = [(story, *_story(story)) for story in digest.stories]
    if one_by_one:
        return [Part((story,), shown, {"components": [card]}) for story, card, shown, _room in told]
    parts: list[Part] = []
    header = f"### {digest_title(digest, brief=True)}\n{header_line(digest)}"
    stories, cards, ids, size = list[DigestStory](), list[dict[str, Any]](), list[int](), 0
    for story, card, shown, room in told:
        if stories and (size + room > TEXT_LIMIT - _SPARE or len(stories) == STORIES_A_MESSAGE):
            parts.append(_part(stories, cards, ids, header))
            header = f"-# {continued_title(digest)}"
            stories, cards, ids, size = [], [], [], 0
        stories.append(story)
        cards.append(card)
        ids += shown
        size += room
    return [*parts, _part(stories, cards, ids, header)]


def _part(stories: list[DigestStory], cards: list[dict[str, Any]], ids: list[int], header: str) -> Part:
    shown = [{"type": TEXT, "content": header}, *cards]
    return Part(tuple(stories), tuple(ids), {"components": shown})


def _story(story: DigestStory) -> tuple[dict[str, Any], tuple[int, ...], int]:
    """Return the container of a story, the claims that fit into it, and the length of its text."""
    url = story.lead.url
    title = story_title(story, _TITLE)
    if story.lead.title.strip():
        linked = link(clip(cleaned(story.lead.title), _TITLE), url, longest_url=_LONGEST_LINK)
        title = (update_mark() if story.is_update else "") + linked
    head = f"### {title}"
    note = f"✏️ *{clip(escaped(note_of(story)), NOTE_LIMIT)}*" if note_of(story) else ""
    disputed = disputed_line(story)
    lines: list[str] = []
    shown: list[int] = []
    room = _STORY_ROOM - length(note) - length(disputed) - _SPARE
    for merged in story.shown_claims:
        versions = [brief_claim(merged, limit, story.lead.outlet) for limit in (WORDS_LIMIT, _WORDS_SHORT)]
        line = next((version for version in versions if length(version) <= room), None)
        if line is None:
            continue
        lines.append(line)
        shown.append(merged.claim.claim_id)
        room -= length(line) + 2
    lines += [f"-# {escaped(disputed)}"] if disputed else []
    lines += [note] if note else []
    lines.append(
        f"-# {escaped(outlets_line(story, len(story.shown_claims) - len(shown) + story.claims_left_out))}"
    )
    first, rest = head, "\n".join(lines)
    inner: list[dict[str, Any]] = [{"type": TEXT, "content": first}]
    if image := picture_of(story):
        described = clip(_("Picture: {title}", title=cleaned(story.lead.title)), 200)
        thumbnail = {"type": _THUMBNAIL, "media": {"url": image}, "description": described}
        inner = [{"type": _SECTION, "components": inner, "accessory": thumbnail}]
    inner.append({"type": TEXT, "content": rest})
    card = {"type": _CONTAINER, "accent_color": colour_of(story), "components": inner}
    return card, tuple(shown), length(first) + length(rest)
