"""`/why`: the one cause for an article, as anyone in the server sees it."""

from datetime import time, timedelta

import pytest

from bot.model.articles import Origin, ReadArticle
from bot.model.claims import Extraction
from bot.model.feeds import Feed, FeedState, ParsedEntry, ParsedFeed, PollOutcome, PollStatus
from preview.discord import Permission, Reply
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot
from tests.factories import a_subscription, save_outcome

SURE = [Words("Elena Marsh", "The gate will hold until spring")]
UNSURE = [Words("Otto Hahn", "Turnout broke a record", confidence=0.2)]


async def why(whole_bot: WholeBot, url: str) -> str:
    reply: Reply = await (await whole_bot.reader.slash(whole_bot.news, "why", url=url)).done()
    assert reply.ephemeral
    return reply.text


async def a_digest(whole_bot: WholeBot, feed_ids: tuple[int, ...] = (), *, due: bool = False) -> int:
    made = await a_subscription(
        whole_bot.services.store,
        whole_bot.guild_id,
        channel_id=int(whole_bot.news.id),
        at=time(9),
        timezone="UTC",
        feed_ids=feed_ids,
        next_at=whole_bot.clock() + timedelta(minutes=-1 if due else 600),
    )
    return made.id


async def printed(
    whole_bot: WholeBot, feed: Feed, title: str, words: list[Words] = SURE, around: str = "It stayed calm."
) -> str:
    article_id = await print_article(whole_bot.services, feed, title, words, around=around)
    return (await whole_bot.services.store.articles.get(article_id)).url


async def an_entry(whole_bot: WholeBot, feed: Feed, url: str) -> int:
    now = whole_bot.clock()
    document = ParsedFeed(
        title=feed.title, entries=(ParsedEntry(key=url, url=url, title="An entry", html="<p>…"),)
    )
    later = now + timedelta(days=400)
    outcome = PollOutcome(feed.id, PollStatus.CHANGED, now, later, FeedState.HEALTHY, feed=document)
    await save_outcome(whole_bot.services.store, outcome)
    waiting = await whole_bot.services.store.articles.entries_to_read(now, 100)
    return next(entry.entry_id for entry in waiting if entry.url == url)


async def test_a_posted_article_is_pointed_at_however_its_address_is_written(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await a_digest(whole_bot, due=True)
    url = await printed(whole_bot, feed, "Dam under watch")
    await whole_bot.work()
    (message,) = whole_bot.news.messages
    jump = f"https://discord.com/channels/{whole_bot.guild_id}/{whole_bot.news.id}/{message['id']}"
    bare = url.removeprefix("https://")
    for written in (url, f"{url}?utm_source=rss#top", f"http://www.{bare}/", bare, f"<{url}>"):
        told = await why(whole_bot, written)
        assert "It was posted in" in told, written
        assert jump in told
        assert "Dam under watch" in told


async def test_an_article_of_the_same_outlet_is_covered_by_the_one_that_is_linked(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await a_digest(whole_bot, due=True)
    urls = [await printed(whole_bot, feed, f"Dam gate repair under watch in spring {n}") for n in ("one", "two")]
    await whole_bot.work()
    told = [await why(whole_bot, url) for url in urls]
    assert sum("It was posted in" in one for one in told) == 1
    (covered,) = [one for one in told if "same story as" in one]
    assert "Dam gate repair" in covered


async def test_what_waits_and_what_is_not_sure_enough(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    sure = await printed(whole_bot, feed, "Dam under watch")
    assert "No digest" in await why(whole_bot, sure)
    await a_digest(whole_bot)
    assert "It is waiting for the next digest in" in await why(whole_bot, sure)
    unsure = await printed(
        whole_bot, feed, "Council elects mayor", UNSURE, "Ballots were counted overnight by volunteers."
    )
    assert "can be shown" in await why(whole_bot, unsure)
    silent = await printed(
        whole_bot, feed, "Museum opens late", [], "Tickets cost nine euros on holidays and Sundays."
    )
    assert "does not report what anybody said" in await why(whole_bot, silent)


async def test_a_digest_of_other_feeds_a_filter_and_a_pause(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    other = await feed_in(whole_bot.services, whole_bot.guild_id, "Other Post")
    url = await printed(whole_bot, feed, "Dam under watch")
    subscriptions = whole_bot.services.store.subscriptions
    narrow = await a_digest(whole_bot, (other.id,))
    assert "shows other feeds only" in await why(whole_bot, url)
    await subscriptions.remove(narrow, whole_bot.guild_id)
    wide = await a_digest(whole_bot)
    await subscriptions.set_filter(wide, "volcano")
    assert "keeps it out" in await why(whole_bot, url)
    await subscriptions.set_filter(wide, "")
    await subscriptions.pause(wide, "Its channel was deleted.")
    assert "is paused: Its channel was deleted." in await why(whole_bot, url)


async def test_an_article_that_came_in_too_long_ago(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    url = await printed(whole_bot, feed, "Dam under watch")
    whole_bot.ahead = timedelta(days=3)
    await a_digest(whole_bot)
    assert "does not look back that far" in await why(whole_bot, url)


async def test_an_article_on_its_way_from_the_feed_says_where_it_stands(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    articles = whole_bot.services.store.articles
    url = "https://example-times.example/2026/an-article"
    entry_id = await an_entry(whole_bot, feed, url)
    assert "has not been read yet" in await why(whole_bot, url)
    await articles.read_failed(entry_id, "The server is overloaded (503).", whole_bot.clock() + timedelta(hours=1))
    told = await why(whole_bot, url)
    assert "could not be read yet: The server is overloaded (503). Next try" in told
    await articles.read_failed(entry_id, "The site asks for payment.", None)
    assert "could not be read: The site asks for payment." in await why(whole_bot, url)


async def test_an_article_in_another_language(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    store = whole_bot.services.store
    url = "https://example-times.example/2026/ein-artikel"
    entry_id = await an_entry(whole_bot, feed, url)
    read = ReadArticle(url, "Zeitung", "Ein Artikel", "Der Text.", Origin.PAGE, language="de")
    article_id = await store.articles.save_read(entry_id, read)
    assert "being extracted" in await why(whole_bot, url)
    await store.claims.save_extraction(article_id, Extraction((), ()))
    await store.stories.save(article_id, None, {"text": 1.0})
    assert "in German" in await why(whole_bot, url)


async def test_an_article_that_no_feed_brought_is_answered_for_by_the_feed_of_its_site(
    whole_bot: WholeBot,
) -> None:
    url = "https://www.example-times.example/2026/unknown"
    assert "No feed of this server" in await why(whole_bot, url)
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    assert "has not listed it" in await why(whole_bot, url)
    now = whole_bot.clock()
    failed = PollOutcome(feed.id, PollStatus.ERROR, now, now, FeedState.FAILING, error="Broken (500).", failures=3)
    await save_outcome(whole_bot.services.store, failed)
    assert "has failed since" in await why(whole_bot, url)
    assert "Broken (500)." in await why(whole_bot, url)


async def test_what_only_another_server_has_is_unknown(whole_bot: WholeBot) -> None:
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(whole_bot.services, others)
    url = await printed(whole_bot, feed, "Dam under watch")
    told = await why(whole_bot, url)
    assert "No feed of this server" in told
    assert "Dam" not in told


async def test_a_channel_that_the_asker_cannot_see_is_not_told_of(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await a_digest(whole_bot)
    url = await printed(whole_bot, feed, "Dam under watch")
    general = whole_bot.local.channel("general")
    whole_bot.local.forbid(whole_bot.news, Permission.VIEW_CHANNEL, whole_bot.reader.user)
    await whole_bot.local.ready()
    reply = await (await whole_bot.reader.slash(general, "why", url=url)).done()
    assert "to a channel that you can see" in reply.text
    assert whole_bot.news.id not in reply.text


@pytest.mark.parametrize("url", ["no address", "javascript:alert(1)", "@everyone"])
async def test_what_is_no_address_is_refused_in_a_sentence(whole_bot: WholeBot, url: str) -> None:
    assert "not a web address" in await why(whole_bot, url)
