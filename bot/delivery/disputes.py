"""Disagreements between the sources of a story, as a message: both sides with their sources, and no verdict."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.delivery.claims import content_line, outlet_link, speaker
from bot.delivery.escape import escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.languages.translations import _
from bot.model.digests import DigestClaim
from bot.model.disputes import DifferingFigures, Disagreements, Dispute
from bot.text.clipping import clip, length

_WORDS, _NAME, _URL, _SOURCES, _TITLE = 240, 80, 200, 3, 200


def disagreements_message(found: Disagreements) -> dict[str, Any]:
    """Return the message that lists all disagreements, or says that there are none."""
    parts = [*map(_dispute, found.disputes), *map(_figures, found.figures)]
    shown: list[str] = []
    for part in parts:
        if sum(length(one) + 2 for one in (*shown, part)) > DESCRIPTION_LIMIT - 60 - _TITLE:
            shown.append("-# " + _("{count} more", count=len(parts) - len(shown)))
            break
        shown.append(part)
    if not shown:
        shown = [_("The sources of this story do not contradict each other, as far as Hearsay can be sure.")]
    if found.title:
        shown.insert(0, f"**{clip(escaped(found.title), _TITLE)}**")
    embed = {"title": _("What the sources disagree about"), "description": "\n\n".join(shown), "color": ACCENT}
    return {"embeds": [embed], "components": []}


def _dispute(dispute: Dispute) -> str:
    return _side(_("Claimed"), dispute.claimed) + "\n" + _side(_("Denied"), dispute.denied)


def _side(label: str, claims: Sequence[DigestClaim]) -> str:
    said = claims[0]
    words = content_line(said.content, said.verbatim, _WORDS, said.cue, refers_to=said.refers_to)
    return f"**{label}:** {speaker(said, limit=_NAME)}\n{words}\n-# {_sources(claims, known=said.actor)}"


def _figures(found: DifferingFigures) -> str:
    lines = [f"**{figure.number} {found.counted}**: {_sources(figure.claims)}" for figure in found.figures]
    return "**" + _("Differing figures") + "**\n" + "\n".join(lines)


def _sources(claims: Iterable[DigestClaim], *, known: str | None = None) -> str:
    """Return who said it where. An actor who is `known` from the line above is not named again."""
    links = dict.fromkeys(
        (
            "" if claim.actor == known else clip(escaped(claim.actor or ""), _NAME),
            outlet_link(claim.outlet, claim.url, _URL),
        )
        for claim in claims
    )
    shown = [f"{actor}, {link}" if actor else link for actor, link in list(links)[:_SOURCES]]
    sources = "; ".join(shown)
    if len(links) > _SOURCES:
        return _("{items} and {count} more", items=sources, count=len(links) - _SOURCES)
    return sources
