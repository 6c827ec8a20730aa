"""Posts deliveries to their channels with discord.py, so that nothing is shown twice.

If the process is killed after posting a message and before noting that, three things prevent a second post. The
nonce: for a few minutes, Discord treats a second message with the same nonce as the first. The history: the
Evidence button of each digest message contains the nonce, so the message can be found later. And if neither is
reliable, because the attempt is older and the history may not be read, the delivery fails with the reason
(DeliveryUncertain): an article is shown at most once.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
import structlog

from bot.delivery.digest_text import SUPPRESS_EMBEDS
from bot.delivery.outbox import Sender
from bot.delivery.views import arguments_of, without_links
from bot.errors import ChannelForbidden, ChannelGone, DeliveryError, DeliveryRefused, DeliveryUncertain
from bot.languages.translations import _
from bot.model.delivery import Delivery

log = structlog.get_logger(__name__)

PUBLISHED_AN_HOUR = 10
_HOUR_S = 3600.0
NONCE_HOLDS = timedelta(minutes=2)
"""How long a nonce certainly makes posting idempotent. Discord says "the past few minutes"."""
HISTORY_READ = 300
"""How many of a channel's latest messages are searched."""
KNOWN_S = 600.0
MOST_KNOWN = 10_000
"""How long, and how many, channels are remembered that had to be asked for: a process that only posts is told of
none. What it needs to know of them hardly ever changes; Discord refuses what is no longer allowed."""
CLOCKS_APART = timedelta(days=1)
"""The most by which the bot's clock is expected to differ from Discord's. Older messages are from before."""
_INVALID_FORM = 50_035
"""Discord's code for a body that it does not accept."""
CLOSED_THREADS = frozenset((50083, 160005, 160006))
"""Codes of Discord for a thread that is archived, locked, or both."""


class DiscordSender(Sender):
    """Posts deliveries as the bot that `client` is logged in as."""

    def __init__(self, client: discord.Client, *, passing: Callable[[], float] = time.monotonic) -> None:
        """Take the client, which must be logged in, but need not be connected to the gateway; and a stop-watch."""
        self._client = client
        self._passing = passing
        self._published: dict[int, deque[float]] = {}
        self._known: OrderedDict[int, tuple[float, object]] = OrderedDict()

    async def send(self, delivery: Delivery) -> int:
        """Post `delivery`, or edit the message that it names; see `Sender`.

        If Discord refuses one of its links or pictures, post it without any.
        """
        channel = await self._channel(delivery.channel_id)
        with _mapped_errors():
            try:
                return await self._post(channel, delivery, delivery.payload)
            except discord.HTTPException as error:
                if error.code != _INVALID_FORM:
                    raise
                return await self._post(channel, delivery, without_links(delivery.payload))

    async def find_posted(self, delivery: Delivery, now: datetime) -> int | None:
        """Look for `delivery` among the bot's own messages since the attempt; see `Sender`."""
        if delivery.attempted_at is None or delivery.message_id is not None:  # editing twice does no harm
            return None
        channel = await self._channel(delivery.channel_id)
        with _mapped_errors():
            if await self._may_read_history(channel):
                return await self._found(channel, delivery)
        if now - delivery.attempted_at < NONCE_HOLDS:
            return None
        raise DeliveryUncertain

    async def _channel(self, channel_id: int) -> discord.abc.Messageable:
        channel: object = self._client.get_channel(channel_id)
        if channel is None:
            channel = await self._fetched(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            raise DeliveryRefused(_("This channel holds no messages. Subscribe a text channel."))
        return channel

    async def _fetched(self, channel_id: int) -> object:
        at, channel = self._known.get(channel_id, (0.0, None))
        if channel is None or self._passing() - at > KNOWN_S:
            with _mapped_errors():
                channel = await self._client.fetch_channel(channel_id)
            self._known[channel_id] = self._passing(), channel
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return channel

    async def _post(self, channel: discord.abc.Messageable, delivery: Delivery, payload: dict[str, Any]) -> int:
        arguments = arguments_of(payload)
        if delivery.message_id is not None:
            posted = channel.get_partial_message(delivery.message_id)  # type: ignore[attr-defined]
            await posted.edit(**arguments, allowed_mentions=discord.AllowedMentions.none())
            return delivery.message_id
        message = await channel.send(
            **arguments,
            nonce=delivery.nonce,  # discord.py sends enforce_nonce along
            suppress_embeds=bool(payload.get("flags", 0) & SUPPRESS_EMBEDS),
            silent=payload.get("silent", False),
            allowed_mentions=_mentions(payload.get("ping")),
        )
        if payload.get("publish") and isinstance(channel, discord.TextChannel) and channel.is_news():
            await self._publish(message)
        return message.id

    async def _publish(self, message: discord.Message) -> None:
        """Publish a message to the servers that follow its channel, unless that was done too often of late.

        Discord allows ten an hour in a channel. A message that is not published is posted all the same.
        """
        now = self._passing()
        times = self._published.setdefault(message.channel.id, deque(maxlen=PUBLISHED_AN_HOUR))
        if len(times) == PUBLISHED_AN_HOUR and now - times[0] < _HOUR_S:
            log.info("message not published", channel=message.channel.id, reason="ten an hour")
            return
        times.append(now)
        try:
            await message.publish()
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("message not published", channel=message.channel.id, reason=str(error))

    async def _found(self, channel: discord.abc.Messageable, delivery: Delivery) -> int | None:
        """Return our message whose controls have the nonce. Raise DeliveryUncertain if there are too many.

        The latest messages are searched, whatever their times: the bot's clock may be wrong.
        """
        attempted_at = delivery.attempted_at or delivery.slot
        seen = 0
        async for message in channel.history(limit=HISTORY_READ):
            seen += 1
            if _carries(message, delivery.nonce):
                return message.id
            if message.created_at < attempted_at - CLOCKS_APART:
                return None
        if seen >= HISTORY_READ:
            raise DeliveryUncertain
        return None

    async def _may_read_history(self, channel: object) -> bool:
        """Return whether the history is reliable: without the permission, Discord shows an empty one."""
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return False
        known: discord.Member | None = getattr(channel.guild, "me", None)
        if known is not None:
            return channel.permissions_for(known).read_message_history
        user = self._client.user
        if user is None:
            return False
        # without a gateway's knowledge of the server
        guild = await self._client.fetch_guild(channel.guild.id, with_counts=False)
        me = await guild.fetch_member(user.id)
        where = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
        found = await guild.fetch_channel(where)
        return found.permissions_for(me).read_message_history


def _mentions(role_id: int | None) -> discord.AllowedMentions:
    """Return whom a message may ping: this role alone, or nobody."""
    if role_id is None:
        return discord.AllowedMentions.none()
    return discord.AllowedMentions(
        everyone=False, users=False, roles=[discord.Object(role_id)], replied_user=False
    )


def _carries(message: discord.Message, nonce: str) -> bool:
    """Return whether a button of `message` contains `nonce`. Only the bot itself creates buttons with such ids."""
    ids = (getattr(component, "custom_id", None) for component in _all_components(message.components))
    return any(nonce in str(custom_id).split(":") for custom_id in ids if custom_id)


def _all_components(components: Iterable[Any]) -> Iterator[Any]:
    """Yield components and those in them, at any depth."""
    for component in components:
        yield component
        yield from _all_components(getattr(component, "children", ()))


@contextmanager
def _mapped_errors() -> Iterator[None]:
    """Turn errors of discord.py and the network into a DeliveryError that says what to do."""
    try:
        yield
    except discord.NotFound as error:
        raise ChannelGone from error
    except discord.Forbidden as error:
        raise ChannelForbidden from error
    except discord.RateLimited as error:
        wait = timedelta(seconds=error.retry_after)
        raise DeliveryError(_("Discord asks to wait."), retry_after=wait) from error
    except discord.HTTPException as error:
        if error.status in (401, 429) or error.status >= 500:  # 401: while a token is being renewed
            raise DeliveryError(_("Discord answered with status {status}.", status=error.status)) from error
        if error.code in CLOSED_THREADS:
            raise ChannelForbidden(
                _("This thread is archived or locked. Unlock it, or give Hearsay Manage Threads there.")
            ) from error
        raise DeliveryRefused(
            _("Discord refused the message (status {status}, code {code}).", status=error.status, code=error.code)
        ) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise DeliveryError(_("Discord could not be reached.")) from error
    except (KeyError, TypeError, ValueError) as error:
        raise DeliveryRefused(_("The stored message is damaged.")) from error
