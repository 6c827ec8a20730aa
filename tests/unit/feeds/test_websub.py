"""WebSub, the part of a subscriber: sections of the W3C Recommendation of 2018."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.link_header import header_links
from bot.feeds.websub import (
    ASK_PAUSE,
    DENIED_RETRY,
    LEASE,
    LONGEST_LEASE,
    LONGEST_RETRY,
    SHORTEST_LEASE,
    VERIFIED_WITHIN,
    announcement_of,
    failed,
    in_words,
    mode_of,
    reply_to,
    request_form,
    to_be_asked,
)
from bot.model.websub import Announcement, HubState, HubSubscription
from tests.factories import NOON, a_feed
from tests.unit.feeds.subscriptions import FEED, HUB, OTHER_HUB, a_subscription


def asked() -> HubSubscription:
    return to_be_asked(a_subscription(), NOON)


def verification(**given: str) -> dict[str, str]:
    query = {"mode": "subscribe", "topic": FEED, "challenge": "abc", "lease_seconds": "3600"}
    return {f"hub.{name}": value for name, value in (query | given).items()}


# Section 4: discovery


@pytest.mark.parametrize(
    ("field", "document", "announced"),
    [
        ("", {}, None),
        (f"<{HUB}>; rel=hub", {}, Announcement((HUB,), FEED)),
        (f"<{HUB}>; rel=hub, </feed>; rel=self", {}, Announcement((HUB,), "https://news.example/feed")),
        (
            "",
            {"hubs": (HUB,), "self_url": "https://news.example/f"},
            Announcement((HUB,), "https://news.example/f"),
        ),
        # the header counts before the document
        (f"<{HUB}>; rel=hub", {"hubs": (OTHER_HUB,), "self_url": FEED + "?x"}, Announcement((HUB,), FEED + "?x")),
        (
            "</self>; rel=self",
            {"hubs": (HUB,), "self_url": FEED},
            Announcement((HUB,), "https://news.example/self"),
        ),
        # those with TLS first, each once, and not too many
        (
            "",
            {"hubs": ("http://a.example:80/", HUB, HUB, OTHER_HUB, "https://third.example/")},
            Announcement((HUB, OTHER_HUB, "https://third.example/"), FEED),
        ),
        ("", {"hubs": ("https://hub.example/" + "x" * 3000,)}, None),
        (
            "<http://hub.example/>; rel=hub",
            {},
            Announcement(("https://hub.example/", "http://hub.example/"), FEED),
        ),
        ("<http://hub.example:8080/>; rel=hub", {}, Announcement(("http://hub.example:8080/",), FEED)),
    ],
)
def test_hubs_and_topic_are_found(field: str, document: dict[str, object], announced: Announcement | None) -> None:
    assert announcement_of(header_links([field], FEED), a_feed(**document), FEED) == announced


def test_hubs_of_a_feed_without_tls_are_tried_as_they_are_announced() -> None:
    links = header_links(["<http://hub.example/>; rel=hub"], "http://news.example/")
    announced = announcement_of(links, a_feed(), "http://news.example/")
    assert announced == Announcement(("http://hub.example/",), "http://news.example/")


# Section 5.1: subscribing


def test_a_hub_is_asked_for_a_lease_with_a_secret_at_an_address_of_the_feeds_own() -> None:
    assert request_form(a_subscription(), "subscribe", "https://me.example/x/") == {
        "hub.mode": "subscribe",
        "hub.topic": FEED,
        "hub.callback": "https://me.example/x/websub/7/token",
        "hub.verify": "async",
        "hub.secret": "secret",
        "hub.lease_seconds": "864000",
    }
    assert "hub.secret" not in request_form(a_subscription(), "unsubscribe", "https://me.example")


def test_a_subscription_is_pending_before_its_hub_is_asked() -> None:
    assert (asked().state, asked().pending, asked().next_at) == (HubState.ASKED, True, NOON + VERIFIED_WITHIN)


def test_an_active_subscription_stays_so_while_it_is_renewed() -> None:
    active = a_subscription(state=HubState.ACTIVE, lease_until=NOON + LEASE)
    assert to_be_asked(active, NOON).state is HubState.ACTIVE
    assert to_be_asked(replace(active, lease_until=NOON), NOON).state is HubState.ASKED


@pytest.mark.parametrize(
    ("changes", "mode"),
    [
        ({}, "subscribe"),
        ({"wanted": False}, None),
        ({"announcement": Announcement((OTHER_HUB,), FEED)}, None),
        ({"state": HubState.ACTIVE}, "subscribe"),
        ({"state": HubState.ACTIVE, "wanted": False}, "unsubscribe"),
        ({"state": HubState.ACTIVE, "announcement": Announcement((), FEED)}, "unsubscribe"),
        ({"state": HubState.ASKED, "announcement": Announcement((HUB,), FEED + "2")}, "unsubscribe"),
    ],
)
def test_what_nobody_wants_or_the_feed_names_no_more_is_ended(
    changes: dict[str, object], mode: str | None
) -> None:
    assert mode_of(a_subscription(**changes)) == mode


def test_a_hub_that_fails_is_followed_by_the_next_and_asked_less_and_less_often() -> None:
    subscription = a_subscription()
    hubs, waits = [], []
    for _ in range(9):
        subscription = failed(subscription, "why", NOON)
        hubs.append(subscription.hub)
        waits.append(subscription.next_at - NOON)
    assert hubs[:3] == [OTHER_HUB, HUB, OTHER_HUB]
    assert (waits[0], waits[1], waits[-1]) == (timedelta(hours=1), timedelta(hours=2), LONGEST_RETRY)
    assert (subscription.state, subscription.error) == (HubState.ANNOUNCED, "why")


def test_a_renewal_that_fails_ends_no_lease() -> None:
    active = a_subscription(state=HubState.ACTIVE, lease_until=NOON + LEASE)
    assert (failed(active, "", NOON).state, failed(active, "", NOON).hub) == (HubState.ACTIVE, HUB)
    assert failed(active, "", NOON + LEASE).state is HubState.ANNOUNCED


# Sections 5.2 and 5.3: denial, verification of intent


def test_what_was_asked_for_is_confirmed_with_the_challenge() -> None:
    reply = reply_to(asked(), verification(), NOON)
    assert (reply.status, reply.text) == (200, "abc")
    assert reply.subscription is not None
    assert reply.subscription.active_at(NOON + timedelta(seconds=3599))
    assert not reply.subscription.active_at(NOON + timedelta(seconds=3600))
    assert reply.subscription.next_at == NOON + timedelta(seconds=2700)


def test_a_topic_may_come_back_with_other_escapes() -> None:
    given = replace(asked(), announcement=Announcement((HUB,), FEED + "/é?q=ü"), topic=FEED + "/é?q=ü")
    assert reply_to(given, verification(topic=FEED + "/%c3%a9?q=%C3%BC"), NOON).status == 200
    for odd in ("http://[", "http://[]@", "http://[v1.fe80::a]/", "\ud800", ""):
        assert reply_to(given, verification(topic=odd), NOON).status == 404


@pytest.mark.parametrize(
    ("seconds", "lease"),
    [
        ("60", timedelta(minutes=1)),
        ("1", SHORTEST_LEASE),
        ("0", SHORTEST_LEASE),
        ("9" * 400, LONGEST_LEASE),
        ("-5", LEASE),
        ("٣", LEASE),
        ("", LEASE),
        ("1e9", LEASE),
    ],
)
def test_leases_that_no_hub_can_mean_are_bounded(seconds: str, lease: timedelta) -> None:
    renewed = reply_to(asked(), verification(lease_seconds=seconds), NOON).subscription
    assert renewed is not None
    assert renewed.lease_until == NOON + lease
    assert renewed.next_at >= NOON + ASK_PAUSE


@pytest.mark.parametrize(
    ("subscription", "query"),
    [
        (a_subscription(), verification()),  # nobody asked
        (asked(), verification(topic=FEED + "2")),
        (asked(), verification(mode="unsubscribe")),
        (asked(), verification(mode="publish")),
        (asked(), verification(challenge="")),
        (asked(), verification(challenge="x" * 2000)),
        (replace(asked(), wanted=False), verification()),
        (replace(asked(), state=HubState.DENIED), verification()),
        (replace(asked(), state=HubState.LEAVING), verification()),
        (asked(), {}),
    ],
)
def test_what_was_not_asked_for_is_refused_and_changes_nothing(
    subscription: HubSubscription, query: dict[str, str]
) -> None:
    reply = reply_to(subscription, query, NOON)
    assert (reply.status, reply.text, reply.subscription) == (404, "", subscription)


def test_an_end_that_was_asked_for_is_confirmed() -> None:
    leaving = to_be_asked(replace(asked(), wanted=False), NOON)
    assert leaving.state is HubState.LEAVING
    reply = reply_to(leaving, verification(mode="unsubscribe"), NOON)
    assert (reply.status, reply.text, reply.subscription) == (200, "abc", None)


def test_a_refusal_is_kept_in_words_and_asked_again_in_a_week() -> None:
    active = a_subscription(state=HubState.ACTIVE, lease_until=NOON + LEASE)
    reply = reply_to(
        active, {"hub.mode": "denied", "hub.topic": FEED, "hub.reason": "no\x1b[2J \u202e" + "x" * 999}, NOON
    )
    denied = reply.subscription
    assert denied is not None
    assert (denied.state, denied.next_at, denied.active_at(NOON)) == (HubState.DENIED, NOON + DENIED_RETRY, False)
    assert (denied.error or "").startswith("The hub refuses (no [2J x")
    assert len(denied.error or "") < 250


@given(st.dictionaries(st.sampled_from([*verification(), "hub.reason", "x"]), st.text(max_size=40)))
def test_only_the_right_topic_can_change_anything(query: dict[str, str]) -> None:
    reply = reply_to(asked(), query, NOON)
    if query.get("hub.topic") != FEED:
        assert (reply.status, reply.subscription) == (404, asked())


@pytest.mark.parametrize(
    ("changes", "words", "until"),
    [
        ({}, "Its hub (hub.example) is to be asked to push what is new.", None),
        (
            {"state": HubState.ASKED},
            "Its hub (hub.example) has been asked to push what is new, and has not confirmed that yet.",
            None,
        ),
        (
            {"state": HubState.ACTIVE, "lease_until": NOON + LEASE},
            "Its hub (hub.example) pushes what is new, until",
            NOON + LEASE,
        ),
        (
            {"state": HubState.DENIED, "error": "The hub refuses (no).", "next_at": NOON + DENIED_RETRY},
            "It is polled, as its hub (hub.example) does not push: The hub refuses (no). Next try",
            NOON + DENIED_RETRY,
        ),
    ],
)
def test_where_a_subscription_stands_is_said_in_words(
    changes: dict[str, object], words: str, until: datetime | None
) -> None:
    assert in_words(a_subscription(**changes), NOON) == (words, until)
