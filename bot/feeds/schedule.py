"""When a feed is polled again, and the state that a poll leaves it in. Pure: time and chance are passed in.

After an answer: `clamp(max(own pace, max-age or Expires), minimum, maximum)`, spread by up to a tenth, and moved
out of the hours and days that the feed asks to skip. The own pace is a quarter of the average time between entries
of the past week, so that news is found soon after it comes, but no less than the feed's ttl.

After a failure: an hour, doubled each time, up to three days, or what Retry-After asks for if that is longer. A
feed that fails is FAILING: it is polled with growing delays, and recovers by itself. A 410 makes it DISABLED at
once; `health` says when repeated failure does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aiohttp.hdrs import CACHE_CONTROL, EXPIRES

from bot.model.feeds import FeedState, ParsedFeed, PollPauses, PollStatus

WEEK = timedelta(days=7)
DEFAULT_INTERVAL = timedelta(hours=1)
"""For feeds whose pace is unknown because they have no dates."""
FIRST_BACK_OFF = timedelta(hours=1)
LONGEST_BACK_OFF = timedelta(days=3)
SPREAD = 0.1
POLLS_PER_ENTRY = 4
_STALE = timedelta()


@dataclass(frozen=True, slots=True)
class Pace:
    """The shortest and longest time between polls."""

    minimum: timedelta = timedelta(minutes=15)
    maximum: timedelta = timedelta(days=1)

    def clamp(self, interval: timedelta) -> timedelta:
        """Return `interval`, moved within the limits."""
        return min(max(interval, self.minimum), max(self.maximum, self.minimum))


def own_interval(feed: ParsedFeed, now: datetime) -> timedelta | None:
    """Return the average time between new entries of `feed`, by its dates, but at least its ttl; None if
    unknown."""
    dates = sorted(
        [entry.published_at for entry in feed.entries if entry.published_at is not None] + [*feed.left_out_dates]
    )
    if not dates:
        return feed.ttl
    recent = [date for date in dates if now - date <= WEEK]
    if not recent:
        interval = WEEK
    elif len(recent) == len(dates) and len(dates) > 1:
        # The document reaches back less than a week: its own span gives the pace.
        interval = max(now - recent[0], timedelta(minutes=1)) / len(recent)
    else:
        interval = WEEK / len(recent)
    interval /= POLLS_PER_ENTRY
    return max(interval, feed.ttl) if feed.ttl else interval


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long an answer stays fresh (RFC 9111, 5.2 and 5.3); zero if it does not say.

    `no-cache` and `no-store` void max-age; Expires counts only without Cache-Control.
    """
    control = headers.get(CACHE_CONTROL)
    if control is not None:
        directives = [part.strip().lower() for part in control.split(",")]
        if "no-cache" in directives or "no-store" in directives:
            return timedelta()
        for directive in directives:
            name, _, value = directive.partition("=")
            value = value.strip().strip('"')
            if name.strip() == "max-age" and value.isascii() and value.isdigit():
                return timedelta(seconds=int(value[:9]))
        return timedelta()
    expires = headers.get(EXPIRES, "").strip()
    if not expires:
        return _STALE
    try:
        moment: datetime = parsedate_to_datetime(expires)
    except (ValueError, TypeError, OverflowError, IndexError):
        return timedelta()
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta())


def next_poll(
    now: datetime,
    *,
    interval: timedelta | None,
    fresh: timedelta,
    pace: Pace,
    chance: float,
    feed: PollPauses | None = None,
    stretch: int = 1,
) -> datetime:
    """Return when to poll again after an answer. `chance`, from 0 to 1, spreads feeds that came together.

    `feed` has the hours and days to skip: the document, or after a 304 what is stored from the last one. The wait
    is multiplied by `stretch`, within the limits of `pace` (see `bot.feeds.websub`).
    """
    wait = pace.clamp(max(interval or DEFAULT_INTERVAL, fresh))
    if stretch > 1:
        wait = pace.clamp(wait * stretch)
    moment: datetime = now + wait * (1 + SPREAD * chance)
    return moment if feed is None else _after_skips(moment, feed)


def next_poll_after_failure(
    now: datetime, *, failures: int, retry_after: timedelta | None, pace: Pace, chance: float
) -> datetime:
    """Return when to try again after the `failures`-th failure in a row."""
    wait = min(FIRST_BACK_OFF * 2 ** min(max(failures, 1) - 1, 16), LONGEST_BACK_OFF)
    wait = max(wait, retry_after or timedelta(), pace.minimum)
    moment: datetime = now + wait * (1 + SPREAD * chance)
    return moment


def state_after(status: PollStatus) -> FeedState:
    """Return the state of a feed after a poll that ended with `status`."""
    match status:
        case PollStatus.GONE:
            return FeedState.DISABLED
        case PollStatus.ERROR:
            return FeedState.FAILING
        case _:
            return FeedState.HEALTHY


def _after_skips(moment: datetime, feed: PollPauses) -> datetime:
    """Return `moment`, moved to the next hour that the feed does not ask to skip, unless it skips all."""
    if not (feed.skip_days or feed.skip_hours):
        return moment
    if len(feed.skip_days) >= 7 or len(feed.skip_hours) >= 24:
        return moment
    for _ in range(7 * 24):
        local = moment.astimezone(UTC)
        if local.weekday() not in feed.skip_days and local.hour not in feed.skip_hours:
            break
        moment = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment
