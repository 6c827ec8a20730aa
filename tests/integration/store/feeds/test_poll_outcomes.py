"""Outcomes of many polls stored in one transaction, and what the items of a feed are known by."""

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import StoreError
from bot.model.feeds import FeedState, PollOutcome, PollStatus, Validators
from bot.store import Store
from tests.factories import (
    NOON,
    a_feed,
    an_attached_feed,
    an_entry,
    an_outcome,
    save_outcome,
)

LATER = NOON + timedelta(days=1)


def quiet(feed_id: int, status: PollStatus = PollStatus.NOT_MODIFIED, **given: object) -> PollOutcome:
    return an_outcome(feed_id, status=status, feed=None, **given)


def failed(feed_id: int, **given: object) -> PollOutcome:
    values = {"state": FeedState.FAILING, "failures": 1, "error": "no answer"}
    return an_outcome(feed_id, status=PollStatus.ERROR, feed=None, **values | given)


async def feeds(store: Store, count: int) -> list[int]:
    return [(await an_attached_feed(store, url=f"https://{n}.example/")).id for n in range(count)]


async def test_many_outcomes_of_every_kind_are_stored_as_one_by_one(store: Store) -> None:
    ids = await feeds(store, 12)
    outcomes = [
        quiet(ids[0]),
        quiet(ids[1], validators=Validators('"new"', None), interval=timedelta(hours=3)),
        quiet(ids[2], PollStatus.UNCHANGED, validators=Validators(None, "monday"), body_hash="b"),
        failed(ids[3], failures=7),
        an_outcome(ids[4], an_entry(), an_entry()),
        quiet(ids[5], moved_to="https://elsewhere.example/"),
    ]
    alike = [
        PollOutcome(ids[n + 6], **{f: getattr(o, f) for f in o.__slots__[1:]}) for n, o in enumerate(outcomes)
    ]
    together = await store.feeds.save_outcomes(outcomes)
    alone = [await save_outcome(store, outcome) for outcome in alike]
    assert [saved.new_entries for saved in together] == [0, 0, 0, 0, 2, 0]
    assert alone[:4] + alone[5:] == together[:4] + together[5:]
    targets = {target.feed_id: target for target in await store.feeds.targets(ids)}
    for one, other in zip(ids[:6], ids[6:], strict=True):
        first, second = await store.feeds.get(one), await store.feeds.get(other)
        for name in (
            "state",
            "failures",
            "error",
            "last_polled_at",
            "last_success_at",
            "next_poll_at",
            "failing_since",
        ):
            assert getattr(first, name) == getattr(second, name)
        for name in ("validators", "body_hash", "failures", "interval"):
            assert getattr(targets[one], name) == getattr(targets[other], name)
    assert (await store.feeds.get(ids[3])).failing_since == NOON


async def test_failures_that_come_together_keep_when_each_feed_began_to_fail_and_what_is_disabled(
    store: Store,
) -> None:
    ids = await feeds(store, 3)
    await store.feeds.save_outcomes([failed(ids[0]), quiet(ids[1])])
    gone = {"status": PollStatus.GONE, "state": FeedState.DISABLED, "feed": None, "error": "410", "failures": 1}
    await store.feeds.save_outcomes([an_outcome(ids[2], **gone)])
    await store.feeds.save_outcomes([failed(feed_id, polled_at=LATER, failures=2) for feed_id in ids])
    after = [await store.feeds.get(feed_id) for feed_id in ids]
    assert [feed.failing_since for feed in after] == [NOON, LATER, NOON]
    assert [feed.state for feed in after] == [FeedState.FAILING, FeedState.FAILING, FeedState.DISABLED]
    await store.feeds.save_outcomes([quiet(feed_id, polled_at=LATER) for feed_id in ids])
    assert {(feed.state, feed.failing_since) for feed in [await store.feeds.get(i) for i in ids]} == {
        (FeedState.HEALTHY, None)
    }


async def test_an_outcome_that_is_as_known_mends_the_feed_and_leaves_the_rest_to_what_is_stored(
    store: Store,
) -> None:
    ids = await feeds(store, 2)
    validators = Validators('"stored meanwhile"', "tuesday")
    stored: dict[str, Any] = {"validators": validators, "body_hash": "b", "interval": timedelta(hours=3)}
    await store.feeds.save_outcomes([quiet(feed_id, PollStatus.UNCHANGED, **stored) for feed_id in ids])
    await store.feeds.save_outcomes([failed(feed_id) for feed_id in ids])
    told: dict[str, Any] = {
        "validators": Validators('"older"', None),
        "body_hash": "a",
        "interval": timedelta(hours=1),
    }
    outcomes = [quiet(feed_id, polled_at=LATER, as_known=True, **told) for feed_id in ids]
    await store.feeds.save_outcomes(outcomes)
    for feed_id, target in zip(ids, await store.feeds.targets(ids), strict=True):
        feed = await store.feeds.get(feed_id)
        assert (feed.state, feed.failures, feed.failing_since) == (FeedState.HEALTHY, 0, None)
        assert (feed.last_polled_at, feed.last_success_at) == (LATER, LATER)
        assert (target.validators, target.body_hash, target.interval) == (validators, "b", timedelta(hours=3))


async def test_a_feed_that_is_gone_brings_nothing_and_keeps_no_other_back(store: Store) -> None:
    (feed_id,) = await feeds(store, 1)
    saved = await store.feeds.save_outcomes(
        [an_outcome(999), quiet(998), an_outcome(feed_id, an_entry()), failed(997)]
    )
    assert [each.new_entries for each in saved] == [0, 0, 1, 0]
    assert await store.feeds.save_outcomes([]) == []


async def test_what_cannot_be_stored_leaves_nothing_of_the_batch(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await feeds(store, 2)

    async def fail(*_: object) -> None:
        raise StoreError("broken on purpose")

    monkeypatch.setattr("bot.store.feeds.poll_outcomes.save_item_hashes", fail)
    with pytest.raises(StoreError):
        await store.feeds.save_outcomes([quiet(first), an_outcome(second, an_entry())])
    assert (await store.feeds.get(first)).last_polled_at is None


async def test_what_the_items_of_a_feed_are_known_by_comes_back_with_the_next_poll(store: Store) -> None:
    first, second = await feeds(store, 2)
    await save_outcome(store, an_outcome(first, feed=a_feed(item_hashes=b"\x00\xffone")))
    await store.feeds.save_outcomes([an_outcome(second, feed=a_feed(item_hashes=b"two"))])

    async def known() -> list[bytes]:
        return [target.item_hashes for target in await store.feeds.targets([first, second])]

    assert await known() == [b"\x00\xffone", b"two"]
    assert [target.item_hashes for target in await store.feeds.due(LATER, 9)] == [b"\x00\xffone", b"two"]
    await store.feeds.save_outcomes([quiet(first), failed(second)])
    assert await known() == [b"\x00\xffone", b"two"]
    await store.feeds.save_outcomes([an_outcome(first, feed=a_feed(item_hashes=b"")), quiet(second)])
    assert await known() == [b"", b"two"]
