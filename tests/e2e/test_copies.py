"""One text in two outlets, each in the feeds of a different server: neither server learns of the other outlet."""

import pytest

from bot.model.articles import Origin, ReadArticle
from bot.model.claims import Extraction
from bot.model.feeds import FeedState, ParsedEntry, ParsedFeed, PollOutcome, PollStatus
from preview.discord import Reply
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot
from tests.factories import save_outcome

WIRE = " ".join(f"Gauge {n} at the dam stood at {n * 7} centimetres on Monday." for n in range(12))
COURIER, HERALD = "https://courier.example/dam", "https://herald.example/agency/dam"


async def printed(whole_bot: WholeBot, guild_id: int, outlet: str, url: str) -> None:
    services = whole_bot.services
    now = services.clock()
    feed = await feed_in(services, guild_id, outlet)
    document = ParsedFeed(title=outlet, entries=(ParsedEntry(key=url, url=url, title=f"Dam, says {outlet}"),))
    await save_outcome(
        services.store, PollOutcome(feed.id, PollStatus.CHANGED, now, now, FeedState.HEALTHY, feed=document)
    )
    (entry,) = await services.store.articles.entries_to_read(now, 9)
    article = ReadArticle(url, outlet, f"Dam, says {outlet}", WIRE, Origin.PAGE, published_at=now, language="en")
    article_id = await services.store.articles.save_read(entry.entry_id, article)
    if await services.store.articles.to_extract(9):
        await services.store.claims.save_extraction(article_id, Extraction((), ()))
        await services.store.stories.save(article_id, None, {"dam": 1.0})


@pytest.fixture
async def copied(whole_bot: WholeBot) -> WholeBot:
    """The Courier is read by other servers. This server has the Herald, which published the same text later."""
    await printed(whole_bot, int(whole_bot.local.guild("Others").id), "Courier", COURIER)
    await printed(whole_bot, whole_bot.guild_id, "Herald", HERALD)
    return whole_bot


async def asked(whole_bot: WholeBot, command: str, **options: object) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, command, **options)).done()


async def test_why_answers_for_the_outlet_of_the_servers_own_feed(copied: WholeBot) -> None:
    told = (await asked(copied, "why", url=HERALD)).text
    assert "Dam, says Herald" in told
    assert "Courier" not in told
    assert "No feed of this server" in (await asked(copied, "why", url=COURIER)).text


@pytest.mark.parametrize("wanted", ["dam", "outlet:courier", "outlet:herald", "feed:courier"])
async def test_a_filter_is_tried_on_what_the_servers_own_feed_printed(copied: WholeBot, wanted: str) -> None:
    told = (await asked(copied, "digest filter test", filter=wanted)).text
    assert "Dam, says Herald" in told
    assert "says Courier" not in told
    assert "the outlet is Courier" not in told
    assert ("1 of the last 1" in told) is (wanted in ("dam", "outlet:herald"))
