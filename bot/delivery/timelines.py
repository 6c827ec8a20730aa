"""An actor's claims over time as a message for Discord: a list, its plot, and the plot in words."""

from datetime import datetime
from typing import Any

from bot.delivery.answers import answer_components, asked_for, claims_counted, hint, no_such_actor, page_in_words
from bot.delivery.claims import speaker, timestamp
from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.delivery.plots import ALT_LIMIT, Mark, TimelinePlot, TimelineRow, drawn_language
from bot.delivery.readable import shown_words
from bot.delivery.topics import numbered_claim
from bot.digests.schedule import zone_of
from bot.languages.formats import date_in_words
from bot.languages.translations import _, ngettext, pgettext
from bot.model.claims import ClaimRecord, Kind, Wording
from bot.model.queries import ClaimQuery
from bot.model.timelines import Position, Timeline
from bot.text.clipping import clip, length

POSITIONS_A_PAGE = 5
"""How many positions a page shows: as many claims as a page of `/said`, and a plot that fits on a phone."""
NAMES_SHOWN = 4
_GENEROSITY = ((320, 600, 100), (180, 250, 60), (100, 100, 40))
"""Units for the words, the address and the names of each claim. The first set that fits is used."""
_REPEATS_SHOWN = 3
_IN_ALT = 120


def timeline_message(
    found: Timeline | None,
    query: ClaimQuery,
    *,
    query_id: int,
    number: int = 0,
    timezone: str = "UTC",
    shared: bool = False,
) -> dict[str, Any]:
    """Return the message that lists positions by date: page `number` (from 0). None: nobody was found.

    Days are those in `timezone`. An answer that is not `shared` yet has a button for that.
    """
    if found is None:
        told = _("No claims found{asked}.", asked=asked_for(query, timezone)) + hint(query)
        return {"embeds": [{"description": told, "color": ACCENT}], "components": []}
    pages = timeline_pages_of(found.total)
    claims = [position.claim for position in found.positions]
    positions = ngettext("{count} position", "{count} positions", found.total)
    claims_drawn = claims_counted(len(found.moments))
    footer = (
        _("{positions} from the newest {claims}", positions=positions, claims=claims_drawn)
        if found.more
        else _("{positions} from {claims}", positions=positions, claims=claims_drawn)
    )
    if pages > 1:
        footer = f"{page_in_words(number, pages)} · {footer}"
    return {
        "embeds": [
            {
                "title": _("Over time"),
                "description": _shown(found, query, timezone),
                "color": ACCENT,
                "footer": {"text": footer},
            }
        ],
        "components": answer_components(
            claims, number * POSITIONS_A_PAGE + 1, query_id, number, pages, shared=shared
        ),
    }


def timeline_pages_of(total: int) -> int:
    """Return how many pages `total` positions fill; at least one."""
    return max(1, -(-total // POSITIONS_A_PAGE))


def timeline_plot(found: Timeline, timezone: str) -> TimelinePlot:
    """Return the plot of a page, in local time."""
    zone = zone_of(timezone)

    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone).replace(tzinfo=None)

    rows = (
        TimelineRow(
            one.number,
            _words(one.claim),
            tuple((local(claim.published_at), _mark(claim)) for claim in one.said),
            one.contrary_number,
        )
        for one in found.positions
    )
    return TimelinePlot(tuple(rows), tuple(map(local, found.moments)), drawn_language())


def timeline_alt(found: Timeline, query: ClaimQuery, timezone: str) -> str:
    """Return the contents of the plot in words, in at most `ALT_LIMIT` units."""
    name = clip(cleaned(found.speaker.actor or ""), 80) or _("an actor")
    first, last = (_day(moment, timezone) for moment in (min(found.moments), max(found.moments)))
    told = [_("Timeline of what {name} said, {first} to {last}.", name=name, first=first, last=last)]
    if query.topic:
        topic = clip(cleaned(query.topic), 80)
        told = [
            _(
                "Timeline of what {name} said about “{topic}”, {first} to {last}.",
                name=name,
                topic=topic,
                first=first,
                last=last,
            )
        ]
    told += [_position_in_alt(one, timezone) for one in found.positions]
    return clip(" ".join(told), ALT_LIMIT)


def _position_in_alt(one: Position, timezone: str) -> str:
    days = ", ".join(dict.fromkeys(_day(claim.published_at, timezone) for claim in one.said[:_REPEATS_SHOWN]))
    if (more := len(one.said) - _REPEATS_SHOWN) > 0:
        days = more_times(days, more)
    if one.contrary_number:
        days += "; " + _("the contrary of {number}", number=one.contrary_number)
    words = clip(_words(one.claim), _IN_ALT)
    return f"{one.number}: {words} ({pgettext('claim', _mark(one.claim))}; {days})."


def more_times(days: str, more: int) -> str:
    """Return days, and how many more times something was said."""
    return ngettext("{days} and {count} more time", "{days} and {count} more times", more, days=days)


def _day(moment: datetime, timezone: str) -> str:
    return date_in_words(moment.astimezone(zone_of(timezone)).date())


def _words(claim: ClaimRecord) -> str:
    return cleaned(shown_words(claim.content_text, claim.verbatim))


def _mark(claim: ClaimRecord) -> Mark:
    if claim.kind is Kind.DENIAL:
        return Mark.DENIAL
    return Mark.OWN_WORDS if claim.verbatim is Wording.VERBATIM else Mark.PARAPHRASE


def _shown(found: Timeline, query: ClaimQuery, timezone: str) -> str:
    shown = ""
    for limits in _GENEROSITY:
        parts = [_opening(found, query, timezone, limits[2])]
        parts += [_position(one, limits) for one in found.positions]
        shown = "\n\n".join(parts)
        if length(shown) <= DESCRIPTION_LIMIT:
            return shown
    return clip(shown, DESCRIPTION_LIMIT)


def _opening(found: Timeline, query: ClaimQuery, timezone: str, names: int) -> str:
    lines = [
        _("What was said{asked}, the oldest first:", asked=asked_for(query, timezone)),
        speaker(found.speaker, limit=names),
    ]
    if query.misspelt:
        lines.insert(0, no_such_actor(query.misspelt, names) + " " + _("The most similar name:"))
    if found.namesakes:
        others = ", ".join(clip(escaped(name), names) for name in found.namesakes[:NAMES_SHOWN])
        lines.append("-# " + _("The name also fits {names}", names=others))
    return "\n".join(lines)


def _position(one: Position, limits: tuple[int, int, int]) -> str:
    lines = [*numbered_claim(one.claim, one.number, *limits)]
    if repeats := one.said[1:]:
        days = ", ".join(dict.fromkeys(timestamp(claim.published_at, "D") for claim in repeats[:_REPEATS_SHOWN]))
        more = len(repeats) - _REPEATS_SHOWN
        lines.append("-# " + _("Again: {days}", days=more_times(days, more) if more > 0 else days))
    if one.contrary is not None and one.reversed_by is not None and one.contrary_number is not None:
        when = "" if one.reversed_by.id == one.claim.id else f" {timestamp(one.reversed_by.published_at, 'D')}"
        lines.append(f"**≠**{when} " + _("The contrary had been said before:"))
        lines += numbered_claim(one.contrary, one.contrary_number, *limits)
    return "\n".join(lines)
