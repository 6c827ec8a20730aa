"""Why an article was or was not posted: one test per cause, and which of several causes wins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.causes import ArticleFacts, Cause, FeedFacts, Reading, Showing, SubscriptionFacts, explained
from bot.model.delivery import DeliveryState
from bot.model.feeds import FeedState

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
NINE = NOON + timedelta(hours=21)
WAITS = SubscriptionFacts(channel_id=7, next_at=NINE, look_back=timedelta(days=2), seen_at=NOON)
READY = ArticleFacts(now=NOON, reading=Reading.READY, language="en", claims=3, subscriptions=(WAITS,))


def cause_of(facts: ArticleFacts) -> Cause:
    return explained(facts).cause


def with_subscription(**given: object) -> ArticleFacts:
    return replace(READY, subscriptions=(replace(WAITS, **given),))  # type: ignore[arg-type]


def shown(state: DeliveryState | None = DeliveryState.SENT, **given: object) -> ArticleFacts:
    return with_subscription(showing=Showing(state, **given))  # type: ignore[arg-type]


def test_an_article_that_was_posted_is_pointed_at() -> None:
    found = explained(shown(posted_at=NOON, message_id=9))
    assert (found.cause, found.channel_id, found.at, found.message_id) == (Cause.POSTED, 7, NOON, 9)
    assert cause_of(shown(None)) is Cause.POSTED


def test_an_article_of_a_story_that_was_posted_without_it_names_the_one_that_stands_there() -> None:
    found = explained(shown(linked=False, lead_title="The lead", lead_url="https://news.example/lead"))
    assert (found.cause, found.title) == (Cause.SAME_STORY, "The lead")


def test_a_message_that_waits_in_the_outbox_or_failed_is_reported_as_such() -> None:
    assert cause_of(shown(DeliveryState.PENDING)) is Cause.ON_ITS_WAY
    failed = explained(shown(DeliveryState.FAILED, error="The channel is gone."))
    assert (failed.cause, failed.reason) == (Cause.NOT_DELIVERED, "The channel is gone.")


@pytest.mark.parametrize(
    ("reading", "cause"),
    [
        (Reading.LEFT_OUT, Cause.LEFT_OUT),
        (Reading.WAITING, Cause.BEING_READ),
        (Reading.RETRYING, Cause.READ_LATER),
        (Reading.FAILED, Cause.NOT_READ),
        (Reading.TO_ANALYSE, Cause.BEING_ANALYSED),
        (Reading.NOT_ANALYSED, Cause.NOT_ANALYSED),
    ],
)
def test_an_article_that_is_not_ready_says_where_it_stands(reading: Reading, cause: Cause) -> None:
    found = explained(replace(READY, reading=reading, error="The reason.", next_try_at=NINE))
    assert (found.cause, found.reason, found.at) == (cause, "The reason.", NINE)


def test_what_is_not_english_has_no_claims_for_that_reason() -> None:
    assert cause_of(replace(READY, language="de")) is Cause.LANGUAGE
    for language in (None, "en", "EN-gb"):
        assert cause_of(replace(READY, language=language)) is Cause.WAITING


def test_without_a_digest_nothing_is_posted() -> None:
    assert cause_of(replace(READY, subscriptions=())) is Cause.NO_DIGEST


def test_what_a_digest_will_show_waits_for_it() -> None:
    found = explained(READY)
    assert (found.cause, found.channel_id, found.at) == (Cause.WAITING, 7, NINE)
    overdue = explained(with_subscription(next_at=NOON - timedelta(minutes=1)))
    assert (overdue.cause, overdue.at) == (Cause.WAITING, NOON)


def test_a_digest_says_why_it_will_not_show_it() -> None:
    assert cause_of(with_subscription(wants_feed=False)) is Cause.OTHER_FEEDS
    filtered = explained(with_subscription(filtered_by="not topic: sport"))
    assert (filtered.cause, filtered.reason) == (Cause.FILTERED, "not topic: sport")
    assert cause_of(with_subscription(sure=False)) is Cause.NOT_SURE
    assert cause_of(replace(with_subscription(sure=False), claims=0)) is Cause.NO_CLAIMS
    assert cause_of(with_subscription(seen_at=NOON - timedelta(days=1, hours=4))) is Cause.TOO_OLD
    paused = explained(with_subscription(paused_reason="Its channel was deleted."))
    assert (paused.cause, paused.reason) == (Cause.PAUSED, "Its channel was deleted.")


def test_of_several_digests_the_one_nearest_to_posting_it_answers() -> None:
    filtered = replace(WAITS, channel_id=8, filtered_by="x")
    posted = replace(WAITS, channel_id=9, showing=Showing(DeliveryState.SENT))
    unsent = replace(WAITS, channel_id=10, showing=Showing(DeliveryState.PENDING))
    for subscriptions, cause, channel_id in (
        ((filtered, WAITS), Cause.WAITING, 7),
        ((filtered, WAITS, unsent), Cause.ON_ITS_WAY, 10),
        ((unsent, filtered, posted), Cause.POSTED, 9),
    ):
        found = explained(replace(READY, subscriptions=subscriptions))
        assert (found.cause, found.channel_id) == (cause, channel_id)


def test_what_no_feed_brought_is_answered_for_by_the_feeds_of_its_site() -> None:
    unknown = ArticleFacts(now=NOON)
    works = FeedFacts("The Courier", FeedState.HEALTHY, next_poll_at=NINE)
    fails = FeedFacts("The Courier", FeedState.FAILING, failing_since=NOON, error="Broken.")
    gone = replace(fails, state=FeedState.DISABLED)
    assert cause_of(unknown) is Cause.NO_FEED
    for feeds, cause in (
        ((works,), Cause.NOT_IN_FEED),
        ((fails, works), Cause.NOT_IN_FEED),
        ((gone, fails), Cause.FEED_FAILING),
        ((gone,), Cause.FEED_DISABLED),
    ):
        assert cause_of(replace(unknown, feeds=feeds)) is cause
    found = explained(replace(unknown, feeds=(fails,)))
    assert (found.title, found.at, found.reason) == ("The Courier", NOON, "Broken.")


@given(
    st.builds(
        ArticleFacts,
        now=st.just(NOON),
        reading=st.none() | st.sampled_from(Reading),
        language=st.none() | st.sampled_from(["en", "de"]),
        claims=st.integers(0, 2),
        subscriptions=st.lists(
            st.builds(
                SubscriptionFacts,
                channel_id=st.integers(1, 9),
                next_at=st.just(NINE),
                look_back=st.just(timedelta(days=2)),
                wants_feed=st.booleans(),
                seen_at=st.sampled_from([None, NOON, NOON - timedelta(days=9)]),
                filtered_by=st.sampled_from([None, "x"]),
                sure=st.booleans(),
                paused_reason=st.sampled_from([None, "x"]),
                showing=st.none() | st.builds(Showing, state=st.none() | st.sampled_from(DeliveryState)),
            ),
            max_size=3,
        ).map(tuple),
    )
)
def test_there_is_one_answer_whatever_is_known(facts: ArticleFacts) -> None:
    found = explained(facts)
    assert (found.cause is Cause.NO_FEED) == (facts.reading is None)
    if facts.reading and any(s.showing for s in facts.subscriptions):
        assert found.cause in {Cause.POSTED, Cause.ON_ITS_WAY, Cause.NOT_DELIVERED}
