"""When a feed is warned of and disabled, and the words for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.health import (
    DISABLE_AFTER,
    WARN_AFTER,
    WARNING_HOLDS,
    by_urgency,
    disabled_from,
    how_to_fix,
    in_words,
    notice_due,
)
from bot.feeds.schedule import Pace, next_poll_after_failure
from bot.model.delivery import NoticeKind
from bot.model.feeds import Feed, FeedState

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAYS = st.timedeltas(timedelta(0), timedelta(days=60))


def a_feed(
    state: FeedState = FeedState.FAILING, *, failures: int = 12, failing_for: timedelta | None = None
) -> Feed:
    return Feed(
        id=1,
        url="https://news.example/rss",
        title="The Courier",
        site_url=None,
        state=state,
        failures=failures,
        error="There is nothing at this address (404). Has it moved?",
        last_polled_at=NOON,
        last_success_at=None,
        next_poll_at=NOON,
        kept_by_host=False,
        failing_since=None if failing_for is None else NOON - failing_for,
    )


def test_a_feed_that_has_failed_for_three_days_and_five_times_is_warned_of_once() -> None:
    feed = a_feed(failures=5, failing_for=WARN_AFTER)
    assert notice_due(feed, NOON) is NoticeKind.WARNING
    assert notice_due(replace(feed, failures=4), NOON) is None
    assert notice_due(feed, NOON - timedelta(seconds=1)) is None
    assert notice_due(replace(feed, warned_at=NOON), NOON) is None


def test_a_feed_is_disabled_after_two_weeks_and_ten_failures() -> None:
    feed = replace(a_feed(failures=10, failing_for=DISABLE_AFTER), warned_at=NOON - timedelta(days=9))
    assert notice_due(feed, NOON) is NoticeKind.DISABLED
    assert notice_due(replace(feed, failures=9), NOON) is None
    assert notice_due(feed, NOON - timedelta(seconds=1)) is None


@given(DAYS, DAYS, st.integers(0, 100))
def test_no_feed_is_disabled_for_failing_less_than_a_week_after_its_warning(
    failing_for: timedelta, warned_for: timedelta, failures: int
) -> None:
    feed = replace(a_feed(failures=failures, failing_for=failing_for), warned_at=NOON - warned_for)
    if notice_due(feed, NOON) is NoticeKind.DISABLED:
        assert warned_for >= WARNING_HOLDS
        assert failing_for >= DISABLE_AFTER


@given(DAYS, st.integers(0, 100))
def test_whatever_was_not_warned_of_is_not_disabled_for_failing(failing_for: timedelta, failures: int) -> None:
    assert notice_due(a_feed(failures=failures, failing_for=failing_for), NOON) in (None, NoticeKind.WARNING)


def test_what_the_server_removed_for_good_is_told_without_a_warning_and_once() -> None:
    feed = a_feed(FeedState.DISABLED, failures=1, failing_for=timedelta(0))
    assert notice_due(feed, NOON) is NoticeKind.DISABLED
    assert notice_due(replace(feed, disabled_at=NOON), NOON) is None


def test_of_a_healthy_feed_there_is_nothing_to_tell() -> None:
    feed = a_feed(FeedState.HEALTHY, failures=0)
    assert notice_due(feed, NOON) is None
    assert disabled_from(feed, NOON) is None


def test_the_back_off_brings_enough_failures_for_the_warning_and_the_end() -> None:
    """A feed that never answers, as it is polled: warned of after three days, disabled after about two weeks."""
    feed = a_feed(FeedState.HEALTHY, failures=0)
    now, told = NOON, dict[NoticeKind, datetime]()
    while NoticeKind.DISABLED not in told:
        failures = feed.failures + 1
        feed = replace(feed, state=FeedState.FAILING, failures=failures, failing_since=feed.failing_since or now)
        later = next_poll_after_failure(now, failures=failures, retry_after=None, pace=Pace(), chance=0.5)
        while now < later:
            if kind := notice_due(feed, now):
                told[kind] = now
                feed = replace(feed, warned_at=now)
            now += timedelta(minutes=30)
    assert WARN_AFTER <= told[NoticeKind.WARNING] - NOON < WARN_AFTER + timedelta(days=1)
    assert DISABLE_AFTER <= told[NoticeKind.DISABLED] - NOON < DISABLE_AFTER + timedelta(days=3)


def test_a_warning_says_when_the_feed_ends() -> None:
    feed = a_feed(failing_for=WARN_AFTER)
    assert disabled_from(feed, NOON) == NOON - WARN_AFTER + DISABLE_AFTER
    late = a_feed(failing_for=timedelta(days=30))
    assert disabled_from(late, NOON) == NOON + WARNING_HOLDS
    assert disabled_from(replace(late, warned_at=NOON - timedelta(days=1)), NOON) == NOON + timedelta(days=6)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("There is nothing at this address (404). Has it moved?", "address that its feed has now"),
        ("This was removed for good (410).", "address that its feed has now"),
        ("The server refuses access (403). It may block bots.", "let feed readers in"),
        ("The site shows a challenge page to programs, so it cannot be read by a bot.", "let feed readers in"),
        ("There is no server of this name. Check the address.", "address that its feed has now"),
        ("The server has an internal error (500).", "The site has to fix this"),
        ("The server took too long to answer.", "The site has to fix this"),
        (None, "The site has to fix this"),
    ],
)
def test_for_each_reason_there_is_advice(error: str | None, advice: str) -> None:
    assert advice in how_to_fix(error)


def test_the_reason_is_told_in_words() -> None:
    assert in_words(a_feed()) == "There is nothing at this address (404). Has it moved?"
    assert in_words(replace(a_feed(), error=None)) == "It cannot be read."
    healthy = replace(a_feed(FeedState.HEALTHY), error=None)
    assert in_words(healthy) == "It has not been read yet."
    assert in_words(replace(healthy, last_success_at=NOON)) == "It works."


def test_what_fails_stands_before_what_is_disabled_and_what_works() -> None:
    healthy = a_feed(FeedState.HEALTHY)
    old, new = a_feed(failing_for=timedelta(days=9)), a_feed(failing_for=timedelta(days=1))
    disabled = a_feed(FeedState.DISABLED, failing_for=timedelta(days=20))
    assert sorted([healthy, disabled, new, old], key=by_urgency) == [old, new, disabled, healthy]
