"""When a feed is polled again: arithmetic on what it says and how it fares."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.schedule import (
    DEFAULT_INTERVAL,
    Pace,
    fresh_for,
    next_poll,
    next_poll_after_failure,
    own_interval,
    state_after,
)
from bot.model.feeds import FeedState, ParsedEntry, ParsedFeed, PollStatus

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(hours=1)
PACE = Pace(minimum=timedelta(minutes=15), maximum=timedelta(days=1))


def feed_of(*ages: timedelta, ttl: timedelta | None = None) -> ParsedFeed:
    entries = tuple(ParsedEntry(str(n), None, "t", published_at=NOW - age) for n, age in enumerate(ages))
    return ParsedFeed("f", entries=entries, ttl=ttl)


def test_a_feed_is_polled_four_times_in_the_time_between_two_entries_of_the_past_week() -> None:
    week_of_daily = [timedelta(days=day, hours=1) for day in range(10)]
    assert own_interval(feed_of(*week_of_daily), NOW) == timedelta(days=7) / 7 / 4


def test_a_document_that_reaches_back_a_day_shows_the_pace_of_that_day() -> None:
    assert own_interval(feed_of(*[HOUR * n for n in range(1, 25)]), NOW) == HOUR / 4


def test_a_quiet_feed_is_polled_rarely_and_one_without_dates_has_no_pace() -> None:
    assert own_interval(feed_of(timedelta(days=30)), NOW) == timedelta(days=7) / 4
    assert own_interval(ParsedFeed("f", entries=(ParsedEntry("a", None, "t"),)), NOW) is None
    assert own_interval(ParsedFeed("f", ttl=2 * HOUR), NOW) == 2 * HOUR


def test_the_feeds_ttl_is_the_least() -> None:
    assert own_interval(feed_of(*[HOUR * n for n in range(1, 25)], ttl=6 * HOUR), NOW) == 6 * HOUR


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "public, max-age=3600"}, 3600),
        ({"Cache-Control": 'max-age="60"'}, 60),
        ({"Cache-Control": "no-cache, max-age=3600"}, 0),
        ({"Cache-Control": "max-age=3600, no-store"}, 0),
        ({"Cache-Control": "max-age=-5"}, 0),
        ({"Cache-Control": "max-age=many"}, 0),
        ({"Cache-Control": "max-age=99999999999999999999"}, 999_999_999),
        ({"Expires": "Wed, 04 Mar 2026 13:00:00 GMT"}, 3600),
        ({"Expires": "Wed, 04 Mar 2026 13:00:00"}, 3600),
        ({"Expires": "Wed, 04 Mar 2026 11:00:00 GMT"}, 0),
        ({"Expires": "0"}, 0),
        ({"Expires": "soon"}, 0),
        ({"Expires": "Wed, 04 Mar 2026 13:00:00 GMT", "Cache-Control": "public"}, 0),
    ],
)
def test_freshness_follows_cache_control_before_expires(headers: dict[str, str], seconds: int) -> None:
    assert fresh_for(headers, NOW) == timedelta(seconds=seconds)


@given(
    interval=st.none() | st.timedeltas(timedelta(), timedelta(days=400)),
    fresh=st.timedeltas(timedelta(), timedelta(days=40_000)),
    chance=st.floats(0, 1),
)
def test_the_next_poll_is_never_sooner_than_the_least_and_hardly_later_than_the_most(
    interval: timedelta | None, fresh: timedelta, chance: float
) -> None:
    wait = next_poll(NOW, interval=interval, fresh=fresh, pace=PACE, chance=chance) - NOW
    assert PACE.minimum <= wait <= PACE.maximum * 1.1 + timedelta(seconds=1)


def test_the_longest_hint_wins_and_chance_spreads() -> None:
    def wait(interval: timedelta | None, fresh: timedelta, chance: float = 0.0) -> timedelta:
        return next_poll(NOW, interval=interval, fresh=fresh, pace=PACE, chance=chance) - NOW

    assert wait(HOUR, 2 * HOUR) == 2 * HOUR
    assert wait(3 * HOUR, 2 * HOUR) == 3 * HOUR
    assert wait(None, timedelta()) == DEFAULT_INTERVAL
    assert wait(HOUR, timedelta(), chance=1.0) == HOUR * 1.1


def test_hours_and_days_that_the_feed_wants_skipped_are_skipped() -> None:
    night = ParsedFeed("f", skip_hours=frozenset({13, 14, 15}))
    assert next_poll(NOW, interval=HOUR, fresh=timedelta(), pace=PACE, chance=0.5, feed=night) == NOW + 4 * HOUR
    weekday = ParsedFeed("f", skip_days=frozenset({2}))
    assert next_poll(NOW, interval=HOUR, fresh=timedelta(), pace=PACE, chance=0, feed=weekday) == NOW + 12 * HOUR
    always = ParsedFeed("f", skip_hours=frozenset(range(24)))
    assert next_poll(NOW, interval=HOUR, fresh=timedelta(), pace=PACE, chance=0, feed=always) == NOW + HOUR


def test_failures_back_off_from_an_hour_to_three_days() -> None:
    waits = [
        next_poll_after_failure(NOW, failures=n, retry_after=None, pace=PACE, chance=0) - NOW for n in range(1, 60)
    ]
    assert waits[:4] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=3)


def test_retry_after_is_respected_where_it_is_longer() -> None:
    def wait(asked: timedelta) -> timedelta:
        return next_poll_after_failure(NOW, failures=1, retry_after=asked, pace=PACE, chance=0) - NOW

    assert wait(timedelta(seconds=5)) == HOUR
    assert wait(timedelta(days=5)) == timedelta(days=5)


def test_only_a_feed_that_is_gone_for_good_is_disabled() -> None:
    assert state_after(PollStatus.GONE) is FeedState.DISABLED
    assert state_after(PollStatus.ERROR) is FeedState.FAILING
    for status in (PollStatus.CHANGED, PollStatus.UNCHANGED, PollStatus.NOT_MODIFIED):
        assert state_after(status) is FeedState.HEALTHY


def test_a_stretched_wait_stays_within_the_limits() -> None:
    def wait(stretch: int) -> timedelta:
        planned = next_poll(NOW, interval=HOUR, fresh=timedelta(), pace=PACE, chance=0, stretch=stretch)
        return planned - NOW

    assert [wait(1), wait(2), wait(16), wait(64)] == [HOUR, 2 * HOUR, 16 * HOUR, PACE.maximum]
