"""Pushes of a hub: whether they may be read, what they settle, how they change the pace of polls (WebSub, 7)."""

import hashlib
import hmac
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.feeds.identity import KnownEntry, Match, Verdict
from bot.feeds.websub import (
    LEASE,
    MOST_STRETCHED,
    SILENCE,
    is_weaker,
    may_be_read,
    poll_stretch,
    signature_method,
    sure_of_push,
)
from bot.model.feeds import Prints
from bot.model.websub import Announcement, Pushing
from tests.factories import NOON, an_entry
from tests.unit.feeds.subscriptions import FEED, HUB, a_subscription

QUARTER = timedelta(minutes=15)


# Section 7.1: signatures


def signed(method: str, body: bytes = b"body", secret: str = "secret") -> str:
    return f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_signatures_of_all_methods_are_recognised(method: str) -> None:
    right = signed(method)
    assert signature_method("secret", b"body", [right]) == method
    assert signature_method("secret", b"body", [" " + right.upper() + " "]) == method
    assert signature_method("secret", b"other", [right]) is None
    assert signature_method("other", b"body", [right]) is None
    assert signature_method("secret", b"body", [right[:-1]]) is None


def test_the_strongest_of_several_counts() -> None:
    assert signature_method("secret", b"body", [signed("sha512"), signed("sha1")]) == "sha512"
    assert signature_method("secret", b"body", [signed("sha1"), "sha512=00"]) == "sha1"


@pytest.mark.parametrize("field", ["", "sha256", "sha256=", "md5=" + "0" * 32, "sha256=é\udcff", "=x"])
def test_what_is_no_signature_is_none(field: str) -> None:
    assert signature_method("secret", b"body", [field]) is None
    assert signature_method("secret", b"body", []) is None


def test_a_hub_is_held_to_the_strongest_method_it_has_used() -> None:
    assert is_weaker("sha1", "sha256")
    assert not is_weaker("sha512", "sha256")
    assert not is_weaker("sha1", "sha1")
    assert not is_weaker("sha1", None)


@pytest.mark.parametrize(
    ("hub", "feed", "read"),
    [
        ("https://hub.example/", "https://news.example/", True),
        ("https://hub.example/", "http://news.example/", True),
        ("http://hub.example/", "http://news.example/", True),
        ("http://hub.example/", "https://news.example/", False),
    ],
)
def test_pushes_are_read_only_where_they_are_as_safe_as_polls(hub: str, feed: str, read: bool) -> None:
    assert may_be_read(a_subscription(hub=hub, feed_url=feed)) is read


# What a push brings


def a_match(published_at: datetime | None = NOON, known: str | None = None) -> Match:
    entry = an_entry(published_at=published_at)
    before = None if known is None else KnownEntry(1, known, Prints())
    return Match(entry.key, entry, Prints(), Verdict.KNOWN if known else Verdict.NEW, before)


def updated(match: Match) -> Match:
    """Return the same entry as a known one."""
    return replace(match, known=KnownEntry(1, match.key, Prints()), verdict=Verdict.UPDATED)


def test_a_push_settles_what_is_fresh_and_what_is_known_by_its_key() -> None:
    old = NOON - timedelta(days=30)
    matches = [a_match(), a_match(NOON - timedelta(days=2)), a_match(None), updated(a_match(old))]
    assert sure_of_push(matches, NOON) == matches


def test_the_rest_of_a_push_is_left_to_the_poll() -> None:
    fresh, undated = a_match(), [a_match(None) for _ in range(5)]
    assert sure_of_push([fresh, a_match(NOON - timedelta(days=2, seconds=1))], NOON) == [fresh]
    assert sure_of_push([fresh, a_match(known="another key")], NOON) == [fresh]
    assert sure_of_push([*undated, fresh], NOON) == [fresh]
    assert sure_of_push([*undated[1:], fresh], NOON) == [*undated[1:], fresh]


# The pace of polls


def stretch(**given: object) -> int:
    values: dict[str, object] = {
        "announcement": Announcement((HUB,), FEED),
        "lease_until": NOON + LEASE,
        "pushed_at": NOON - timedelta(minutes=5),
        "pushes": 1,
    }
    return poll_stretch(Pushing(**values | given), NOON, QUARTER)  # type: ignore[arg-type]


def test_polls_are_further_apart_the_more_of_them_confirm_the_pushes() -> None:
    assert [stretch(confirmed=n) for n in range(6)] == [2, 4, 8, 16, MOST_STRETCHED, MOST_STRETCHED]


def test_a_poll_without_pushes_since_the_last_confirms_nothing_more() -> None:
    assert stretch(confirmed=2, pushes=0) == 4


@pytest.mark.parametrize(
    "silent",
    [{"lease_until": None}, {"lease_until": NOON}, {"pushed_at": None}, {"pushed_at": NOON - SILENCE - QUARTER}],
)
def test_the_pace_is_normal_when_no_push_can_be_expected(silent: dict[str, object]) -> None:
    assert stretch(confirmed=3, **silent) == 1


def test_a_hub_of_a_slow_feed_may_be_silent_for_longer() -> None:
    pushing = Pushing(Announcement((HUB,), FEED), NOON + LEASE, NOON - timedelta(days=3), confirmed=1)
    assert poll_stretch(pushing, NOON, timedelta(hours=6)) == 2
    assert poll_stretch(pushing, NOON + timedelta(days=2), timedelta(hours=6)) == 1
