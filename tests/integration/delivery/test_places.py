"""Forum posts and webhooks: where digests go besides text channels, and that nothing is shown twice there."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.delivery.digest_messages import addressed, edited_message, messages_of
from bot.delivery.sender import ARRIVES_WITHIN, DiscordSender
from bot.errors import ChannelForbidden, DeliveryError, DeliveryUncertain
from bot.model.delivery import Delivery, DeliveryState, PostedAt
from bot.model.digests import ForumPosts, Plan
from preview.discord import LocalDiscord, Permission, faults
from preview.discord.messages import text_of
from preview.discord.objects import Channel
from tests.integration.delivery.test_sender import DIGEST

POSTS = "/channels/*/threads"
WEBHOOK = "/webhooks/*/*"
LONG_AGO = ARRIVES_WITHIN + timedelta(seconds=1)


@pytest.fixture
def sender(client: discord.Client) -> DiscordSender:
    return DiscordSender(client)


@pytest.fixture
async def forum(local: LocalDiscord, client: discord.Client) -> Channel:
    heard = asyncio.ensure_future(client.wait_for("guild_channel_create", timeout=10))
    await asyncio.sleep(0)
    made = local.add_forum(local.guild(), "stories", ["Politics", "Dunmore", "Sport"])
    await heard
    return made


def waiting(channel: Channel, *, nonce: str = "n0", digest: Any = DIGEST, **plan: Any) -> Delivery:
    wanted = Plan(int(channel.id), **plan)
    messages = messages_of(digest, lambda _: nonce, one_by_one=wanted.as_outlet or wanted.posts is not None)
    (payload,) = addressed(messages, digest, wanted)
    now = datetime.now(UTC)
    return Delivery(1, 1, int(channel.id), now, 0, nonce, payload, DeliveryState.PENDING, 0, None, now, None, None)


def tried(delivery: Delivery, ago: timedelta = LONG_AGO) -> Delivery:
    return replace(delivery, attempts=1, attempted_at=datetime.now(UTC) - ago)


async def granted(local: LocalDiscord, client: discord.Client, channel: Channel, permission: Permission) -> None:
    await told(client, lambda: local.grant(channel, permission))


async def told(client: discord.Client, change: Callable[[], object]) -> None:
    heard = asyncio.ensure_future(client.wait_for("guild_channel_update", timeout=10))
    await asyncio.sleep(0)
    change()
    await heard


# forums


async def test_a_story_gets_a_post_named_by_its_headline_with_the_tags_that_match(
    local: LocalDiscord, sender: DiscordSender, forum: Channel
) -> None:
    at = await sender.send(waiting(forum, posts=ForumPosts.STORY))
    (post,) = local.posts_in(forum)
    assert at == PostedAt(int(post.id), int(post.id))
    assert post.name == DIGEST.stories[0].lead.title
    assert post.thread is not None
    assert [tag["name"] for tag in forum.to_json()["available_tags"] if tag["id"] in post.thread.tag_ids] == [
        "Dunmore"
    ]
    assert "Elena Marsh" in text_of(post.messages[0])


async def test_the_tags_that_the_manager_picked_are_taken(
    local: LocalDiscord, sender: DiscordSender, forum: Channel
) -> None:
    sport = forum.to_json()["available_tags"][2]["id"]
    await sender.send(waiting(forum, posts=ForumPosts.DAY, tag_ids=(int(sport),)))
    (post,) = local.posts_in(forum)
    assert post.name == "Who said what: Saturday, 18 July 2026"
    assert post.thread is not None
    assert post.thread.tag_ids == [sport]


async def test_later_messages_stand_in_the_same_post_which_is_opened_again_if_it_rests(
    local: LocalDiscord, sender: DiscordSender, forum: Channel
) -> None:
    first = await sender.send(waiting(forum, posts=ForumPosts.DAY))
    (post,) = local.posts_in(forum)
    local.change_thread(post, archived=True)
    later = replace(waiting(forum, nonce="n1", posts=ForumPosts.DAY), thread_id=first.thread_id)
    at = await sender.send(later)
    assert at.thread_id == first.thread_id
    assert local.posts_in(forum) == [post]
    assert len(post.messages) == 2


@pytest.mark.parametrize("closing", ["locked", "deleted"])
async def test_a_post_that_was_locked_or_deleted_is_opened_anew(
    local: LocalDiscord, sender: DiscordSender, forum: Channel, closing: str
) -> None:
    first = await sender.send(waiting(forum, posts=ForumPosts.DAY))
    (post,) = local.posts_in(forum)
    if closing == "locked":
        local.change_thread(post, locked=True)
    else:
        local.delete_channel(post)
    later = replace(waiting(forum, nonce="n1", posts=ForumPosts.DAY), thread_id=first.thread_id)
    at = await sender.send(later)
    assert at.thread_id not in (None, first.thread_id)


async def test_a_forum_that_requires_a_tag_is_told_to_the_managers(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender
) -> None:
    heard = asyncio.ensure_future(client.wait_for("guild_channel_create", timeout=10))
    await asyncio.sleep(0)
    strict = local.add_forum(local.guild(), "strict", ["Sport"], requires_tag=True)
    await heard
    with pytest.raises(ChannelForbidden, match="requires a tag"):
        await sender.send(waiting(strict, posts=ForumPosts.DAY))


@pytest.mark.parametrize("resting", [False, True])
async def test_a_post_whose_answer_was_lost_is_found_by_its_controls(
    local: LocalDiscord, sender: DiscordSender, forum: Channel, resting: bool
) -> None:
    other = await sender.send(waiting(forum, nonce="other", posts=ForumPosts.STORY))
    local.faults.order("POST", POSTS, faults.answer_lost())
    delivery = waiting(forum, posts=ForumPosts.STORY)
    with pytest.raises(DeliveryError, match="could not be reached"):
        await sender.send(delivery)
    post = local.posts_in(forum)[-1]
    local.change_thread(post, archived=resting)
    found = await sender.find_posted(tried(delivery), datetime.now(UTC))
    assert found == PostedAt(int(post.id), int(post.id))
    assert found != other


async def test_a_post_that_never_left_is_not_found_but_only_after_it_must_have_arrived(
    sender: DiscordSender, forum: Channel
) -> None:
    delivery = waiting(forum, posts=ForumPosts.STORY)
    with pytest.raises(DeliveryError, match="under way") as caught:
        await sender.find_posted(tried(delivery, timedelta(seconds=1)), datetime.now(UTC))
    assert caught.value.retryable
    assert await sender.find_posted(tried(delivery), datetime.now(UTC)) is None


async def test_a_failing_discord_is_not_asked_twice_for_a_post(
    local: LocalDiscord, sender: DiscordSender, forum: Channel
) -> None:
    """discord.py would repeat the request, and Discord may have opened the post before it failed."""
    local.faults.order("POST", POSTS, faults.server_error(502), times=1)
    with pytest.raises(DeliveryError, match="could not be reached"):
        await sender.send(waiting(forum, posts=ForumPosts.STORY))
    assert sum(seen.path.endswith("/threads") for seen in local.requests) == 1


async def test_a_message_in_a_post_that_rests_is_edited_and_the_post_rests_again(
    local: LocalDiscord, sender: DiscordSender, forum: Channel
) -> None:
    delivery = waiting(forum, posts=ForumPosts.STORY)
    at = await sender.send(delivery)
    (post,) = local.posts_in(forum)
    local.change_thread(post, archived=True)
    noted = replace(DIGEST, stories=(replace(DIGEST.stories[0], note="The Courier corrected the article."),))
    payload = edited_message(noted, "n0", delivery.payload["shows"])
    edit = replace(delivery, payload=payload, message_id=at.message_id, thread_id=at.thread_id)
    assert await sender.send(edit) == at
    assert "corrected the article" in text_of(post.messages[0])
    assert post.thread is not None
    assert post.thread.archived


# webhooks


async def test_a_story_is_posted_under_its_outlets_name_by_one_webhook(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    news = local.channel("news")
    await granted(local, client, news, Permission.MANAGE_WEBHOOKS)
    for nonce in ("n0", "n1"):
        await sender.send(waiting(news, nonce=nonce, as_outlet=True))
    assert [message["author"]["username"] for message in news.messages] == ["The Courier"] * 2
    assert str(news.messages[0]["components"]).count("n0") == 3, "More, Evidence and Follow"
    (webhook,) = local.webhooks_of(news)
    assert webhook.name == "Hearsay"
    assert webhook.token not in caplog.text
    again = DiscordSender(client)  # a bot that was started again uses the webhook that is there
    await again.send(waiting(news, nonce="n2", as_outlet=True))
    assert local.webhooks_of(news) == [webhook]


async def test_a_webhook_that_was_deleted_is_made_anew(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender
) -> None:
    news = local.channel("news")
    await granted(local, client, news, Permission.MANAGE_WEBHOOKS)
    await sender.send(waiting(news, as_outlet=True))
    local.delete_webhook(local.webhooks_of(news)[0])
    await sender.send(waiting(news, nonce="n1", as_outlet=True))
    assert len(news.messages) == 2
    assert len(local.webhooks_of(news)) == 1


async def test_messages_that_find_the_webhook_deleted_at_the_same_time_are_all_posted(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender
) -> None:
    news = local.channel("news")
    await granted(local, client, news, Permission.MANAGE_WEBHOOKS)
    await sender.send(waiting(news, as_outlet=True))
    local.delete_webhook(local.webhooks_of(news)[0])
    await asyncio.gather(*(sender.send(waiting(news, nonce=f"n{number}", as_outlet=True)) for number in (1, 2, 3)))
    assert len(news.messages) == 4
    assert len(local.webhooks_of(news)) == 1


async def test_without_manage_webhooks_nothing_is_posted_under_another_name(
    local: LocalDiscord, sender: DiscordSender
) -> None:
    with pytest.raises(ChannelForbidden):
        await sender.send(waiting(local.channel("news"), as_outlet=True))
    assert local.channel("news").messages == []


async def test_a_message_of_a_webhook_is_found_and_not_repeated(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender
) -> None:
    news = local.channel("news")
    await granted(local, client, news, Permission.MANAGE_WEBHOOKS)
    delivery = waiting(news, as_outlet=True)
    local.faults.order("POST", WEBHOOK, faults.answer_lost())
    with pytest.raises(DeliveryError, match="could not be reached"):
        await sender.send(delivery)
    (message,) = news.messages
    assert await sender.find_posted(tried(delivery), datetime.now(UTC)) == PostedAt(int(message["id"]))
    local.faults.order("POST", WEBHOOK, faults.server_error(503), times=1)
    with pytest.raises(DeliveryError):
        await sender.send(waiting(news, nonce="n1", as_outlet=True))
    assert sum(seen.path.startswith("/webhooks/") for seen in local.requests) == 2


async def test_without_the_history_no_webhook_message_is_risked_twice(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender
) -> None:
    news = local.channel("news")
    await told(client, lambda: local.forbid(news, Permission.READ_MESSAGE_HISTORY))
    with pytest.raises(DeliveryUncertain):
        await sender.find_posted(tried(waiting(news, as_outlet=True), timedelta(seconds=1)), datetime.now(UTC))


async def test_a_message_of_a_webhook_is_edited_by_it(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender
) -> None:
    news = local.channel("news")
    await granted(local, client, news, Permission.MANAGE_WEBHOOKS)
    delivery = waiting(news, as_outlet=True)
    at = await sender.send(delivery)
    noted = replace(DIGEST, stories=(replace(DIGEST.stories[0], note="The Courier withdrew the article."),))
    payload = edited_message(noted, "n0", delivery.payload["shows"])
    await sender.send(replace(delivery, payload=payload, message_id=at.message_id))
    assert "withdrew the article" in text_of(news.messages[0])
    assert news.messages[0]["author"]["username"] == "The Courier"


async def test_a_webhook_opens_a_forum_post_and_writes_on_in_it(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender, forum: Channel
) -> None:
    await granted(local, client, forum, Permission.MANAGE_WEBHOOKS)
    first = await sender.send(waiting(forum, posts=ForumPosts.DAY, as_outlet=True))
    later = replace(waiting(forum, nonce="n1", posts=ForumPosts.DAY, as_outlet=True), thread_id=first.thread_id)
    at = await sender.send(later)
    (post,) = local.posts_in(forum)
    assert at.thread_id == first.thread_id == int(post.id)
    assert [message["author"]["username"] for message in post.messages] == ["The Courier"] * 2
    found = await sender.find_posted(tried(replace(later, thread_id=None)), datetime.now(UTC))
    assert found is None  # it looks for a post that this message opened
    assert await sender.find_posted(tried(later), datetime.now(UTC)) == at
