"""Posts deliveries to their channels with discord.py, so that nothing is shown twice.

If the process is killed after posting a message and before recording that, three things prevent a second post. The
nonce: for a few minutes, Discord treats a second message with the same nonce as the first. The history: the
Evidence button of each digest message contains the nonce, so the message can be found later. And if neither is
reliable, because the attempt is older and the history may not be read, the delivery fails with the reason
(DeliveryUncertain): an article is shown at most once.

Webhooks and new forum posts have no nonces. There only the history counts: of the channel, or of the posts opened
since the attempt. Requests that may still be under way are waited for.
"""

import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
import structlog

from bot.delivery.digest_text import SUPPRESS_EMBEDS
from bot.delivery.discord_errors import CLOSED_THREADS, NOT_THERE, mapped_errors
from bot.delivery.forum_posts import tags_for
from bot.delivery.outbox import Sender
from bot.delivery.outlet_webhooks import OutletWebhooks
from bot.delivery.views import arguments_of, without_links
from bot.errors import DeliveryError, DeliveryRefused, DeliveryUncertain
from bot.languages.translations import _
from bot.model.delivery import Delivery, PostedAt

log = structlog.get_logger(__name__)

PUBLISHED_AN_HOUR = 10
_HOUR_S = 3600.0
NONCE_HOLDS = timedelta(minutes=2)
"""How long a nonce certainly makes posting idempotent. Discord says "the past few minutes"."""
ARRIVES_WITHIN = timedelta(seconds=20)
"""How long a request of a dead process may still be under way."""
HISTORY_READ = 300
"""How many of a channel's latest messages are searched."""
KNOWN_S = 600.0
MOST_KNOWN = 10_000
"""How many fetched channels are remembered, and for how long: a process that only posts is not told of any. The
facts needed hardly ever change, and Discord refuses what is no longer allowed.
"""
POSTS_READ = 100
"""How many candidate forum posts are searched, and how many archived ones are looked through."""
CLOCKS_APART = timedelta(days=1)
"""The largest expected difference between the bot's clock and Discord's. Older messages are from before."""
_INVALID_FORM = 50_035
"""Discord's code for a body that it does not accept."""

Place = discord.TextChannel | discord.Thread | discord.ForumChannel | discord.abc.Messageable


class DiscordSender(Sender):
    """Posts deliveries as the bot that `client` is logged in as."""

    def __init__(self, client: discord.Client, *, passing: Callable[[], float] = time.monotonic) -> None:
        """Take the client, which must be logged in but need not be connected to the gateway, and a stopwatch."""
        self._client = client
        self._passing = passing
        self._published: dict[int, deque[float]] = {}
        self._known: OrderedDict[int, tuple[float, object]] = OrderedDict()
        self._webhooks = OutletWebhooks(client)

    async def send(self, delivery: Delivery) -> PostedAt:
        """Post `delivery`, or edit the message that it names; see `Sender`.

        If Discord refuses one of its links or pictures, post it without any.
        """
        with mapped_errors():
            channel = await self._channel(delivery.channel_id)
            try:
                return await self._put(channel, delivery, delivery.payload)
            except discord.HTTPException as error:
                if error.code != _INVALID_FORM:
                    raise
                return await self._put(channel, delivery, without_links(delivery.payload))

    async def is_member(self, guild_id: int, user_id: int) -> bool:
        """Return whether a person is in a server; see `Sender`. Without the members intent, Discord is asked."""
        try:
            await self._client.http.get_member(guild_id, user_id)
        except discord.HTTPException as error:
            return error.code not in NOT_THERE
        except (aiohttp.ClientError, OSError):
            return True
        return True

    async def find_posted(self, delivery: Delivery, now: datetime) -> PostedAt | None:
        """Look for `delivery` among the bot's own messages since the attempt; see `Sender`."""
        if delivery.attempted_at is None or delivery.message_id is not None:  # editing twice does no harm
            return None
        passed = now - delivery.attempted_at
        with mapped_errors():
            channel = await self._channel(delivery.channel_id)
            has_nonce = not isinstance(channel, discord.ForumChannel) and not delivery.payload.get("outlet")
            if await self._may_read_history(channel):
                found = await self._found(channel, delivery)
                if found is None and not has_nonce and timedelta() <= passed < ARRIVES_WITHIN:
                    wait = ARRIVES_WITHIN - passed
                    raise DeliveryError(_("The last attempt may still be under way."), retry_after=wait)
                return found
        if has_nonce and passed < NONCE_HOLDS:
            return None
        raise DeliveryUncertain

    async def _channel(self, channel_id: int) -> Place:
        channel: object = self._client.get_channel(channel_id) or await self._fetched(channel_id)
        if not isinstance(channel, Place):
            raise DeliveryRefused(_("This channel holds no messages. Subscribe a text channel."))
        return channel

    async def _fetched(self, channel_id: int) -> object:
        at, channel = self._known.get(channel_id, (0.0, None))
        if channel is None or self._passing() - at > KNOWN_S:
            channel = await self._client.fetch_channel(channel_id)
            self._known[channel_id] = self._passing(), channel
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return channel

    async def _put(self, channel: Place, delivery: Delivery, payload: dict[str, Any]) -> PostedAt:
        if delivery.message_id is not None:
            await self._edit(delivery.thread_id or delivery.channel_id, delivery.message_id, payload)
            return PostedAt(delivery.message_id, delivery.thread_id)
        if isinstance(channel, discord.ForumChannel):
            return await self._post_in_forum(channel, delivery, payload)
        return PostedAt(await self._post(channel, delivery.nonce, payload))

    async def _edit(self, channel_id: int, message_id: int, payload: dict[str, Any]) -> None:
        channel: Any = await self._channel(channel_id)
        try:
            await self._change(channel, message_id, payload)
        except discord.HTTPException as error:
            if error.code not in CLOSED_THREADS or not isinstance(channel, discord.Thread):
                raise
            # a resting thread is closed again afterwards; a locked one can only be opened by people who may manage
            # it
            await channel.edit(archived=False)
            await self._change(channel, message_id, payload)
            await channel.edit(archived=True)

    async def _change(self, channel: Any, message_id: int, payload: dict[str, Any]) -> None:
        arguments = arguments_of(payload) | {"allowed_mentions": discord.AllowedMentions.none()}
        if payload.get("outlet"):
            await self._webhooks.edit(channel, message_id, **arguments)
        else:
            await channel.get_partial_message(message_id).edit(**arguments)

    async def _post_in_forum(
        self, forum: discord.ForumChannel, delivery: Delivery, payload: dict[str, Any]
    ) -> PostedAt:
        """Post into the forum post of the message; open a new one if it is gone or locked."""
        if delivery.thread_id is not None:
            try:
                thread: Any = await self._channel(delivery.thread_id)
                return PostedAt(await self._post(thread, delivery.nonce, payload), thread.id)
            except discord.HTTPException as error:
                if not isinstance(error, discord.NotFound) and error.code not in CLOSED_THREADS:
                    raise
        post = payload["post"]
        tags = tags_for(post, forum.available_tags)
        arguments = _arguments(payload)
        if outlet := payload.get("outlet"):
            message = await self._webhooks.send(
                forum, username=outlet, thread_name=post["name"], applied_tags=tags, **arguments
            )
            return PostedAt(message.id, message.id)  # a post has the id of its first message
        opened = await forum.create_thread(name=post["name"], applied_tags=tags, **arguments)
        return PostedAt(opened.message.id, opened.thread.id)

    async def _post(self, channel: Any, nonce: str, payload: dict[str, Any]) -> int:
        arguments = _arguments(payload)
        if outlet := payload.get("outlet"):
            message = await self._webhooks.send(channel, username=outlet, **arguments)
        else:
            # discord.py sends enforce_nonce along
            message = await channel.send(**arguments, nonce=nonce)
        if payload.get("publish") and isinstance(channel, discord.TextChannel) and channel.is_news():
            await self._publish(channel, message.id)
        return int(message.id)

    async def _publish(self, channel: discord.TextChannel, message_id: int) -> None:
        """Publish a message to the servers that follow its channel, unless that was done too often recently.

        Discord allows ten an hour in a channel. A message that is not published is still posted.
        """
        now = self._passing()
        times = self._published.setdefault(channel.id, deque(maxlen=PUBLISHED_AN_HOUR))
        if len(times) == PUBLISHED_AN_HOUR and now - times[0] < _HOUR_S:
            log.info("message not published", channel=channel.id, reason="ten an hour")
            return
        times.append(now)
        try:
            await channel.get_partial_message(message_id).publish()
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("message not published", channel=channel.id, reason=str(error))

    async def _found(self, channel: Place, delivery: Delivery) -> PostedAt | None:
        """Return where our message with the nonce in its controls is, or None."""
        if not isinstance(channel, discord.ForumChannel):
            message_id = await _searched(channel, delivery)
            return None if message_id is None else PostedAt(message_id)
        if delivery.thread_id is not None:
            try:
                thread: Any = await self._channel(delivery.thread_id)
                message_id = await _searched(thread, delivery)
            except discord.NotFound:  # it was deleted
                message_id = None
            if message_id is not None:
                return PostedAt(message_id, delivery.thread_id)
        return await self._found_post(channel, delivery)

    async def _found_post(self, forum: discord.ForumChannel, delivery: Delivery) -> PostedAt | None:
        """Return the post that the message opened, or None. Raise DeliveryUncertain if there are too many."""
        since = (delivery.attempted_at or delivery.slot) - CLOCKS_APART
        own, name = self._client.user, delivery.payload["post"]["name"]
        searched = 0
        async for thread in _posts(forum):
            ours = thread.name == name or (own is not None and thread.owner_id == own.id)
            if not ours or discord.utils.snowflake_time(thread.id) < since:
                continue
            searched += 1
            try:
                message = await thread.fetch_message(thread.id)
            except discord.NotFound:  # its first message was deleted
                continue
            if _carries(message, delivery.nonce):
                return PostedAt(message.id, thread.id)
            if searched >= POSTS_READ:
                raise DeliveryUncertain
        return None

    async def _may_read_history(self, channel: object) -> bool:
        """Return whether the history is reliable: without the permission, Discord shows an empty one."""
        if isinstance(channel, discord.DMChannel):
            return True
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return False
        known: discord.Member | None = getattr(channel.guild, "me", None)
        if known is not None:
            return channel.permissions_for(known).read_message_history
        user = self._client.user
        if user is None:
            return False
        # without the gateway's knowledge of the server
        guild = await self._client.fetch_guild(channel.guild.id, with_counts=False)
        me = await guild.fetch_member(user.id)
        where = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
        found = await guild.fetch_channel(where)
        return found.permissions_for(me).read_message_history


async def _searched(channel: discord.abc.Messageable, delivery: Delivery) -> int | None:
    """Return our message with the nonce in its controls. Raise DeliveryUncertain if there are too many.

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


async def _posts(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    """Yield the posts of a forum: all active ones, and the latest resting ones."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=POSTS_READ):
        yield thread


def _arguments(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a payload as arguments with which discord.py posts a message, including whom it may ping."""
    return arguments_of(payload) | {
        "suppress_embeds": bool(payload.get("flags", 0) & SUPPRESS_EMBEDS),
        "silent": payload.get("silent", False),
        "allowed_mentions": _mentions(payload.get("ping")),
    }


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
    """Yield components and those nested in them, at any depth."""
    for component in components:
        yield component
        yield from _all_components(getattr(component, "children", ()))
