"""What happens to a failing feed: when its servers are warned, when it is disabled, and how that is worded. Pure.

    healthy ──first failure──► failing ──410, or two weeks after a warning──► disabled
       ▲                          │                                              │
       └──────next answer─────────┘◄── healthy ◄── `/feed check` or `/feed add` ─┘

A failing feed is polled with growing delays (see `schedule`) and recovers by itself. Its servers are warned when
it has failed for three days and five times. It is disabled when it has failed for two weeks and ten times, and at
least a week after the warning; because failures are counted, a feed is not blamed for the time in which Hearsay
was off. A 410 says that the feed is gone for good: it is disabled at once, and its servers are notified.
"""

import re
from datetime import datetime, timedelta

from bot.languages.translations import N_, _, retold
from bot.model.delivery import NoticeKind
from bot.model.feeds import Feed, FeedState

WARN_AFTER = timedelta(days=3)
WARN_FAILURES = 5
DISABLE_AFTER = timedelta(days=14)
DISABLE_FAILURES = 10
WARNING_HOLDS = timedelta(days=7)
"""The shortest time between a warning and disabling a feed."""

_STATUS = re.compile(r"\((\d{3})\)")
_MOVED = N_(
    "Look on the site for the address that its feed has now, add that with `/feed add`, and remove this one."
)
_CLOSED = N_("Ask the site to let feed readers in, or look for another of its feeds.")
_WAIT = N_("The site has to fix this. If it does, nothing needs to be done here.")
_ADVICE = {400: _MOVED, 401: _CLOSED, 402: _CLOSED, 403: _CLOSED, 404: _MOVED, 410: _MOVED, 451: _CLOSED}
_ADVICE_BY_WORDS = (
    ("challenge", _CLOSED),
    ("no feed at this address", _MOVED),
    ("no server of this name", _MOVED),
    ("not public", _MOVED),
    ("redirects", _MOVED),
    ("", _WAIT),
)


def notice_due(feed: Feed, now: datetime) -> NoticeKind | None:
    """Return the notice that is due to the servers of `feed`, or None; with DISABLED it is disabled."""
    if feed.state is FeedState.DISABLED:
        return NoticeKind.DISABLED if feed.disabled_at is None else None
    if feed.state is FeedState.HEALTHY or feed.failing_since is None:
        return None
    if feed.warned_at is None:
        long_enough = now - feed.failing_since >= WARN_AFTER and feed.failures >= WARN_FAILURES
        return NoticeKind.WARNING if long_enough else None
    disables_at = disabled_from(feed, now)
    over = disables_at is not None and now >= disables_at and feed.failures >= DISABLE_FAILURES
    return NoticeKind.DISABLED if over else None


def disabled_from(feed: Feed, now: datetime) -> datetime | None:
    """Return when a feed is disabled if it keeps failing; None if it does not fail, or is disabled.

    If its servers have not been warned, the warning is assumed to come `now`.
    """
    if feed.state is not FeedState.FAILING or feed.failing_since is None:
        return None
    warned_at = feed.warned_at or max(now, feed.failing_since + WARN_AFTER)
    moment: datetime = max(feed.failing_since + DISABLE_AFTER, warned_at + WARNING_HOLDS)
    return moment


def in_words(feed: Feed) -> str:
    """Return why `feed` is in its state, as a sentence or two."""
    if feed.state is FeedState.HEALTHY:
        return _("It works.") if feed.last_success_at else _("It has not been read yet.")
    return retold(feed.error) if feed.error else _("It cannot be read.")


def how_to_fix(error: str | None) -> str:
    """Return what a server's managers can do about a feed that fails because of `error`."""
    reason = error or ""
    status = _STATUS.search(reason)
    if status and (advice := _ADVICE.get(int(status[1]))):
        return _(advice)
    return _(next(advice for words, advice in _ADVICE_BY_WORDS if words in reason))


def by_urgency(feed: Feed) -> tuple[int, float, str]:
    """Return the sort key that puts failing feeds first, the longest failing at the top, then disabled ones."""
    order = (FeedState.FAILING, FeedState.DISABLED, FeedState.HEALTHY).index(feed.state)
    since = feed.failing_since.timestamp() if feed.failing_since else 0.0
    return order, since, feed.title.casefold()
