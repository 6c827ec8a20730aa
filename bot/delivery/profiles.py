"""The profile of an actor as a message for Discord, within all its limits."""

from typing import Any

from bot.delivery.answers import answer_components
from bot.delivery.claims import speaker, timestamp
from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.delivery.topics import numbered_claim
from bot.model.claims import ClaimRecord
from bot.model.queries import ClaimQuery, Profile, RoleHeld
from bot.text.clipping import clip, length
from bot.text.counting import counted

NAMES_SHOWN = 6
ROLES_SHOWN = 5
OUTLETS_SHOWN = 6
_GENEROSITY = ((300, 500, 100), (180, 200, 60), (100, 80, 40))
"""Units for the words, the address and the names of each claim. The first that fits is used."""


def profile_message(
    profile: Profile | None, query: ClaimQuery, *, query_id: int, shared: bool = False
) -> dict[str, Any]:
    """Return the message that shows who an actor is. Without a `profile` it says that nobody was found.

    A claim that stands in several lists has the same number in each. An answer that is not `shared` yet has a
    button for that.
    """
    if profile is None:
        asked = clip(escaped(query.actor or ""), 100)
        return {
            "embeds": [{"description": f"No claims found by anybody called **{asked}**.", "color": ACCENT}],
            "components": [],
        }
    listed = (*profile.latest, *(claim for claim, _ in profile.repeated), *profile.promises)
    claims = list({claim.id: claim for claim in listed}.values())
    footer = (
        f"From the newest {counted(profile.among, 'claim')}" if profile.more else counted(profile.among, "claim")
    )
    return {
        "embeds": [
            {
                "title": "Who this is",
                "description": _shown(profile, query, {claim.id: at for at, claim in enumerate(claims, 1)}),
                "color": ACCENT,
                "footer": {"text": footer},
            }
        ],
        "components": answer_components(claims, 1, query_id, 0, 1, shared=shared),
    }


def _shown(profile: Profile, query: ClaimQuery, numbers: dict[int, int]) -> str:
    shown = ""
    for words, url, names in _GENEROSITY:
        parts = (
            _opening(profile, query, names),
            _roles(profile.roles, names),
            _outlets(profile.outlets, names),
            _claims("Latest", profile.latest, numbers, (words, url, names)),
            _repeated(profile, numbers, (words, url, names)),
            _claims("Promises", profile.promises, numbers, (words, url, names)),
        )
        shown = "\n\n".join(part for part in parts if part)
        if length(shown) <= DESCRIPTION_LIMIT:
            return shown
    return clip(shown, DESCRIPTION_LIMIT)


def _opening(profile: Profile, query: ClaimQuery, names: int) -> str:
    lines = [speaker(profile.speaker, limit=names)]
    if query.misspelt:
        lines.insert(
            0, f"No actor here is called “{clip(escaped(query.misspelt), names)}”. The most similar name:"
        )
    own = cleaned(profile.speaker.actor or "")
    if called := [name for name in profile.called if cleaned(name) != own]:
        lines.append(f"-# Also called {_named(called, names)}")
    if profile.namesakes:
        lines.append(f"-# The name also fits {_named(profile.namesakes, names)}")
    return "\n".join(lines)


def _named(some: "tuple[str, ...] | list[str]", limit: int) -> str:
    shown = ", ".join(clip(escaped(name), limit) for name in some[:NAMES_SHOWN])
    more = len(some) - NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _roles(roles: tuple[RoleHeld, ...], limit: int) -> str:
    lines = []
    for held in roles[:ROLES_SHOWN]:
        first, last = timestamp(held.first, "D"), timestamp(held.last, "D")
        days = first if held.first.date() == held.last.date() else f"{first} to {last}"
        lines.append(f"{clip(escaped(held.role), limit)} · {days}")
    return "\n".join(("**Roles, as articles gave them**", *lines)) if lines else ""


def _outlets(outlets: tuple[tuple[str, int], ...], limit: int) -> str:
    shown = ", ".join(f"{clip(escaped(name), limit)} ({number})" for name, number in outlets[:OUTLETS_SHOWN])
    more = len(outlets) - OUTLETS_SHOWN
    return f"**Claims by outlet**\n{shown}" + (f" and {more} more" if more > 0 else "")


def _claims(
    title: str, claims: tuple[ClaimRecord, ...], numbers: dict[int, int], limits: tuple[int, int, int]
) -> str:
    lines = [line for claim in claims for line in numbered_claim(claim, numbers[claim.id], *limits)]
    return "\n".join((f"**{title}**", *lines)) if lines else ""


def _repeated(profile: Profile, numbers: dict[int, int], limits: tuple[int, int, int]) -> str:
    lines = []
    for claim, articles in profile.repeated:
        printed, words = numbered_claim(claim, numbers[claim.id], *limits)
        lines += [f"{printed} · in {counted(articles, 'article')}", words]
    return "\n".join(("**Most repeated**", *lines)) if lines else ""
