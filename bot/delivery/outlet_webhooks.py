"""Messages under the name of an outlet: each channel has one webhook of the bot, created when it is first needed.

A webhook's token is as good as a password for its channel. It is requested from Discord when it is needed, and
neither stored nor logged.
"""

import asyncio
from collections import defaultdict
from typing import Any

import discord

WEBHOOK_NAME = "Hearsay"
_UNKNOWN_WEBHOOK = 10_015

Parent = discord.TextChannel | discord.ForumChannel


class OutletWebhooks:
    """The webhooks of the bot that `client` is logged in as."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._known: dict[int, discord.Webhook] = {}
        self._making: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(self, channel: Parent | discord.Thread, **message: Any) -> discord.WebhookMessage:
        """Post a message with these arguments of discord.py. A deleted webhook is created anew.

        Raises whatever discord.py raises; Forbidden without Manage Webhooks.
        """
        parent, where = await self._parent(channel)
        for again in (False, True):
            webhook = await self._of(parent)
            try:
                return await webhook.send(**message, **where, wait=True)
            except discord.NotFound as error:
                if again or error.code != _UNKNOWN_WEBHOOK:
                    raise
                if self._known.get(parent.id) is webhook:  # another message may have noticed first
                    del self._known[parent.id]
        raise AssertionError("unreachable")

    async def edit(self, channel: Parent | discord.Thread, message_id: int, **message: Any) -> None:
        """Edit a message posted by the present webhook of the channel. Raises whatever discord.py raises."""
        parent, where = await self._parent(channel)
        await (await self._of(parent)).edit_message(message_id, **message, **where)

    async def _parent(self, channel: Parent | discord.Thread) -> tuple[Parent, dict[str, Any]]:
        if not isinstance(channel, discord.Thread):
            return channel, {}
        parent = channel.parent or await self._client.fetch_channel(channel.parent_id)
        if not isinstance(parent, Parent):
            raise TypeError("a thread of a channel without webhooks")
        return parent, {"thread": channel}

    async def _of(self, parent: Parent) -> discord.Webhook:
        """Return the webhook of a channel: the known one, an existing one, or a new one."""
        async with self._making[parent.id]:
            if parent.id not in self._known:
                own = self._client.user.id if self._client.user else 0
                there = (
                    webhook
                    for webhook in await parent.webhooks()
                    if webhook.token and webhook.user is not None and webhook.user.id == own
                )
                found = next(there, None)
                self._known[parent.id] = found or await parent.create_webhook(
                    name=WEBHOOK_NAME, reason="Digests under the names of their outlets"
                )
            return self._known[parent.id]
