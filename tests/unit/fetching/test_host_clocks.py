"""What other hosts say about the time: the middle one counts, and only if there are enough."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.fetching.host_clocks import FEWEST, KEPT_S, MOST, HostClocks

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
DATE = "Wed, 04 Mar 2026 12:00:00 GMT"


def test_the_middle_of_what_hosts_say_is_the_time_and_goes_on() -> None:
    passed = 0.0
    clocks = HostClocks(lambda: passed)
    for host, date in {"a": DATE, "b": "Sat, 01 Jan 2000 00:00:00 GMT", "c": DATE}.items():
        assert clocks.time() is None
        clocks.note(host, {"Date": date})
    assert clocks.time() == NOON
    passed = 60
    assert clocks.time() == NOON + timedelta(minutes=1)
    passed = 4_000
    assert clocks.time() is None


def test_the_age_of_an_answer_from_a_cache_is_added() -> None:
    clocks = HostClocks(lambda: 0.0)
    for host in "abc":
        clocks.note(host, {"Date": DATE, "Age": "3600"})
    assert clocks.time() == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Date": ""},
        {"Date": "yesterday"},
        {"Date": "Wed, 99 Mar 2026 12:00:00 GMT"},
        {"Date": DATE, "Age": "x"},
    ],
)
def test_an_answer_without_a_usable_date_says_nothing(headers: dict[str, str]) -> None:
    clocks = HostClocks(lambda: 0.0)
    for host in "abc":
        clocks.note(host, headers)
    assert clocks.time() is None


def test_no_more_sites_are_kept_than_needed_and_none_is_pushed_out_by_newcomers() -> None:
    passed = 0.0
    clocks = HostClocks(lambda: passed)
    for number in range(MOST):
        clocks.note(f"{number}.example", {"Date": DATE})
    for number in range(3 * MOST):
        clocks.note(f"new{number}.example", {"Date": "Sat, 01 Jan 2000 00:00:00 GMT"})
    assert clocks.time() == NOON
    passed = KEPT_S + 1
    for number in range(FEWEST):
        clocks.note(f"late{number}.example", {"Date": DATE})
    assert clocks.time() == NOON


def test_a_site_is_one_witness_however_many_hosts_it_has() -> None:
    clocks = HostClocks(lambda: 0.0)
    for number in range(50):
        clocks.note(f"n{number}.feeds.liar.example", {"Date": "Sat, 01 Jan 2000 00:00:00 GMT"})
        clocks.note(f"n{number}.liar.co.uk", {"Date": "Sat, 01 Jan 2000 00:00:00 GMT"})
    assert clocks.time() is None
    for host in ("www.one.example", "two.co.uk", "192.0.2.7"):
        clocks.note(host, {"Date": DATE})
    assert clocks.time() == NOON
