"""Letters about what people follow, as messages for Discord."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.delivery.answers import EVIDENCE_PLACEHOLDER, claims_by_article, evidence_select
from bot.delivery.escape import cleaned, escaped
from bot.delivery.evidence import evidence_embed
from bot.delivery.message_parts import (
    ACCENT,
    DESCRIPTION_LIMIT,
    TITLE_LIMIT,
    button_row,
    link_button,
    page_button,
)
from bot.digests.schedule import zone_of
from bot.languages.formats import listed, weekday_and_date
from bot.languages.translations import _, ngettext, pgettext
from bot.model.claims import ClaimRecord, Evidence
from bot.model.follows import Follow, FollowRhythm
from bot.text.clipping import clip

CLAIMS_SHOWN = 8
"""Claims in a letter: as many as fit. Claims that do not fit are counted, and not repeated in the next letter."""
LETTER_ID = "hearsay:letter:{nonce}"
FOLLOWING_ID = "hearsay:following:0"
_NAMES_SHOWN = 3
_NAME = 60

__all__ = ["CLAIMS_SHOWN", "EVIDENCE_PLACEHOLDER", "letter_evidence_message", "letter_message", "named"]


def letter_message(
    news: Sequence[Follow], claims: Sequence[ClaimRecord], more: int, *, nonce: str, now: datetime
) -> dict[str, Any]:
    """Return the message with the news in `news`: `claims`, and how many `more` there are.

    The select contains the nonce, by which the message is found again.
    """
    reach, guild_id = news[0].reach, news[0].guild_id
    names = named(news)
    if reach.rhythm is FollowRhythm.DAILY:
        day = weekday_and_date(now.astimezone(zone_of(reach.timezone)).date())
        title = _("Your letter: {date}", date=day) if reach.private else _("Followed here: {date}", date=day)
    else:
        title = _("News of {names}", names=names)
    opening = (
        _("You follow {names}.", names=names) if reach.private else _("This channel follows {names}.", names=names)
    )
    footer = ngettext("{count} claim", "{count} claims", len(claims))
    if more:
        footer = ngettext("{count} more claim: ask /said", "{count} more claims: ask /said", more)
    head = clip(escaped(opening), 500)
    embed = {
        "title": clip(escaped(title), TITLE_LIMIT),
        "description": f"{head}\n\n{claims_by_article(claims, 1, DESCRIPTION_LIMIT - 600)}",
        "color": ACCENT,
        "footer": {"text": footer},
    }
    server = link_button(pgettext("button", "To the server"), f"https://discord.com/channels/{guild_id}")
    mine = page_button(pgettext("button", "What I follow"), FOLLOWING_ID)
    buttons = [mine, *([server] if server else [])] if reach.private else [mine]
    return {
        "embeds": [embed],
        "components": [
            *evidence_select(claims, custom_id=LETTER_ID.format(nonce=nonce)),
            *button_row(buttons),
        ],
    }


def letter_evidence_message(evidence: Evidence) -> dict[str, Any]:
    """Return a claim of a letter in its context, with a link to its article."""
    link = link_button(pgettext("button", "Read the article"), evidence.claim.url)
    return {"embeds": [evidence_embed(evidence)], "components": button_row([link] if link else [])}


def named(follows: Sequence[Follow]) -> str:
    """Return the names of what is followed, not escaped: "Elena Marsh, the dam and 2 others"."""
    names = list(dict.fromkeys(clip(cleaned(follow.subject.name), _NAME) for follow in follows))
    shown = names[:_NAMES_SHOWN]
    if more := len(names) - len(shown):
        shown.append(ngettext("{count} other", "{count} others", more))
    return listed(shown)
