"""The host's questions and actions in Discord, and how the bot is doing, for everybody."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.delivery.operating import announcement
from bot.errors import BadInput, NotFound, StoreError
from bot.feeds.health import by_urgency
from bot.languages.spoken import speaking
from bot.languages.translations import _
from bot.log import set_log_level
from bot.model.feeds import Feed, FeedState
from bot.model.operating import HostStats, ServerStatus
from bot.services.engine import Services
from bot.services.server_settings import language_of_server
from bot.store.servers.notices import NewNotice
from config.loading import load_settings

log = structlog.get_logger(__name__)

STORED_AT = "stored_at"
LONGEST_ANNOUNCEMENT = 2_000
RELOADED = frozenset({"log_level"})
"""Settings that take effect without a restart."""


@dataclass(frozen=True, slots=True)
class ReloadedSettings:
    """The settings that changed since the start: those applied now, and those that need a restart."""

    applied: tuple[str, ...]
    waiting: tuple[str, ...]


async def status_of(services: Services, guild_id: int) -> ServerStatus:
    """Return how Hearsay is doing for a server."""
    return await services.store.overview.of_server(guild_id, services.clock())


async def can_store(services: Services) -> bool:
    """Return whether something can be stored right now; a full or read-only disk can still be read."""
    try:
        await services.store.installation.put(STORED_AT, services.clock().isoformat())
    except StoreError as error:
        log.warning("nothing can be stored", error=error.message)
        return False
    return True


async def host_stats(services: Services) -> HostStats:
    """Return how Hearsay is doing as a whole."""
    return await services.store.overview.of_all(services.clock())


async def failing_feeds(services: Services) -> list[Feed]:
    """Return the feeds that fail or were given up, in any server, the most urgent first."""
    feeds = [feed for feed in await services.store.feeds.all() if feed.state is not FeedState.HEALTHY]
    return sorted(feeds, key=by_urgency)


async def willing_servers(services: Services) -> Mapping[int, int]:
    """Return the servers that chose a channel for notices, with the channel: they get announcements."""
    return await services.store.notices.willing()


async def offer_announcement(services: Services, guild_id: int, text: str) -> tuple[int, str]:
    """Store an announcement until it is confirmed. Return its number and its text. Raises BadInput."""
    text = _usable(text)
    return await services.store.offers.add(guild_id, {"announcement": text}), text


async def announce_offered(services: Services, guild_id: int, number: int) -> int:
    """Put a stored announcement into the outbox for all willing servers, once each.

    Returns for how many servers it is new. Raises NotFound.
    """
    offered = await services.store.offers.get(number, guild_id)
    if "announcement" not in offered:
        raise NotFound(_("This answer is too old. Ask again."))
    text = offered["announcement"]
    notices = []
    for server, channel_id in (await willing_servers(services)).items():
        nonce = hashlib.sha256(f"announcement:{server}:{text}".encode()).hexdigest()[:22]
        with speaking(await language_of_server(services.store, server)):
            notices.append(NewNotice(server, channel_id, nonce, announcement(text, nonce)))
    new = await services.store.notices.put_announcements(notices, services.clock())
    services.runner.wake()
    return new


def reload_settings(services: Services) -> ReloadedSettings:
    """Read the settings again, and apply those that can change while running. Raises SettingsError if they are
    wrong.
    """
    before, now = services.settings.model_dump(), load_settings()
    changed = [name for name, value in now.model_dump().items() if before.get(name) != value]
    set_log_level(now.log_level)
    return ReloadedSettings(
        tuple(name for name in changed if name in RELOADED),
        tuple(name for name in changed if name not in RELOADED),
    )


def _usable(text: str) -> str:
    """Return an announcement. Options cannot contain line breaks, so these are typed as a backslash and an n."""
    lines = [" ".join(line.split()) for line in text.replace("\\n", "\n").split("\n")]
    text = "\n".join(lines).strip()
    if not text or len(text) > LONGEST_ANNOUNCEMENT:
        raise BadInput(_("An announcement has 1 to {limit} characters.", limit=LONGEST_ANNOUNCEMENT))
    return text
