"""A story that goes on is an update; a corrected or withdrawn article changes what was posted."""

from datetime import timedelta
from typing import Any

from bot.model.claims import Wording
from bot.model.delivery import DeliveryState
from preview.discord import Permission, faults
from tests.e2e.printed import Words, entry_of, feed_in, print_article, reprint_article
from tests.e2e.whole import WholeBot

SAFE = Words("Elena Marsh", "The dam will hold until spring")
OPEN = Words("Tom Okafor", "A gate of the dam opens on Friday morning")


async def posted(whole_bot: WholeBot) -> None:
    """Subscribe the channel, and have what is new posted there."""
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe", cadence="hourly")).done()
    await post_what_is_new(whole_bot)


async def post_what_is_new(whole_bot: WholeBot) -> None:
    whole_bot.ahead += timedelta(hours=1)
    await whole_bot.work()
    await whole_bot.work()


def embeds(whole_bot: WholeBot) -> list[dict[str, Any]]:
    return [embed for m in whole_bot.news.messages for embed in m["embeds"] if "url" in embed]


async def test_a_story_that_goes_on_is_an_update_that_says_only_what_is_new(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    post = await feed_in(whole_bot.services, whole_bot.guild_id, "Daily Post")
    await print_article(whole_bot.services, feed, "Dam under watch in Dunmore", [SAFE])
    await posted(whole_bot)
    await print_article(whole_bot.services, post, "Dam under watch in Dunmore, gate opens", [SAFE, OPEN])
    await post_what_is_new(whole_bot)
    first, second = embeds(whole_bot)
    assert first["title"] == "Dam under watch in Dunmore"
    assert second["title"] == "Update · Dam under watch in Dunmore, gate opens"
    assert OPEN.content in second["description"]
    assert SAFE.content not in second["description"]


async def test_an_article_that_says_nothing_new_is_not_posted_and_why_says_where_its_story_is(
    whole_bot: WholeBot,
) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    post = await feed_in(whole_bot.services, whole_bot.guild_id, "Daily Post")
    await print_article(whole_bot.services, feed, "Dam under watch in Dunmore", [SAFE])
    await posted(whole_bot)
    again = await print_article(whole_bot.services, post, "Dam under watch in Dunmore again", [SAFE])
    await post_what_is_new(whole_bot)
    assert len(embeds(whole_bot)) == 1
    url = (await whole_bot.services.store.articles.get(again)).url
    why = await (await whole_bot.manager.slash(whole_bot.news, "why", url=url)).done()
    assert "Dam under watch in Dunmore" in why.text


async def test_a_correction_changes_what_was_posted_with_a_note(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    article_id = await print_article(whole_bot.services, feed, "Dam under watch", [SAFE, OPEN])
    await posted(whole_bot)
    now = Words("Tom Okafor", "A gate of the dam opens on Saturday morning")
    await reprint_article(whole_bot.services, article_id, [now], title="Dam under close watch")
    await post_what_is_new(whole_bot)
    (embed,) = embeds(whole_bot)
    assert embed["title"] == "Dam under close watch"
    assert now.content in embed["description"]
    assert OPEN.content not in embed["description"]
    assert f"~~“{SAFE.content}”~~" in embed["description"]
    assert "Example Times corrected the article." in embed["description"]
    (message,) = [m for m in whole_bot.news.messages if m["embeds"]]
    assert message["edited_timestamp"] is not None
    before = len(whole_bot.local.requests)
    await post_what_is_new(whole_bot)
    assert [r for r in whole_bot.local.requests[before:] if r.method == "PATCH"] == [], "once is enough"


async def test_a_paraphrase_is_struck_as_well(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    told = Words("Elena Marsh", "the dam would hold until spring", Wording.PARAPHRASED)
    article_id = await print_article(whole_bot.services, feed, "Dam under watch", [told, OPEN])
    await posted(whole_bot)
    await reprint_article(whole_bot.services, article_id, [OPEN])
    await post_what_is_new(whole_bot)
    assert "≈ ~~" in embeds(whole_bot)[0]["description"]


async def test_a_change_that_the_message_does_not_show_edits_nothing(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    article_id = await print_article(whole_bot.services, feed, "Dam under watch", [SAFE])
    await posted(whole_bot)
    await reprint_article(whole_bot.services, article_id, [SAFE, OPEN])
    await post_what_is_new(whole_bot)
    assert [r for r in whole_bot.local.requests if r.method == "PATCH" and "/channels/" in r.path] == []


async def test_a_withdrawn_article_is_struck(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    article_id = await print_article(whole_bot.services, feed, "Dam under watch", [SAFE])
    await posted(whole_bot)
    store = whole_bot.services.store
    await store.articles.withdrawn(await entry_of(whole_bot.services, article_id), whole_bot.clock())
    await post_what_is_new(whole_bot)
    (embed,) = embeds(whole_bot)
    assert f"~~“{SAFE.content}”~~" in embed["description"]
    assert "Example Times withdrew the article." in embed["description"]


async def test_an_edit_that_cannot_be_made_is_made_once_the_permission_is_back(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    article_id = await print_article(whole_bot.services, feed, "Dam under watch", [SAFE])
    await posted(whole_bot)
    whole_bot.local.forbid(whole_bot.news, Permission.VIEW_CHANNEL)
    await reprint_article(whole_bot.services, article_id, [OPEN])
    await post_what_is_new(whole_bot)
    assert SAFE.content in embeds(whole_bot)[0]["description"]
    whole_bot.local.allow_again(whole_bot.news)
    await post_what_is_new(whole_bot)
    await post_what_is_new(whole_bot)
    assert "~~" in embeds(whole_bot)[0]["description"]


async def test_a_message_that_somebody_deleted_is_not_edited_and_pauses_nothing(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    article_id = await print_article(whole_bot.services, feed, "Dam under watch", [SAFE])
    await posted(whole_bot)
    await reprint_article(whole_bot.services, article_id, [OPEN])
    whole_bot.local.faults.order("PATCH", "/channels/*/messages/*", faults.not_found(10008, "Unknown Message"))
    await post_what_is_new(whole_bot)
    (subscription,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert subscription.paused_reason is None
    assert (await whole_bot.services.store.deliveries.counts())[DeliveryState.SENT] == 1
