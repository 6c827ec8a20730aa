"""The lists of feeds and of digests: Discord accepts them with any title or error."""

from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from bot.model.digests import Cadence, Plan, Selection, Subscription
from bot.model.feeds import Feed, FeedState
from bot.text.clipping import length
from cogs.views.digests import DIGESTS_A_PAGE, digests_page
from cogs.views.feeds import FEEDS_A_PAGE, feeds_page

NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
HOSTILE = st.text(st.sampled_from("*_[]()`@everyone\n😀:/<>#|~\\ https"), min_size=200, max_size=600)


def a_feed(title: str, error: str | None, url: str = "https://news.example/feed") -> Feed:
    return Feed(
        id=1,
        url=url,
        title=title,
        site_url=None,
        state=FeedState.FAILING,
        failures=3,
        error=error,
        last_polled_at=NOW,
        last_success_at=NOW,
        next_poll_at=NOW,
        kept_by_host=False,
    )


@given(HOSTILE, HOSTILE, st.integers(1, 3000))
def test_a_page_of_feeds_fits_whatever_they_are_called(title: str, error: str, url_length: int) -> None:
    url = f"https://news.example/{'a' * url_length}"
    embed, view = feeds_page([a_feed(title, error, url)] * FEEDS_A_PAGE, 0)
    assert view is None
    assert length(embed.description or "") <= 4096
    assert "@everyone" not in (embed.description or "")


@given(HOSTILE, HOSTILE)
def test_a_page_of_digests_fits_whatever_its_feeds_are_called(title: str, reason: str) -> None:
    plan = Plan(10**19, Cadence.WEEKLY, time(9), 2, "America/Argentina/ComodRivadavia")
    subscription = Subscription(10**15, 1, plan, Selection(1, 0.5, (1,)), NOW, 1, NOW, paused_reason=reason)
    embed, _ = digests_page([subscription] * DIGESTS_A_PAGE, {1: a_feed(title, None)}, 0)
    assert length(embed.description or "") <= 4096
    assert "@everyone" not in (embed.description or "")


def test_a_feed_without_a_title_is_called_by_its_host() -> None:
    embed, _ = feeds_page([a_feed(" ", None)], 0)
    assert "[news.example](https://news.example/feed)" in (embed.description or "")


def test_a_digest_of_a_removed_feed_says_so() -> None:
    plan = Plan(2, Cadence.HOURLY, time(9, 15))
    subscription = Subscription(1, 1, plan, Selection(1, 0.5, (7,)), NOW, 1, NOW)
    embed, _ = digests_page([subscription], {}, 0)
    assert "hourly at :15 · a feed that was removed" in (embed.description or "")
