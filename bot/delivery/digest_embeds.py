"""A digest as embeds, one for each story: the default layout."""

from collections.abc import Sequence
from typing import Any

from bot.delivery.claims import brief_claim
from bot.delivery.digest_parts import (
    NOTE_LIMIT,
    STORY_BUDGET,
    WORDS_LIMIT,
    Part,
    colour_of,
    continued_title,
    digest_title,
    disputed_line,
    header_line,
    more_claims,
    note_of,
    outlets_line,
    picture_of,
    story_title,
)
from bot.delivery.escape import escaped, safe_url
from bot.delivery.message_parts import (
    ACCENT,
    DESCRIPTION_LIMIT,
    EMBEDS_LIMIT,
    MESSAGE_LIMIT,
    TITLE_LIMIT,
    embed_size,
)
from bot.model.digests import Digest, DigestStory
from bot.text.clipping import clip, length


def embed_parts(digest: Digest, *, one_by_one: bool = False) -> list[Part]:
    """Return the messages of a digest as embeds; with `one_by_one`, a message without a header for each story."""
    told = [(story, *_story(story)) for story in digest.stories]
    if one_by_one:
        return [Part((story,), shown, {"embeds": [embed]}) for story, embed, shown in told]
    continued = continued_title(digest)
    header = {
        "title": digest_title(digest, brief=True),
        "description": header_line(digest),
        "color": ACCENT,
    }
    groups: list[list[tuple[DigestStory, dict[str, Any], tuple[int, ...]]]] = [[]]
    embeds: list[list[dict[str, Any]]] = [[header]]
    for one in told:
        embed = one[1]
        size = sum(map(embed_size, embeds[-1])) + embed_size(embed)
        # the first embed of later messages has an additional line
        if size > MESSAGE_LIMIT - length(continued) or len(embeds[-1]) == EMBEDS_LIMIT:
            embed["author"] = {"name": continued}
            groups.append([])
            embeds.append([])
        groups[-1].append(one)
        embeds[-1].append(embed)
    return [
        Part(
            tuple(s for s, *_others in group), tuple(i for *_others, ids in group for i in ids), {"embeds": shown}
        )
        for group, shown in zip(groups, embeds, strict=True)
    ]


def _story(story: DigestStory) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Return the embed of `story` and the claims that fit into it."""
    lines: list[str] = []
    shown: list[int] = []
    for merged in story.shown_claims:
        line = brief_claim(merged, WORDS_LIMIT, story.lead.outlet)
        if shown and _joined_length([*lines, line]) > STORY_BUDGET:
            break
        lines.append(line)
        shown.append(merged.claim.claim_id)
    if not lines and story.claims_left_out and not story.has_withheld:
        lines.append(f"-# {more_claims(story.claims_left_out)}")
    if disputed := disputed_line(story):
        lines.append(f"-# {escaped(disputed)}")
    if note := note_of(story):
        lines.append(f"✏️ *{clip(escaped(note), NOTE_LIMIT)}*")
    while _joined_length(lines) > DESCRIPTION_LIMIT:
        lines.pop()
    embed: dict[str, Any] = {
        "title": story_title(story, TITLE_LIMIT),
        "description": "\n".join(lines),
        "color": colour_of(story),
        "footer": {"text": outlets_line(story, 0)},
        "timestamp": story.lead.published_at.isoformat(),
    }
    if url := safe_url(story.lead.url):
        embed["url"] = url
    if image := picture_of(story):
        embed["thumbnail"] = {"url": image}
    return embed, tuple(shown)


def _joined_length(lines: Sequence[str]) -> int:
    return sum(length(line) + 2 for line in lines)
