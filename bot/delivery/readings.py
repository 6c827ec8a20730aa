"""Who said what in one page or text, as a message for Discord: actor by actor, in pages, within all its limits."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from bot.delivery.answers import evidence_select
from bot.delivery.claims import content_line, outlet_link, shown_labels, speaker, timestamp
from bot.delivery.escape import escaped, safe_url
from bot.delivery.evidence import evidence_embed
from bot.delivery.message_parts import (
    ACCENT,
    DESCRIPTION_LIMIT,
    TITLE_LIMIT,
    button_row,
    link_button,
    page_button,
)
from bot.languages.translations import N_, _, ngettext, pgettext, retold
from bot.model.claims import ClaimRecord, Evidence
from bot.model.readings import Reading
from bot.text.clipping import clip, length

CLAIMS_A_PAGE = 6
READING_EVIDENCE = "hearsay:read:evidence:{key}"
NOTHING_FOUND = N_(
    "Hearsay found nobody in it who is reported to have said something, or is not sure enough of it."
)
_GENEROSITY = ((400, 120), (240, 80), (140, 50))
"""Units for the words of each claim and for names on a page. The first set that fits is used."""


def reading_message(reading: Reading, *, number: int = 0, shared: bool = False) -> dict[str, Any]:
    """Return the message that says who said what in a page or text: page `number` (from 0), or the last one.

    An answer that is not `shared` yet has a button for that.
    """
    pages = max(1, -(-len(reading.claims) // CLAIMS_A_PAGE))
    number = max(0, min(number, pages - 1))
    first = number * CLAIMS_A_PAGE
    claims = reading.claims[first : first + CLAIMS_A_PAGE]
    embed: dict[str, Any] = {
        "title": clip(escaped(reading.title), TITLE_LIMIT) or _("Untitled"),
        "description": _description(reading, claims, first + 1),
        "color": ACCENT,
    }
    if url := safe_url(reading.url):
        embed["url"] = url
    if claims:
        # people with the same name get one number each
        speakers = len({claim.actor_id for claim in reading.claims if claim.actor_id is not None})
        found = [
            ngettext("{count} claim", "{count} claims", len(reading.claims)),
            ngettext("{count} actor", "{count} actors", speakers) if speakers else "",
        ]
        if pages > 1:
            found.insert(0, _("Page {number} of {pages}", number=number + 1, pages=pages))
        embed["footer"] = {"text": " · ".join(part for part in found if part)}
    return {"embeds": [embed], "components": _controls(reading, claims, first + 1, number, pages, shared=shared)}


def reading_evidence_message(evidence: Evidence) -> dict[str, Any]:
    """Return a claim of a page or text in its context, with a link to the page."""
    link = link_button(pgettext("button", "Read the article"), evidence.claim.url)
    shown = replace(evidence, claim=replace(evidence.claim, outlet=retold(evidence.claim.outlet)))
    return {"embeds": [evidence_embed(shown)], "components": button_row([link] if link else [])}


def _description(reading: Reading, claims: Sequence[ClaimRecord], first: int) -> str:
    head = []
    if reading.url is not None:
        printed = f" · {timestamp(reading.published_at, 'D')}" if reading.published_at else ""
        head.append(f"-# {outlet_link(reading.outlet, reading.url)}{printed}")
    if reading.note:
        head.append(f"-# {clip(escaped(retold(reading.note)), 400)}")
    if not claims:
        return "\n".join([*head, _(NOTHING_FOUND)])
    opening = "\n".join(head)
    shown = ""
    for words, names in _GENEROSITY:
        shown = f"{opening}\n{_by_actor(claims, first, words, names)}".strip()
        if length(shown) <= DESCRIPTION_LIMIT:
            return shown
    return clip(shown, DESCRIPTION_LIMIT)


def _by_actor(claims: Sequence[ClaimRecord], first: int, words: int, names: int) -> str:
    lines: list[str] = []
    for _speaker, some in groupby(enumerate(claims, first), key=lambda pair: (pair[1].actor_id, pair[1].actor)):
        group = list(some)
        lines.append(f"\n{speaker(group[0][1], limit=names)}")
        for number, claim in group:
            labels = " · ".join(shown_labels(claim, limit=names))
            words_said = content_line(
                claim.content_text, claim.verbatim, words, claim.cue_text, refers_to=claim.refers_to
            )
            apart = labels or words_said.startswith(">")
            lines.append(f"`{number}` {labels}\n{words_said}" if apart else f"`{number}` {words_said}")
    return "\n".join(lines)


def _controls(
    reading: Reading, claims: Sequence[ClaimRecord], first: int, number: int, pages: int, *, shared: bool
) -> list[dict[str, Any]]:
    key = reading.key
    stem = f"hearsay:read:{key}"
    buttons = []
    if pages > 1:
        before, after = pgettext("button", "◀ Previous"), pgettext("button", "Next ▶")
        buttons = [
            page_button(before, f"{stem}:{max(0, number - 1)}:prev", disabled=number <= 0),
            page_button(after, f"{stem}:{number + 1}:next", disabled=number + 1 >= pages),
        ]
    if claims and not shared:
        buttons.append(page_button(pgettext("button", "Share"), f"hearsay:read:share:{key}:{number}"))
    stored = reading.article_id is not None
    chosen = {} if stored else {"custom_id": READING_EVIDENCE.format(key=key)}
    return [*evidence_select(claims, first, **chosen), *button_row(buttons)]
