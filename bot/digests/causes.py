"""Why an article was or was not posted: an ordered list of causes, checked against the known facts. Pure.

The first cause that applies is the answer. Events that happened come before those that may still happen: an
article that was posted anywhere counts as posted. Of several digests, the one closest to posting it answers for
all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.delivery import DeliveryState
from bot.model.feeds import FeedState


class Cause(StrEnum):
    """The causes. The first that applies is the answer."""

    POSTED = "posted"
    SAME_STORY = "same_story"
    """Not linked: the digest shows another article by the same outlet on the same story."""
    ON_ITS_WAY = "on_its_way"
    NOT_DELIVERED = "not_delivered"
    LEFT_OUT = "left_out"
    """The entry was never meant to be read: too old when its feed was added, or kept back."""
    BEING_READ = "being_read"
    READ_LATER = "read_later"
    NOT_READ = "not_read"
    BEING_ANALYSED = "being_analysed"
    NOT_ANALYSED = "not_analysed"
    LANGUAGE = "language"
    NO_DIGEST = "no_digest"
    WAITING = "waiting"
    PAUSED = "paused"
    TOO_OLD = "too_old"
    NOT_SURE = "not_sure"
    NO_CLAIMS = "no_claims"
    FILTERED = "filtered"
    OTHER_FEEDS = "other_feeds"
    FEED_FAILING = "feed_failing"
    FEED_DISABLED = "feed_disabled"
    NOT_IN_FEED = "not_in_feed"
    NO_FEED = "no_feed"


class Reading(StrEnum):
    """How far an article has got on its way from the feed to a digest."""

    WAITING = "waiting"
    RETRYING = "retrying"
    FAILED = "failed"
    LEFT_OUT = "left_out"
    TO_ANALYSE = "to_analyse"
    NOT_ANALYSED = "not_analysed"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Showing:
    """A subscription that the article was posted to. If `state` is None, its message is no longer stored."""

    state: DeliveryState | None = None
    linked: bool = True
    """Whether the message links to the article itself. If not, it links to `lead_title`, from the same story."""
    posted_at: datetime | None = None
    message_id: int | None = None
    thread_id: int | None = None
    """The forum post that contains the message."""
    error: str | None = None
    lead_title: str = ""
    lead_url: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    """What is known about an article and one subscription."""

    channel_id: int
    next_at: datetime
    look_back: timedelta
    wants_feed: bool = True
    seen_at: datetime | None = None
    """When one of its feeds last listed the article."""
    filtered_by: str | None = None
    """The part of its filter that keeps the article out, in words."""
    sure: bool = True
    """Whether the article or its story has a claim with enough confidence."""
    paused_reason: str | None = None
    showing: Showing | None = None


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """A feed of the server from the article's site."""

    title: str
    state: FeedState
    last_success_at: datetime | None = None
    next_poll_at: datetime | None = None
    failing_since: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known about an article. If `reading` is None, no feed of the server has listed it."""

    now: datetime
    reading: Reading | None = None
    error: str | None = None
    next_try_at: datetime | None = None
    language: str | None = None
    claims: int = 0
    subscriptions: tuple[SubscriptionFacts, ...] = ()
    feeds: tuple[FeedFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The cause, with the details that belong to it."""

    cause: Cause
    channel_id: int | None = None
    at: datetime | None = None
    message_id: int | None = None
    reason: str | None = None
    title: str | None = None
    url: str | None = None


_ORDER = list(Cause)
_UNREAD = {
    Reading.LEFT_OUT: Cause.LEFT_OUT,
    Reading.WAITING: Cause.BEING_READ,
    Reading.RETRYING: Cause.READ_LATER,
    Reading.FAILED: Cause.NOT_READ,
    Reading.TO_ANALYSE: Cause.BEING_ANALYSED,
    Reading.NOT_ANALYSED: Cause.NOT_ANALYSED,
}
_UNSENT = {DeliveryState.PENDING: Cause.ON_ITS_WAY, DeliveryState.FAILED: Cause.NOT_DELIVERED}


def explained(facts: ArticleFacts) -> Explanation:
    """Return the one cause that explains why the article was or was not posted."""
    if facts.reading is None:
        return _of_feeds(facts.feeds)
    shown = [_of_showing(s, s.showing) for s in facts.subscriptions if s.showing is not None]
    if shown:
        return _first(shown)
    if unread := _UNREAD.get(facts.reading):
        return Explanation(unread, reason=facts.error, at=facts.next_try_at)
    if facts.language is not None and not facts.language.lower().startswith("en"):
        return Explanation(Cause.LANGUAGE, reason=facts.language)
    if not facts.subscriptions:
        return Explanation(Cause.NO_DIGEST)
    return _first([_of_subscription(s, facts) for s in facts.subscriptions])


def _first(causes: Sequence[Explanation]) -> Explanation:
    return min(causes, key=lambda one: _ORDER.index(one.cause))


def _of_showing(subscription: SubscriptionFacts, showing: Showing) -> Explanation:
    cause = Cause.POSTED if showing.linked else Cause.SAME_STORY
    if showing.state is not None:
        cause = _UNSENT.get(showing.state, cause)
    return Explanation(
        cause,
        channel_id=showing.thread_id or subscription.channel_id,
        at=showing.posted_at,
        message_id=showing.message_id,
        reason=showing.error,
        title=showing.lead_title or None,
        url=showing.lead_url,
    )


def _of_subscription(subscription: SubscriptionFacts, facts: ArticleFacts) -> Explanation:
    s = subscription
    next_at = max(s.next_at, facts.now)
    if not s.wants_feed:
        return Explanation(Cause.OTHER_FEEDS, s.channel_id)
    if s.filtered_by is not None:
        return Explanation(Cause.FILTERED, s.channel_id, reason=s.filtered_by)
    if not s.sure:
        return Explanation(Cause.NOT_SURE if facts.claims else Cause.NO_CLAIMS, s.channel_id)
    if s.seen_at is not None and s.seen_at < next_at - s.look_back:
        return Explanation(Cause.TOO_OLD, s.channel_id, at=s.seen_at)
    if s.paused_reason is not None:
        return Explanation(Cause.PAUSED, s.channel_id, reason=s.paused_reason)
    return Explanation(Cause.WAITING, s.channel_id, at=next_at)


def _of_feeds(feeds: Sequence[FeedFacts]) -> Explanation:
    """Return the cause if no feed listed the article. One working feed of the site is enough for a verdict."""
    if not feeds:
        return Explanation(Cause.NO_FEED)
    feed = min(feeds, key=lambda f: (FeedState.HEALTHY, FeedState.FAILING, FeedState.DISABLED).index(f.state))
    if feed.state is FeedState.HEALTHY:
        return Explanation(Cause.NOT_IN_FEED, title=feed.title, at=feed.next_poll_at)
    cause = Cause.FEED_FAILING if feed.state is FeedState.FAILING else Cause.FEED_DISABLED
    return Explanation(cause, title=feed.title, at=feed.failing_since, reason=feed.error)


@dataclass(frozen=True, slots=True)
class Why:
    """Why an article was or was not posted. `title` and `url` are filled in as far as they are known."""

    explanation: Explanation
    title: str
    url: str
