"""Sets up a server in a few choices: which feeds, where, when, and in which time zone."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import time
from enum import StrEnum

from bot.errors import AlreadyThere, HearsayError, LimitReached, NotFound, PageDisallowed
from bot.languages.translations import NP_, _
from bot.model.digests import Cadence, Digest, Subscription
from bot.model.feeds import Candidate
from bot.model.queries import ClaimQuery
from bot.services.catalogue import Group, read_catalogue
from bot.services.digest_wishes import DigestWish, wished
from bot.services.digests import digest_sample, post_now
from bot.services.engine import Services
from bot.services.feeds import add_found, feeds_of
from bot.services.server_settings import choose_timezone, settings_of
from bot.services.subscriptions import subscribe, subscriptions_of

ROBOTS_PATIENCE_S = 10.0
"""How long to wait for the robots rules of all chosen sites. A site that does not answer is added: its first poll
finds out.
"""
ZONES = {
    "en-GB": "Europe/London",
    "en-US": "America/New_York",
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "es-ES": "Europe/Madrid",
    "es-419": "America/Mexico_City",
    "pt-BR": "America/Sao_Paulo",
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "hi": "Asia/Kolkata",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "zh-TW": "Asia/Taipei",
    "id": "Asia/Jakarta",
    "th": "Asia/Bangkok",
    "vi": "Asia/Ho_Chi_Minh",
}
"""The time zone of most servers with a language. A suggestion that the panel shows with the time there."""


class When(StrEnum):
    """How often digests come, as offered in the panel."""

    MORNING = NP_("option", "every day at 09:00")
    EVENING = NP_("option", "every day at 18:00")
    HOURLY = NP_("option", "every hour")
    WEEKLY = NP_("option", "every Monday at 09:00")


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices so far. `groups` are names of the catalogue."""

    channel_id: int
    timezone: str
    groups: tuple[str, ...] = ()
    when: When = When.MORNING


@dataclass(frozen=True, slots=True)
class FeedsAdded:
    """The result of adding the chosen feeds: how many there are, and which failed, with the reason."""

    added: int
    known: int
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading has got: feeds polled out of all, and claims found, up to a hundred."""

    polled: int
    feeds: int
    claims: int
    more: bool


def groups_of(services: Services) -> tuple[Group, ...]:
    """Return the groups of feeds that a server can choose from. Raises SettingsError."""
    return read_catalogue(services.settings.catalogue)


async def begin(services: Services, guild_id: int, channel_id: int, locale: str) -> tuple[int, Choices]:
    """Return the number and the first choices of a new setup: this channel, and the likely time zone."""
    known = (await settings_of(services, guild_id)).timezone
    choices = Choices(channel_id, known or ZONES.get(locale, "UTC"))
    return await services.store.offers.add(guild_id, _plain(choices)), choices


async def choices_of(services: Services, guild_id: int, setup_id: int) -> Choices:
    """Return the choices so far. Raises NotFound if they are no longer stored."""
    try:
        content = await services.store.offers.get(setup_id, guild_id)
    except NotFound:
        raise NotFound(_("This setup is too old to go on with. Start again with `/setup`.")) from None
    content["groups"] = tuple(content["groups"])
    return replace(Choices(**content), when=When(content["when"]))


async def choose(services: Services, guild_id: int, setup_id: int, choices: Choices) -> None:
    """Store the choices so far. Raises NotFound if the setup is no longer stored."""
    await services.store.offers.put(setup_id, guild_id, _plain(choices))


async def add_groups(services: Services, guild_id: int, user_id: int, choices: Choices) -> FeedsAdded:
    """Add the feeds of the chosen groups to a server, and set its time zone.

    Feeds whose sites exclude robots are left out. A problem with one does not keep the others out.
    """
    await choose_timezone(services, guild_id, choices.timezone)
    wanted = [feed for group in groups_of(services) if group.name in choices.groups for feed in group.feeds]
    allowed, refused = await _allowed(services, list(dict.fromkeys(wanted)))
    added = known = 0
    for feed in allowed:
        try:
            await add_found(services, guild_id, user_id, feed)
        except AlreadyThere:
            known += 1
        except LimitReached as error:
            refused.append((feed.title, error.message))
            break
        except HearsayError as error:
            refused.append((feed.title, error.message))
        else:
            added += 1
    return FeedsAdded(added, known, tuple(refused))


async def _allowed(
    services: Services, feeds: Sequence[Candidate]
) -> tuple[list[Candidate], list[tuple[str, str]]]:
    async def problem(feed: Candidate) -> str | None:
        try:
            async with asyncio.timeout(ROBOTS_PATIENCE_S):
                await services.manners.check(feed.url)
        except PageDisallowed as error:
            return error.message
        except (HearsayError, TimeoutError):  # its first poll says more
            return None
        return None

    problems = await asyncio.gather(*(problem(feed) for feed in feeds))
    paired = list(zip(feeds, problems, strict=True))
    return [f for f, told in paired if told is None], [(f.title, told) for f, told in paired if told is not None]


async def progress_of(services: Services, guild_id: int) -> Progress:
    """Return how far reading the feeds of a server has got."""
    feeds = await feeds_of(services, guild_id)
    found = await services.store.claims.search(ClaimQuery(guild_id), limit=1)
    return Progress(sum(f.last_polled_at is not None for f in feeds), len(feeds), found.total, found.more)


async def preview_of(services: Services, guild_id: int, choices: Choices) -> Digest | None:
    """Return the digest that would be posted now, or None if nothing has been read yet."""
    return await digest_sample(services, guild_id, wish_of(choices))


async def start(services: Services, guild_id: int, user_id: int, choices: Choices) -> tuple[Subscription, bool]:
    """Subscribe the chosen channel and post a first digest. Return the subscription, and whether one is posted.

    Finishing the same setup twice creates one subscription.
    """
    wish = wish_of(choices)
    try:
        made = await subscribe(services, guild_id, user_id, wish)
    except AlreadyThere:
        plan, selection, _look = await wished(services, guild_id, wish)
        known = await subscriptions_of(services, guild_id)
        present = next((one for one in known if (one.plan, one.selection) == (plan, selection)), None)
        if present is None:
            raise NotFound(_("This digest was removed meanwhile. Start again with `/setup`.")) from None
        made = present
    posted = await post_now(services, made)
    return made, posted.digest is not None


def wish_of(choices: Choices) -> DigestWish:
    """Return the chosen digest."""
    cadence, at, weekday = {
        When.MORNING: (Cadence.DAILY, time(9), None),
        When.EVENING: (Cadence.DAILY, time(18), None),
        When.HOURLY: (Cadence.HOURLY, time(0), None),
        When.WEEKLY: (Cadence.WEEKLY, time(9), 0),
    }[choices.when]
    return DigestWish(choices.channel_id, cadence=cadence, times=(at,), weekday=weekday, timezone=choices.timezone)


def _plain(choices: Choices) -> dict[str, object]:
    return asdict(choices) | {"groups": list(choices.groups)}
