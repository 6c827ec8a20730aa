"""`/feed`: adding what people paste, listing feeds with their state, removing."""

from dataclasses import replace

import pytest

from bot.model.feeds import FeedState, PollOutcome, PollStatus
from preview.discord import CommandHidden, Reply
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot
from tests.factories import save_outcome


async def add(whole_bot: WholeBot, address: str) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, "feed add", address=address)).done()


async def listed(whole_bot: WholeBot) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, "feed list")).done()


async def test_a_feed_is_added_by_its_address_and_listed(whole_bot: WholeBot) -> None:
    title, address = whole_bot.newsroom.feeds[0]
    reply = await add(whole_bot, address)
    assert reply.ephemeral
    assert "Feed added" in reply.text
    assert title in reply.text
    shown = await listed(whole_bot)
    assert title in shown.text
    assert "not read yet" in shown.text


async def test_a_feed_is_added_by_the_address_of_its_site(whole_bot: WholeBot) -> None:
    reply = await add(whole_bot, f"{whole_bot.newsroom.url}/courier/")
    assert "Feed added" in reply.text
    feeds = await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id)
    assert [feed.url for feed in feeds] == [whole_bot.newsroom.feed_url("courier")]


async def test_a_feed_is_added_once(whole_bot: WholeBot) -> None:
    address = whole_bot.newsroom.feed_url("courier")
    await add(whole_bot, address)
    assert "already" in (await add(whole_bot, address)).text
    assert len(await whole_bot.services.store.feeds.all()) == 1


@pytest.mark.parametrize(
    "address", ["not an address", "ftp://example.org/feed", "javascript:alert(1)", "@everyone"]
)
async def test_what_is_no_address_is_refused_in_a_sentence(whole_bot: WholeBot, address: str) -> None:
    reply = await add(whole_bot, address)
    assert "not a web address" in reply.text
    assert reply.ephemeral
    assert await whole_bot.services.store.feeds.all() == []


async def test_a_page_that_is_no_feed_is_refused_in_a_sentence(whole_bot: WholeBot) -> None:
    reply = await add(whole_bot, f"{whole_bot.newsroom.url}/robots.txt")
    assert "Error id" not in reply.text
    assert "feed" in reply.text
    assert await whole_bot.services.store.feeds.all() == []


async def test_a_server_that_has_as_many_feeds_as_it_may_is_told(whole_bot: WholeBot) -> None:
    limited = whole_bot.settings.model_copy(update={"feeds_per_server": 1})
    whole_bot.bot.services = replace(whole_bot.services, settings=limited)
    await feed_in(whole_bot.services, whole_bot.guild_id)
    reply = await add(whole_bot, whole_bot.newsroom.feed_url("courier"))
    assert "Remove one first" in reply.text


async def test_a_feed_is_removed_by_picking_it_while_typing(whole_bot: WholeBot) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id, "Example Times")
    await feed_in(whole_bot.services, whole_bot.guild_id, "Other Post")
    typing = await whole_bot.manager.autocomplete(whole_bot.news, "feed remove", focused="feed", feed="times")
    (choice,) = typing.choices
    assert choice["name"].startswith("Example Times")
    reply = await (await whole_bot.manager.slash(whole_bot.news, "feed remove", feed=choice["value"])).done()
    assert "Removed **Example Times**" in reply.text
    assert "Example Times" not in (await listed(whole_bot)).text


async def test_a_feed_of_another_server_cannot_be_removed_by_its_id(whole_bot: WholeBot) -> None:
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(whole_bot.services, others)
    for named in (str(feed.id), feed.url, feed.title):
        reply = await (await whole_bot.manager.slash(whole_bot.news, "feed remove", feed=named)).done()
        assert "There is no feed" in reply.text
    assert len(await whole_bot.services.store.guilds.feeds_of(others)) == 1


async def test_a_failing_feed_is_listed_with_its_reason(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    now = whole_bot.clock()
    for state, hint in ((FeedState.FAILING, "Next try"), (FeedState.DISABLED, "no longer polled")):
        failed = PollOutcome(
            feed.id, PollStatus.ERROR, now, now, state, error="The server answered 500 with [a](b).", failures=3
        )
        await save_outcome(whole_bot.services.store, failed)
        shown = await listed(whole_bot)
        assert "The server answered 500 with \\[a\\](b)." in shown.text
        assert hint in shown.text


async def test_many_feeds_are_listed_in_pages(whole_bot: WholeBot) -> None:
    for number in range(20):
        await feed_in(whole_bot.services, whole_bot.guild_id, f"Outlet {number:02}")
    first = await listed(whole_bot)
    assert "Page 1 of 3" in first.text
    second = await (await whole_bot.manager.click(first, "Next ▶")).done()
    assert "Page 2 of 3" in second.text
    third = await (await whole_bot.manager.click(second, "Next ▶")).done()
    assert "Outlet 19" in third.text
    again = await (await whole_bot.manager.click(third, "◀ Previous")).done()
    assert "Page 2 of 3" in again.text


async def test_a_server_without_feeds_is_told_how_to_add_one(whole_bot: WholeBot) -> None:
    assert "/feed add" in (await listed(whole_bot)).text


async def test_members_who_do_not_manage_the_server_do_not_see_the_commands(whole_bot: WholeBot) -> None:
    for command in ("feed list", "digest list"):
        with pytest.raises(CommandHidden):
            await whole_bot.reader.slash(whole_bot.news, command)
