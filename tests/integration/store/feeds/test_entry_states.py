"""How far the entries of feeds have come."""

from datetime import timedelta

from bot.model.claims import Extraction
from bot.model.feeds import EntryProgress
from bot.store import Store
from bot.store.schema.columns import SetbackStep
from tests.factories import NOON, SetClock, an_article, an_attached_feed, an_entry, an_outcome, save_outcome


async def test_each_entry_says_how_far_it_has_come_and_why_not_further(store: Store, clock: SetClock) -> None:
    feed = await an_attached_feed(store)
    names = ["done", "waits", "again", "unread", "analyse", "failed", "ungrouped"]
    await save_outcome(store, an_outcome(feed.id, *(an_entry(key=n, url=f"https://a.example/{n}") for n in names)))
    entries = {
        (e.url or "").rpartition("/")[2]: e.entry_id for e in await store.articles.entries_to_read(NOON, 99)
    }
    articles = {
        name: await store.articles.save_read(
            entries[name], an_article(url=f"https://a.example/{name}", text=name * 9)
        )
        for name in ("done", "analyse", "failed", "ungrouped")
    }
    for name in ("done", "ungrouped"):
        await store.claims.save_extraction(articles[name], Extraction((), ()))
    await store.articles.read_failed(
        entries["again"], "The server is out of order (502).", NOON + timedelta(hours=1)
    )
    await store.articles.read_failed(entries["unread"], "The page holds no article text.", None)
    for _ in range(3):
        await store.articles.extraction_failed(articles["failed"], "Out of time.")
    again = await store.setbacks.note(SetbackStep.GROUP, articles["ungrouped"], "Odd words.", clock())

    states = {
        (one.url or "").rpartition("/")[2]: one for one in await store.entry_states.entry_states(feed.id, 99)
    }
    assert {name: one.progress for name, one in states.items()} == {
        "done": EntryProgress.DONE,
        "waits": EntryProgress.WAITING,
        "again": EntryProgress.RETRYING,
        "unread": EntryProgress.UNREADABLE,
        "analyse": EntryProgress.READ,
        "failed": EntryProgress.UNANALYSED,
        "ungrouped": EntryProgress.DONE,
    }
    assert states["again"].reason == "The server is out of order (502)."
    assert states["again"].retry_at == NOON + timedelta(hours=1)
    assert states["unread"].reason == "The page holds no article text."
    assert (states["failed"].reason, states["failed"].retry_at) == ("Out of time.", None)
    assert (states["ungrouped"].reason, states["ungrouped"].retry_at) == ("Odd words.", again)
    assert states["waits"].reason is states["done"].reason is None

    summary = (await store.entry_states.entry_summaries([feed.id], NOON - timedelta(days=7)))[feed.id]
    assert sum(summary.counts.values()) == len(names)
    assert summary.counts[EntryProgress.UNREADABLE] == summary.counts[EntryProgress.UNANALYSED] == 1
    assert summary.reason
    assert await store.entry_states.waiting() == {"entries": 1, "entries again": 1, "articles": 1}


async def test_a_feed_without_entries_has_none(store: Store) -> None:
    feed = await an_attached_feed(store)
    assert await store.entry_states.entry_states(feed.id, 9) == []
    assert (await store.entry_states.entry_summaries([feed.id], NOON))[feed.id].counts == {}
