"""The profile of an actor as a message for Discord, within all its limits."""

from typing import Any

from bot.delivery.answers import answer_components, claims_counted, no_such_actor
from bot.delivery.claims import speaker, timestamp
from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.delivery.topics import numbered_claim
from bot.languages.translations import _, ngettext
from bot.model.claims import ClaimRecord
from bot.model.queries import ClaimQuery, Profile, RoleHeld
from bot.text.clipping import clip, length

NAMES_SHOWN = 6
ROLES_SHOWN = 5
OUTLETS_SHOWN = 6
_GENEROSITY = ((300, 500, 100), (180, 200, 60), (100, 80, 40))
"""Units for the words, the address and the names of each claim. The first set that fits is used."""


def profile_message(
    profile: Profile | None, query: ClaimQuery, *, query_id: int, shared: bool = False
) -> dict[str, Any]:
    """Return the message that shows who an actor is. Without a `profile`, it says that nobody was found.

    A claim that appears in several lists has the same number in each. An answer that is not `shared` yet has a
    button for that.
    """
    if profile is None:
        asked = clip(escaped(query.actor or ""), 100)
        return {
            "embeds": [
                {"description": _("No claims found by anybody called **{asked}**.", asked=asked), "color": ACCENT}
            ],
            "components": [],
        }
    shown = (*profile.latest, *(claim for claim, _articles in profile.repeated), *profile.promises)
    claims = list({claim.id: claim for claim in shown}.values())
    footer = claims_counted(profile.among)
    if profile.more:
        footer = _("From the newest {claims}", claims=footer)
    return {
        "embeds": [
            {
                "title": _("Who this is"),
                "description": _shown(profile, query, {claim.id: at for at, claim in enumerate(claims, 1)}),
                "color": ACCENT,
                "footer": {"text": footer},
            }
        ],
        "components": answer_components(claims, 1, query_id, 0, 1, shared=shared, followed=True),
    }


def _shown(profile: Profile, query: ClaimQuery, numbers: dict[int, int]) -> str:
    shown = ""
    for words, url, names in _GENEROSITY:
        parts = (
            _opening(profile, query, names),
            _roles(profile.roles, names),
            _outlets(profile.outlets, names),
            _claims(_("Latest"), profile.latest, numbers, (words, url, names)),
            _repeated(profile, numbers, (words, url, names)),
            _claims(_("Promises"), profile.promises, numbers, (words, url, names)),
        )
        shown = "\n\n".join(part for part in parts if part)
        if length(shown) <= DESCRIPTION_LIMIT:
            return shown
    return clip(shown, DESCRIPTION_LIMIT)


def _opening(profile: Profile, query: ClaimQuery, names: int) -> str:
    lines = [speaker(profile.speaker, limit=names)]
    if query.misspelt:
        lines.insert(
            0,
            no_such_actor(query.misspelt, names) + " " + _("The most similar name:"),
        )
    own = cleaned(profile.speaker.actor or "")
    if called := [name for name in profile.called if cleaned(name) != own]:
        lines.append("-# " + _("Also called {names}", names=_named(called, names)))
    if profile.namesakes:
        lines.append("-# " + _("The name also fits {names}", names=_named(profile.namesakes, names)))
    return "\n".join(lines)


def _named(some: "tuple[str, ...] | list[str]", limit: int) -> str:
    shown = ", ".join(clip(escaped(name), limit) for name in some[:NAMES_SHOWN])
    more = len(some) - NAMES_SHOWN
    return _("{items} and {count} more", items=shown, count=more) if more > 0 else shown


def _roles(roles: tuple[RoleHeld, ...], limit: int) -> str:
    lines = []
    for held in roles[:ROLES_SHOWN]:
        first, last = timestamp(held.first, "D"), timestamp(held.last, "D")
        days = first if held.first.date() == held.last.date() else _("{first} to {last}", first=first, last=last)
        lines.append(f"{clip(escaped(held.role), limit)} · {days}")
    return "\n".join(("**" + _("Roles, as articles gave them") + "**", *lines)) if lines else ""


def _outlets(outlets: tuple[tuple[str, int], ...], limit: int) -> str:
    shown = ", ".join(f"{clip(escaped(name), limit)} ({number})" for name, number in outlets[:OUTLETS_SHOWN])
    more = len(outlets) - OUTLETS_SHOWN
    if more > 0:
        shown = _("{items} and {count} more", items=shown, count=more)
    return "**" + _("Claims by outlet") + f"**\n{shown}"


def _claims(
    title: str, claims: tuple[ClaimRecord, ...], numbers: dict[int, int], limits: tuple[int, int, int]
) -> str:
    lines = [line for claim in claims for line in numbered_claim(claim, numbers[claim.id], *limits)]
    return "\n".join((f"**{title}**", *lines)) if lines else ""


def _repeated(profile: Profile, numbers: dict[int, int], limits: tuple[int, int, int]) -> str:
    lines = []
    for claim, articles in profile.repeated:
        printed, words = numbered_claim(claim, numbers[claim.id], *limits)
        lines += [printed + " · " + ngettext("in {count} article", "in {count} articles", articles), words]
    return "\n".join(("**" + _("Most repeated") + "**", *lines)) if lines else ""
