"""A process that is logged in but not connected to the gateway, such as a worker, posts over REST alone."""

import warnings
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

with warnings.catch_warnings():
    # discord.py imports audioop, which Python 3.13 no longer has.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

from bot.delivery.sender import ARRIVES_WITHIN, KNOWN_S, NONCE_HOLDS, DiscordSender
from bot.errors import ChannelGone, DeliveryUncertain
from bot.model.delivery import Delivery
from bot.model.digests import ForumPosts
from preview.discord import LocalDiscord, Permission
from preview.discord.pointing import discord_py_pointed_at
from tests.integration.delivery.test_places import waiting
from tests.integration.delivery.test_sender import delivery, tried

__all__ = ["delivery"]


class StopWatch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> StopWatch:
    return StopWatch()


@pytest.fixture
async def sender(local: LocalDiscord, watch: StopWatch) -> AsyncIterator[DiscordSender]:
    with discord_py_pointed_at(local.api_base, local.gateway_url):
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(local.token)
            yield DiscordSender(client, passing=watch)


def asked(local: LocalDiscord, path: str) -> int:
    return sum(seen.method == "GET" and seen.path.endswith(path) for seen in local.requests)


async def test_a_channel_is_asked_for_once_in_a_while_and_posted_to(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery, watch: StopWatch
) -> None:
    await sender.send(delivery)
    await sender.send(replace(delivery, nonce="0123456789abcdef"))
    assert len(local.channel("news").messages) == 2
    channel = f"/channels/{delivery.channel_id}"
    assert asked(local, channel) == 1
    watch.seconds = KNOWN_S + 1
    await sender.send(replace(delivery, nonce="abcdef9876543210"))
    assert asked(local, channel) == 2


async def test_a_channel_that_was_deleted_meanwhile_is_gone(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    await sender.send(delivery)
    local.delete_channel(local.channel("news"))
    with pytest.raises(ChannelGone):
        await sender.send(replace(delivery, nonce="0123456789abcdef"))


async def test_a_message_of_an_earlier_attempt_is_found_though_no_gateway_told_of_permissions(
    sender: DiscordSender, delivery: Delivery
) -> None:
    later = datetime.now(UTC) + NONCE_HOLDS
    assert await sender.find_posted(tried(delivery), later) is None
    message_id = await sender.send(delivery)
    assert await sender.find_posted(tried(delivery), later) == message_id


async def test_a_history_that_may_not_be_read_is_not_relied_upon(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    local.forbid(local.channel("news"), Permission.READ_MESSAGE_HISTORY)
    assert await sender.find_posted(tried(delivery), datetime.now(UTC)) is None
    with pytest.raises(DeliveryUncertain):
        await sender.find_posted(tried(delivery, timedelta(days=1)), datetime.now(UTC))


async def test_forum_posts_and_webhooks_need_no_gateway(local: LocalDiscord, sender: DiscordSender) -> None:
    forum = local.add_forum(local.guild(), "stories", ["Dunmore"])
    local.grant(forum, Permission.MANAGE_WEBHOOKS)
    first = await sender.send(waiting(forum, posts=ForumPosts.DAY, as_outlet=True))
    later = replace(waiting(forum, nonce="n1", posts=ForumPosts.DAY, as_outlet=True), thread_id=first.thread_id)
    at = await sender.send(later)
    (post,) = local.posts_in(forum)
    assert at.thread_id == first.thread_id == int(post.id)
    assert [message["author"]["username"] for message in post.messages] == ["The Courier"] * 2
    assert await sender.find_posted(tried(later, ARRIVES_WITHIN), datetime.now(UTC)) == at
