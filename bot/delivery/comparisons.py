"""Two actors side by side as a message for Discord, within all its limits."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.delivery.answers import answer_components, asked_for, claims_counted, hint, no_such_actor, page_in_words
from bot.delivery.claims import speaker
from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.delivery.topics import numbered_claim
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.comparisons import Comparison, Denial, Side
from bot.model.queries import ClaimQuery
from bot.text.clipping import clip, length

CLAIMS_A_SIDE = 3
"""How many claims of each actor a page shows."""
SHOWN_SHARED = 2
SHOWN_DENIALS = 2
NAMES_SHOWN = 4
_GENEROSITY = ((320, 600, 100), (180, 200, 60), (90, 80, 40))
"""Units for the words, the address and the names of each claim. The first set that fits is used."""


def comparison_message(
    found: Comparison,
    query: ClaimQuery,
    *,
    query_id: int,
    number: int = 0,
    timezone: str = "UTC",
    shared: bool = False,
) -> dict[str, Any]:
    """Return the message that compares two actors: page `number` (from 0).

    A claim that appears in several lists has the same number in each. Days are those in `timezone`. An answer that
    is not `shared` yet has a button for that.
    """
    pages = comparison_pages_of(max(side.total for side in found.sides))
    claims = claims_in(found)
    numbers = {claim.id: at for at, claim in enumerate(claims, 1)}
    asked = (query.actor, query.other)
    footer = " · ".join(_count(side, name or "") for side, name in zip(found.sides, asked, strict=True))
    if pages > 1:
        footer = f"{page_in_words(number, pages)} · {footer}"
    return {
        "embeds": [
            {
                "title": _("Side by side"),
                "description": _shown(found, query, numbers, timezone, first=number == 0),
                "color": ACCENT,
                "footer": {"text": footer},
            }
        ],
        "components": answer_components(claims, 1, query_id, number, pages, shared=shared),
    }


def comparison_pages_of(total: int) -> int:
    """Return how many pages a comparison fills if the actor with more claims has `total`; at least one."""
    return max(1, -(-total // CLAIMS_A_SIDE))


def claims_in(found: Comparison) -> list[ClaimRecord]:
    """Return the claims shown in a comparison, each once, in order."""
    listed = [claim for side in found.sides for claim in side.claims]
    listed += [claim for pair in found.shared for claim in pair]
    listed += [claim for denial in found.denials for claim in (denial.claimed, denial.denied)]
    return list({claim.id: claim for claim in listed}.values())


def _count(side: Side, asked: str) -> str:
    """Return how much an actor said; an actor without claims is named as in the question."""
    name = clip(cleaned((side.speaker.actor if side.speaker else None) or asked), 60)
    claims = claims_counted(side.total)
    return f"{name}: " + (_("more than {claims}", claims=claims) if side.more else claims)


def _shown(found: Comparison, query: ClaimQuery, numbers: dict[int, int], timezone: str, *, first: bool) -> str:
    shown = ""
    for limits in _GENEROSITY:
        parts = [_opening(query, timezone, limits[2])]
        asked = (query.actor, query.other)
        parts += [_side(side, name or "", numbers, limits) for side, name in zip(found.sides, asked, strict=True)]
        if first and all(side.claims for side in found.sides):
            parts += [_both_said(found.shared, numbers, limits), _denials(found.denials, numbers, limits)]
            if not found.denials:
                parts.append("-# " + _("Neither denies what the other said, as far as Hearsay can be sure."))
        shown = "\n\n".join(part for part in parts if part)
        if length(shown) <= DESCRIPTION_LIMIT:
            return shown
    return clip(shown, DESCRIPTION_LIMIT)


def _opening(query: ClaimQuery, timezone: str, names: int) -> str:
    asked = asked_for(replace(query, actor=None), timezone)
    one, other = (clip(escaped(name or ""), names) for name in (query.actor, query.other))
    lines = [
        no_such_actor(typed, names) + " " + _("The most similar name is used.")
        for typed in (query.misspelt, query.other_misspelt)
        if typed
    ]
    return "\n".join(
        [*lines, _("What **{one}** and **{other}** said{asked}:", one=one, other=other, asked=asked) + hint(query)]
    )


def _side(side: Side, asked: str, numbers: dict[int, int], limits: tuple[int, int, int]) -> str:
    names = limits[2]
    if side.speaker is None:
        return f"**{clip(escaped(asked), names)}**\n" + _("No claims found.")
    lines = [speaker(side.speaker, limit=names)]
    if side.namesakes:
        others = ", ".join(clip(escaped(name), names) for name in side.namesakes[:NAMES_SHOWN])
        lines.append("-# " + _("The name also fits {names}", names=others))
    lines += [line for claim in side.claims for line in numbered_claim(claim, numbers[claim.id], *limits)]
    return "\n".join(lines if side.claims else [*lines, _("No more claims.")])


def _both_said(
    shared: Sequence[tuple[ClaimRecord, ClaimRecord]], numbers: dict[int, int], limits: tuple[int, int, int]
) -> str:
    lines = [
        line
        for pair in shared
        for claim in pair
        for line in (speaker(claim, limit=limits[2]), *numbered_claim(claim, numbers[claim.id], *limits))
    ]
    return "\n".join(("**" + _("Both said") + "**", *lines)) if lines else ""


def _denials(denials: Sequence[Denial], numbers: dict[int, int], limits: tuple[int, int, int]) -> str:
    lines = [
        line
        for denial in denials
        for label, claim in ((_("Claimed"), denial.claimed), (_("Denied"), denial.denied))
        for line in (
            f"**{label}:** {speaker(claim, limit=limits[2])}",
            *numbered_claim(claim, numbers[claim.id], *limits),
        )
    ]
    return "\n".join(("**" + _("One denies what the other said") + "**", *lines)) if lines else ""
