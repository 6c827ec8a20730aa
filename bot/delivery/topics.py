"""Who said what about a topic as a message for Discord: actor by actor, in pages, within all its limits."""

from itertools import count
from typing import Any

from bot.delivery.answers import answer_components, asked_for, claims_counted, hint, page_in_words
from bot.delivery.claims import also_in, content_line, outlet_link, shown_labels, speaker, timestamp
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.languages.translations import _, ngettext
from bot.model.claims import ClaimRecord
from bot.model.queries import ClaimQuery, Voice, VoicePage
from bot.text.clipping import clip, length

ACTORS_A_PAGE = 3
"""How many actors a page shows: with two claims each, about as much as a page of `/said`."""
CLAIMS_AN_ACTOR = 2
_GENEROSITY = ((400, 800, 120), (240, 250, 80), (140, 120, 50))
"""Units for the words, the address and the names of each claim on a page. The first set that fits is used."""


def topic_message(
    page: VoicePage,
    query: ClaimQuery,
    *,
    query_id: int,
    number: int = 0,
    timezone: str = "UTC",
    shared: bool = False,
) -> dict[str, Any]:
    """Return the message that says who spoke on a topic: page `number` (from 0).

    The claims of a page are numbered from 1. Days are those in `timezone`. An answer that is not `shared` yet has
    a button for that.
    """
    pages = actor_pages_of(page.total)
    claims = [claim for voice in page.voices for claim in voice.claims]
    return {
        "embeds": [_embed(page, query, number, pages, timezone)],
        "components": answer_components(claims, 1, query_id, number, pages, shared=shared, followed=True),
    }


def actor_pages_of(total: int) -> int:
    """Return how many pages `total` actors fill; at least one."""
    return max(1, -(-total // ACTORS_A_PAGE))


def _embed(page: VoicePage, query: ClaimQuery, number: int, of: int, timezone: str) -> dict[str, Any]:
    asked = asked_for(query, timezone)
    if not page.voices:
        return {
            "description": _("Nobody was found who said something{asked}.", asked=asked) + hint(query),
            "color": ACCENT,
        }
    opening = _("Who said what{asked}:", asked=asked)
    room = DESCRIPTION_LIMIT - length(opening) - 2
    footer = ngettext("{count} actor", "{count} actors", page.total)
    if page.more:
        footer = _("{actors} in the newest {claims}", actors=footer, claims=claims_counted(page.among))
    if of > 1:
        footer = f"{page_in_words(number, of)} · {footer}"
    return {
        "title": _("Who said what, by actor"),
        "description": f"{opening}\n\n{_shown(page.voices, room)}",
        "color": ACCENT,
        "footer": {"text": footer},
    }


def _shown(voices: tuple[Voice, ...], room: int) -> str:
    shown = ""
    for words, url, names in _GENEROSITY:
        numbers = count(1)
        shown = "\n\n".join(_voice(voice, numbers, words, url, names) for voice in voices)
        if length(shown) <= room:
            return shown
    return clip(shown, room)


def _voice(voice: Voice, numbers: "count[int]", words: int, url: int, names: int) -> str:
    lines = [speaker(voice.claims[0], limit=names)]
    for claim in voice.claims:
        lines += numbered_claim(claim, next(numbers), words, url, names)
    if voice.others:
        lines.append("-# " + _("and {count} more: `/said` with this actor and topic", count=voice.others))
    return "\n".join(lines)


def numbered_claim(claim: ClaimRecord, number: int, words: int, url: int, names: int) -> tuple[str, str]:
    """Return a claim without its speaker as two lines: where and when it was published, and what was said.

    `words`, `url` and `names` limit the units of the words, of an address and of a label.
    """
    printed = " · ".join(
        (
            f"`{number}` {outlet_link(claim.outlet, claim.url, url)}",
            timestamp(claim.published_at, "D"),
            *shown_labels(claim, limit=names),
        )
    )
    content = content_line(claim.content_text, claim.verbatim, words, claim.cue_text, refers_to=claim.refers_to)
    return f"{printed}{also_in(claim.outlet, claim.also_in, url)}", content
