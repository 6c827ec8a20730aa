"""Kill -9 between posting and noting, where Discord knows no nonces: new forum posts, and webhooks."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import utc_now
from bot.model.delivery import DeliveryState
from bot.model.digests import ForumPosts
from bot.store import open_store
from config.settings import Settings
from preview.discord import LocalDiscord, Permission
from preview.newsroom import Newsroom
from tests.e2e.mortal import KILLED, MortalBot
from tests.factories import a_subscription, stored_article

LATER = "after 0 ahead 60"
"""A life that nothing ends, a minute later: a request that was under way has arrived by then."""


@pytest.mark.parametrize("plan", [{"posts": ForumPosts.STORY}, {"as_outlet": True}], ids=["forum", "webhook"])
async def test_a_message_that_was_posted_but_not_noted_is_found_again(
    local: LocalDiscord, newsroom: Newsroom, settings: Settings, mortal_bot: MortalBot, plan: dict[str, Any]
) -> None:
    guild = local.guild()
    channel = local.add_forum(guild, "stories") if "posts" in plan else local.channel("news")
    local.grant(channel, Permission.MANAGE_WEBHOOKS)
    async with open_store(settings.store_url, clock=utc_now) as store:
        await stored_article(store, int(guild.id), seen_at=utc_now(), grouped=True)
        due = utc_now() - timedelta(minutes=1)
        await a_subscription(
            store, int(guild.id), channel_id=int(channel.id), minimum_confidence=0.0, next_at=due, **plan
        )
    assert await mortal_bot.live("a message was posted but not noted") == KILLED
    assert await mortal_bot.live() == 0  # too early to look: it might be under way
    assert await mortal_bot.live(LATER) == 0
    posts = local.posts_in(channel)
    messages = [message for one in posts for message in one.messages] if "posts" in plan else channel.messages
    assert len(messages) == 1
    async with open_store(settings.store_url, clock=utc_now) as store:
        assert (await store.deliveries.counts())[DeliveryState.SENT] == 1
