"""A whole story in private pages: every claim, each with its evidence."""

from collections.abc import Sequence
from typing import Any

from bot.delivery.answers import page_in_words
from bot.delivery.claims import digest_claim
from bot.delivery.digest_parts import colour_of, outlets_line, story_select, story_title
from bot.delivery.escape import safe_url
from bot.delivery.follow_buttons import follow_button
from bot.delivery.message_parts import DESCRIPTION_LIMIT, TITLE_LIMIT, button_row, page_button
from bot.languages.translations import _, ngettext, pgettext
from bot.model.digests import DigestStory, MergedClaim
from bot.text.clipping import length

CLAIMS_A_PAGE = 5
"""How many claims a page shows: their Evidence buttons fill one row."""
_WORDS = (400, 240, 120)
"""Units for the words of each claim on a page. The first that fits is used."""


def story_page(
    stories: Sequence[DigestStory], place: int, claims: Sequence[MergedClaim], nonce: str, number: int
) -> dict[str, Any]:
    """Return page `number` (from 0) of the story at `place` among `stories` of a message, as a message.

    `claims` are all claims of the story. A page number beyond the last gives the last page.
    """
    story = stories[place]
    pages = max(1, -(-len(claims) // CLAIMS_A_PAGE))
    number = max(0, min(number, pages - 1))
    first = number * CLAIMS_A_PAGE
    shown = claims[first : first + CLAIMS_A_PAGE]
    description = _("No claims of this story are stored any more.")
    for words in _WORDS if shown else ():
        lines = [f"`{first + n}` {digest_claim(merged, words)}" for n, merged in enumerate(shown, 1)]
        description = "\n\n".join(lines)
        if length(description) <= DESCRIPTION_LIMIT:
            break
    else:
        if shown:
            description = "\n\n".join(_fitting(lines))
    footer = outlets_line(story, 0) + " · " + ngettext("{count} claim", "{count} claims", len(claims))
    embed: dict[str, Any] = {
        "title": story_title(story, TITLE_LIMIT),
        "description": description,
        "color": colour_of(story),
        "footer": {"text": footer + (" · " + page_in_words(number, pages) if pages > 1 else "")},
    }
    if url := safe_url(story.lead.url):
        embed["url"] = url
    evidence = [
        page_button(
            pgettext("button", "Evidence {number}", number=first + n), f"hearsay:evidence:{merged.claim.claim_id}"
        )
        for n, merged in enumerate(shown, 1)
    ]
    stem = f"hearsay:story:{nonce}:{place}"
    turn = [
        page_button(pgettext("button", "Previous"), f"{stem}:{max(0, number - 1)}:prev", disabled=number <= 0),
        page_button(pgettext("button", "Next"), f"{stem}:{number + 1}:next", disabled=number + 1 >= pages),
    ]
    follow = [follow_button("article", story.article_ids[0])] if story.article_ids else []
    rows = button_row(evidence) + button_row((turn if pages > 1 else []) + follow)
    return {"embeds": [embed], "components": [*rows, *(story_select(stories, nonce) if len(stories) > 1 else [])]}


def _fitting(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if length("\n\n".join([*kept, line])) > DESCRIPTION_LIMIT:
            break
        kept.append(line)
    return kept
