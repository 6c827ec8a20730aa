"""Feeds and entries in the store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import BadInput, NotFound
from bot.model.feeds import FeedState, PollStatus, Validators
from bot.store import Store
from bot.store.feeds.poll_outcomes import SavedPoll
from tests.factories import (
    NOON,
    OTHER_GUILD,
    USER,
    SetClock,
    a_feed,
    an_attached_feed,
    an_entry,
    an_outcome,
    save_outcome,
)

LATER = NOON + timedelta(days=1)


async def test_a_feed_is_stored_once_whoever_adds_it(store: Store) -> None:
    first = await store.feeds.add("https://a.example/rss", title="A")
    again = await store.feeds.add("https://a.example/rss", title="Another title")
    assert again == first
    assert await store.feeds.all() == [first]
    assert await store.feeds.get(first.id) == first
    assert await store.feeds.by_url("https://a.example/rss") == first


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    assert await store.feeds.by_url("https://nobody.example/") is None
    for feed_id in (1, 0, -5, 2**63, 10**30):
        with pytest.raises(NotFound):
            await store.feeds.get(feed_id)
    with pytest.raises(NotFound):
        await store.feeds.release(7)
    assert await save_outcome(store, an_outcome(7)) == SavedPoll(0)


async def test_an_address_that_no_server_takes_is_refused(store: Store) -> None:
    with pytest.raises(BadInput):
        await store.feeds.add("https://a.example/" + "x" * 3000)


async def test_the_host_can_keep_a_feed_and_release_it(store: Store) -> None:
    feed = await store.feeds.add("https://a.example/rss")
    assert await store.feeds.due(NOON, 10) == []
    assert (await store.feeds.add("https://a.example/rss", kept_by_host=True)).kept_by_host
    assert (await store.feeds.add("https://a.example/rss")).kept_by_host
    assert [target.feed_id for target in await store.feeds.due(NOON, 10)] == [feed.id]
    await store.feeds.release(feed.id)
    assert await store.feeds.due(NOON, 10) == []


async def test_due_are_wanted_feeds_that_waited_longest_first(store: Store) -> None:
    slow = await an_attached_feed(store, url="https://slow.example/")
    quick = await an_attached_feed(store, url="https://quick.example/")
    dead = await an_attached_feed(store, url="https://dead.example/")
    await store.guilds.attach(OTHER_GUILD, quick.id, USER, limit=9)
    await save_outcome(store, an_outcome(slow.id, next_poll_at=NOON + timedelta(hours=2)))
    await save_outcome(store, an_outcome(quick.id, next_poll_at=NOON + timedelta(hours=1)))
    gone = {"status": PollStatus.GONE, "state": FeedState.DISABLED, "feed": None, "next_poll_at": NOON}
    await save_outcome(store, an_outcome(dead.id, **gone))
    assert await store.feeds.due(NOON, 10) == []
    due = await store.feeds.due(LATER, 10)
    assert [(target.feed_id, target.subscribers) for target in due] == [(quick.id, 2), (slow.id, 1)]
    assert len(await store.feeds.due(LATER, 1)) == 1
    assert [target.feed_id for target in await store.feeds.targets()] == [slow.id, quick.id]
    assert [target.feed_id for target in await store.feeds.targets([dead.id, dead.id])] == [dead.id]


async def test_adding_a_feed_that_was_given_up_revives_it(store: Store, clock: SetClock) -> None:
    feed = await an_attached_feed(store)
    gone = {"status": PollStatus.GONE, "state": FeedState.DISABLED, "feed": None, "error": "410", "failures": 9}
    await save_outcome(store, an_outcome(feed.id, **gone))
    clock.advance(days=3)
    revived = await store.feeds.add(feed.url)
    assert (revived.state, revived.failures, revived.error) == (FeedState.HEALTHY, 0, None)
    assert revived.next_poll_at == clock.now


async def test_an_outcome_is_what_the_next_poll_starts_from(store: Store) -> None:
    feed = await an_attached_feed(store)
    validators = Validators('W/"ü1"', "Tue, 03 Mar 2026 10:00:00 GMT")
    outcome = an_outcome(
        feed.id,
        validators=validators,
        body_hash="abc",
        wire_hash="def",
        interval=timedelta(minutes=42),
        feed=a_feed(title="New title"),
    )
    await save_outcome(store, outcome)
    (target,) = await store.feeds.due(LATER, 10)
    assert (target.validators, target.body_hash, target.wire_hash) == (validators, "abc", "def")
    assert target.interval == timedelta(minutes=42)
    after = await store.feeds.get(feed.id)
    assert (after.title, after.last_success_at, after.next_poll_at) == ("New title", NOON, outcome.next_poll_at)


async def test_a_failed_poll_forgets_nothing_of_the_last_good_one(store: Store) -> None:
    feed = await an_attached_feed(store)
    validators = Validators("e1", "l1")
    interval = timedelta(hours=1)
    known = {"validators": validators, "body_hash": "abc", "wire_hash": "def"}
    await save_outcome(store, an_outcome(feed.id, interval=interval, **known))
    failed = {
        "status": PollStatus.ERROR,
        "state": FeedState.FAILING,
        "failures": 1,
        "error": "no answer",
        "feed": None,
    }
    await save_outcome(store, an_outcome(feed.id, polled_at=LATER, next_poll_at=LATER, **failed))
    (target,) = await store.feeds.due(LATER, 10)
    assert (target.validators, target.body_hash, target.wire_hash) == (validators, "abc", "def")
    assert target.failures == 1
    assert target.interval == interval
    after = await store.feeds.get(feed.id)
    assert (after.state, after.error, after.last_success_at) == (FeedState.FAILING, "no answer", NOON)
    unmodified = an_outcome(feed.id, status=PollStatus.NOT_MODIFIED, feed=None)
    await save_outcome(store, unmodified)
    (target,) = await store.feeds.due(LATER, 10)
    assert (target.validators, target.body_hash, target.wire_hash) == (validators, "abc", "def")
    assert target.failures == 0


async def test_new_entries_wait_to_be_read_and_known_ones_do_not_wait_again(store: Store) -> None:
    feed = await an_attached_feed(store)
    first, second = an_entry(), an_entry(published_at=NOON, author="Bo")
    assert (await save_outcome(store, an_outcome(feed.id, first, second))).new_entries == 2
    assert (await save_outcome(store, an_outcome(feed.id, first, second, an_entry()))).new_entries == 1
    waiting = await store.articles.entries_to_read(NOON, 10)
    assert [entry.url for entry in waiting][:2] == [first.url, second.url]
    assert (waiting[1].author, waiting[1].published_at, waiting[1].feed_title) == ("Bo", NOON, "The Courier")


async def test_an_entry_that_changes_has_its_row_follow_and_is_not_new(store: Store) -> None:
    feed = await an_attached_feed(store)
    entry = an_entry()
    await save_outcome(store, an_outcome(feed.id, entry, an_entry()))
    changed = replace(entry, title="Corrected title", published_at=NOON)
    assert (await save_outcome(store, an_outcome(feed.id, changed))).new_entries == 0
    titles = {e.url: e.title for e in await store.articles.entries_to_read(NOON, 10)}
    assert titles[entry.url] == "Corrected title"
    assert len(titles) == 2


async def test_an_entry_with_neither_address_nor_text_is_never_read(store: Store) -> None:
    feed = await an_attached_feed(store)
    saved = await save_outcome(store, an_outcome(feed.id, an_entry(url=None, html=" \n")))
    assert saved.new_entries == 0
    assert await store.articles.entries_to_read(LATER, 10) == []


async def test_of_two_entries_with_one_key_the_first_counts(store: Store) -> None:
    feed = await an_attached_feed(store)
    twins = an_entry(key="k", title="newer"), an_entry(key="k", title="older")
    assert (await save_outcome(store, an_outcome(feed.id, *twins))).new_entries == 1
    assert [entry.title for entry in await store.articles.entries_to_read(NOON, 10)] == ["newer"]


async def test_keys_of_any_length_and_character_are_told_apart(store: Store) -> None:
    feed = await an_attached_feed(store)
    keys = ["x" * 5000, "x" * 5001, "nul\0", "half \ud800 pair", ""]
    entries = [an_entry(key=key) for key in keys]
    assert (await save_outcome(store, an_outcome(feed.id, *entries))).new_entries == 5
    assert (await save_outcome(store, an_outcome(feed.id, *entries))).new_entries == 0


async def test_a_feed_of_thousands_of_entries_is_stored(store: Store) -> None:
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id))
    entries = [an_entry(published_at=NOON) for _ in range(3000)]
    assert (await save_outcome(store, an_outcome(feed.id, *entries))).new_entries == 3000
    assert (await save_outcome(store, an_outcome(feed.id, *entries))).new_entries == 0
