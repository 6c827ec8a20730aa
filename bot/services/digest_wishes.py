"""Digests as people ask for them: when, of what and in which form; and plans in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from bot.errors import BadInput
from bot.languages.formats import clock_time, listed, weekday
from bot.languages.translations import _, ngettext
from bot.model.digests import Cadence, ForumPosts, Layout, Look, Plan, Selection, Subscription
from bot.services.engine import Services
from bot.services.feeds import feed_named, feeds_of
from bot.services.impossible_wishes import refuse_certainty, refuse_contradictions, refuse_weekday
from bot.services.server_settings import confidence_of, timezone_of
from bot.services.typed_times import zone_name
from bot.text.time_zones import shown_zone

ALL_FEEDS = "all"
"""The user's choice of all feeds instead of one."""
ON_THE_WALL_CLOCK = frozenset({Cadence.DAILY, Cadence.WEEKDAYS, Cadence.WEEKLY})
"""Cadences with several times a day."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nothing is posted, in local time."""

    begin: time
    end: time


@dataclass(frozen=True, slots=True)
class DigestWish:
    """A digest as a user asks for it. None leaves a choice unchanged, or to Hearsay."""

    channel_id: int | None = None
    cadence: Cadence | None = None
    times: tuple[time, ...] = ()
    """Local times. Empty: unchanged."""
    weekday: int | None = None
    """Only for weekly digests: Monday is 0, and the default."""
    minutes: int | None = None
    """How often a digest in intervals comes."""
    most_an_hour: int | None = None
    timezone: str | None = None
    quiet: QuietHours | None = None
    no_quiet: bool = False
    """Whether to remove the quiet hours."""
    role_id: int | None = None
    """The role to mention; 0 for none."""
    ping_button: bool | None = None
    """Whether readers can take that role with a button."""
    publishes: bool | None = None
    in_forum: bool | None = None
    """Whether the channel is a forum."""
    posts: ForumPosts | None = None
    tag_ids: tuple[int, ...] | None = None
    """The tags of the posts in a forum. Empty: those that match."""
    as_outlet: bool | None = None
    says_when_empty: bool | None = None
    feed: str | None = None
    """A feed of the server: its id, address or title; or ALL_FEEDS, which includes those added later."""
    minimum_confidence: float | None = None
    filter: str | None = None
    """Which articles, in the syntax of `bot.digests.filters`. Empty means all."""
    stories: int | None = None
    claims: int | None = None
    layout: Layout | None = None


async def wished(
    services: Services, guild_id: int | None, wish: DigestWish, known: Subscription | None = None
) -> tuple[Plan, Selection, Look]:
    """Return when, of what and in which form digests come for `wish`: `known` with its changes applied.

    Raises BadInput for anything that cannot be understood or fulfilled, NotFound if the server does not have the
    feed.
    """
    return (
        await _plan(services, guild_id, wish, known),
        await selection_wished(services, guild_id, wish, known),
        replace(known.look if known else Look(), **_given(wish, ("stories", "claims", "layout"))),
    )


async def _plan(services: Services, guild_id: int | None, wish: DigestWish, known: Subscription | None) -> Plan:
    plan = known.plan if known else Plan(0, timezone=await timezone_of(services, guild_id))
    cadence = wish.cadence or _implied_cadence(wish) or plan.cadence
    refuse_weekday(cadence, wish.weekday)
    if wish.minutes is not None and cadence is not Cadence.MINUTES:
        raise BadInput(
            _("Leave out `minutes`, or leave out `cadence`: a digest comes in intervals or at set times.")
        )
    if wish.most_an_hour is not None and cadence is not Cadence.STORY:
        raise BadInput(
            _("`per_hour` is for digests with the cadence “every story”. Leave it out, or choose that.")
        )
    times = wish.times or (plan.at, *plan.also_at)
    if len(times) > 1 and cadence not in ON_THE_WALL_CLOCK:
        if wish.times:
            raise BadInput(_("Several times are for daily, weekday and weekly digests. Name one time."))
        times = times[:1]
    changes = _given(wish, ("channel_id", "weekday", "most_an_hour", "says_when_empty", "publishes", "as_outlet"))
    changes |= _forum_posts(wish, plan) | _pings(wish, plan) | _quiet(wish)
    if wish.minutes is not None:
        changes["every_minutes"] = wish.minutes
    if wish.timezone is not None:
        changes["timezone"] = zone_name(wish.timezone)
    return replace(plan, cadence=cadence, at=times[0], also_at=tuple(sorted(set(times[1:]))), **changes)


def _quiet(wish: DigestWish) -> dict[str, Any]:
    if wish.no_quiet:
        return {"quiet_from": None, "quiet_until": None}
    return {"quiet_from": wish.quiet.begin, "quiet_until": wish.quiet.end} if wish.quiet else {}


def _pings(wish: DigestWish, plan: Plan) -> dict[str, Any]:
    """Return the changes to the mentioned role. Raises BadInput for a button without a role."""
    role_id = plan.role_id if wish.role_id is None else wish.role_id or None
    if role_id is None and wish.ping_button:
        raise BadInput(_("`ping_button` is for a role that the digest mentions. Name it with `ping`."))
    button = plan.ping_button if wish.ping_button is None else wish.ping_button
    return {"role_id": role_id, "ping_button": button and role_id is not None}


def _forum_posts(wish: DigestWish, plan: Plan) -> dict[str, Any]:
    """Return the changes to the posts in a forum. Raises BadInput for posts elsewhere."""
    in_forum = plan.posts is not None if wish.in_forum is None else wish.in_forum
    if not in_forum:
        if wish.posts is not None or wish.tag_ids is not None:
            raise BadInput(_("`posts` and `tags` are for forum channels. Leave them out, or choose a forum."))
        return {"posts": None, "tag_ids": ()}
    elsewhere = wish.channel_id not in (None, plan.channel_id)  # tags belong to one forum
    kept = () if elsewhere else plan.tag_ids
    return {
        "posts": wish.posts or plan.posts or ForumPosts.DAY,
        "tag_ids": kept if wish.tag_ids is None else wish.tag_ids,
    }


def _implied_cadence(wish: DigestWish) -> Cadence | None:
    """Return the cadence that other options imply, or None."""
    if wish.minutes is not None:
        return Cadence.MINUTES
    if wish.most_an_hour is not None:
        return Cadence.STORY
    return Cadence.WEEKLY if wish.weekday is not None else None


async def selection_wished(
    services: Services, guild_id: int | None, wish: DigestWish, known: Subscription | None = None
) -> Selection:
    """Return the selection of articles for `wish`. Raises BadInput and NotFound, like `wished`."""
    refuse_certainty(wish.minimum_confidence)
    confidence = wish.minimum_confidence
    if known is not None:
        selection = known.selection
    else:
        if confidence is None:
            confidence = await confidence_of(services, guild_id)
        selection = Selection(guild_id, confidence)
    if confidence is not None:
        selection = replace(selection, minimum_confidence=confidence)
    if wish.feed is not None:
        feeds = () if wish.feed == ALL_FEEDS else ((await feed_named(services, guild_id, wish.feed)).id,)
        selection = replace(selection, feed_ids=feeds)
    if wish.filter is not None:
        selection = replace(selection, filter=" ".join(wish.filter.split()))
    if selection.filter and not (wish.filter is None and wish.feed is None):
        feeds_here = await feeds_of(services, guild_id)
        chosen = [feed for feed in feeds_here if feed.id in selection.feed_ids]
        refuse_contradictions(selection.filter, chosen or feeds_here)
    return selection


def _given(wish: DigestWish, names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(wish, name)) is not None}


def plan_in_words(plan: Plan) -> str:
    """Return when digests come, in words: "daily at 09:00 (Europe/Berlin), quiet from 22:00 to 07:00"."""
    zone = shown_zone(plan.timezone)
    at = listed(clock_time(at) for at in sorted({plan.at, *plan.also_at}))
    match plan.cadence:
        case Cadence.STORY:
            told = ngettext(
                "every story as it comes, at most {count} an hour",
                "every story as it comes, at most {count} an hour",
                plan.most_an_hour,
            )
        case Cadence.MINUTES:
            told = ngettext("every {count} minute", "every {count} minutes", plan.every_minutes)
        case Cadence.HOURLY:
            told = _("hourly at :{minute}", minute=f"{plan.at.minute:02}")
        case Cadence.WEEKLY:
            told = _("weekly on {weekday} at {times} ({zone})", weekday=weekday(plan.weekday), times=at, zone=zone)
        case Cadence.WEEKDAYS:
            told = _("Monday to Friday at {times} ({zone})", times=at, zone=zone)
        case Cadence.DAILY:
            told = _("daily at {times} ({zone})", times=at, zone=zone)
    if plan.quiet_from is None or plan.quiet_until is None:
        return told
    hours = {"begin": clock_time(plan.quiet_from), "end": clock_time(plan.quiet_until)}
    if plan.cadence in ON_THE_WALL_CLOCK:
        return _("{plan}, quiet from {begin} to {end}", plan=told, **hours)
    return _("{plan}, quiet from {begin} to {end} ({zone})", plan=told, zone=zone, **hours)
