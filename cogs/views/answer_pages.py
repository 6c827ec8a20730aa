"""The pages of an answer, whatever its form, in the form that discord.py sends."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.delivery.answers import pages_of, said_message
from bot.delivery.comparisons import comparison_message
from bot.delivery.plots import timeline_png, trends_png
from bot.delivery.profiles import profile_message
from bot.delivery.timelines import timeline_alt, timeline_message, timeline_plot
from bot.delivery.topics import topic_message
from bot.delivery.trends import trends_alt, trends_message, trends_plot
from bot.errors import AnswerGone
from bot.model.queries import ClaimQuery, Form
from bot.services.claims import claim_page, known_query
from bot.services.comparisons import comparison_page, disputes_in_comparison
from bot.services.pictures import picture_of
from bot.services.profiles import actor_profile, disputes_in_profile
from bot.services.reports import with_disputes
from bot.services.server_settings import timezone_of
from bot.services.timelines import disputes_in_timeline, timeline_page
from bot.services.topics import disputes_in_voices, voice_page
from bot.services.trending import trends_of
from cogs.views.payloads import Page, Picture, sendable

if TYPE_CHECKING:
    from bot.services.engine import Services


@dataclass(frozen=True, slots=True)
class _Asked:
    """A requested page: of which question, its number (from 0), and whether everybody will see it."""

    guild_id: int
    query_id: int
    query: ClaimQuery
    number: int
    shared: bool


async def page_of_answer(
    services: "Services",
    guild_id: int,
    query_id: int,
    number: int,
    *,
    shared: bool = False,
    query: ClaimQuery | None = None,
) -> Page:
    """Return page `number` (from 0) of an answer, or the last page if there are fewer by now.

    Only an answer that is not `shared` says which claims readers dispute. `query` is the question, if it is at
    hand; otherwise it is looked up.

    Raises NotFound if the query has been deleted.
    """
    if query is None:
        query = await known_query(services, guild_id, query_id)
    if query.form not in _PAGES:
        raise AnswerGone
    return await _PAGES[query.form](services, _Asked(guild_id, query_id, query, number, shared))


async def _claims(services: "Services", asked: _Asked) -> Page:
    query, number = asked.query, asked.number
    found = await claim_page(services, query, number)
    if not found.claims and number > 0:
        number = pages_of(found.total) - 1
        found = await claim_page(services, query, number)
    if not asked.shared:
        found = replace(found, claims=await with_disputes(services, asked.guild_id, found.claims))
    zone = await timezone_of(services, asked.guild_id)
    message = said_message(
        found, query, query_id=asked.query_id, number=number, timezone=zone, shared=asked.shared
    )
    return Page(sendable(message))


async def _actors(services: "Services", asked: _Asked) -> Page:
    voices, number = await voice_page(services, asked.query, asked.number)
    if not asked.shared:
        voices = await disputes_in_voices(services, asked.guild_id, voices)
    zone = await timezone_of(services, asked.guild_id)
    message = topic_message(
        voices, asked.query, query_id=asked.query_id, number=number, timezone=zone, shared=asked.shared
    )
    return Page(sendable(message))


async def _profile(services: "Services", asked: _Asked) -> Page:
    profile = await actor_profile(services, asked.query)
    if profile is not None and not asked.shared:
        profile = await disputes_in_profile(services, asked.guild_id, profile)
    return Page(sendable(profile_message(profile, asked.query, query_id=asked.query_id, shared=asked.shared)))


async def _comparison(services: "Services", asked: _Asked) -> Page:
    found, number = await comparison_page(services, asked.query, asked.number)
    if not asked.shared:
        found = await disputes_in_comparison(services, asked.guild_id, found)
    zone = await timezone_of(services, asked.guild_id)
    message = comparison_message(
        found, asked.query, query_id=asked.query_id, number=number, timezone=zone, shared=asked.shared
    )
    return Page(sendable(message))


async def _timeline(services: "Services", asked: _Asked) -> Page:
    found, number = await timeline_page(services, asked.query, asked.number)
    if found is not None and not asked.shared:
        found = await disputes_in_timeline(services, asked.guild_id, found)
    zone = await timezone_of(services, asked.guild_id)
    message = timeline_message(
        found, asked.query, query_id=asked.query_id, number=number, timezone=zone, shared=asked.shared
    )
    if found is None:
        return Page(sendable(message))
    plot, alt = timeline_plot(found, zone), timeline_alt(found, asked.query, zone)
    return Page(sendable(message), Picture("timeline.png", alt, partial(picture_of, services, timeline_png, plot)))


async def _trends(services: "Services", asked: _Asked) -> Page:
    found = await trends_of(services, asked.query)
    message = sendable(trends_message(found, query_id=asked.query_id, shared=asked.shared))
    if not found.trends:
        return Page(message)
    zone = await timezone_of(services, asked.guild_id)
    plot, alt = trends_plot(found, zone), trends_alt(found, zone)
    return Page(message, Picture("trends.png", alt, partial(picture_of, services, trends_png, plot)))


_PAGES: dict[Form, Callable[["Services", _Asked], Awaitable[Page]]] = {
    Form.CLAIMS: _claims,
    Form.ACTORS: _actors,
    Form.PROFILE: _profile,
    Form.COMPARISON: _comparison,
    Form.TIMELINE: _timeline,
    Form.TRENDS: _trends,
}
