"""The lists of feeds and of digests: whatever titles and errors hold, Discord takes them."""

from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.escape import length
from bot.model.digests import Cadence, Subscription
from bot.model.feeds import Feed, FeedState
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
    subscription = Subscription(
        id=10**15,
        guild_id=1,
        channel_id=10**19,
        cadence=Cadence.WEEKLY,
        at=time(9),
        weekday=2,
        timezone="America/Argentina/ComodRivadavia",
        feed_ids=(1,),
        minimum_confidence=0.5,
        next_at=NOW,
        created_by=1,
        created_at=NOW,
        paused_reason=reason,
    )
    embed, _ = digests_page([subscription] * DIGESTS_A_PAGE, {1: a_feed(title, None)}, 0)
    assert length(embed.description or "") <= 4096
    assert "@everyone" not in (embed.description or "")


def test_a_feed_without_a_title_is_called_by_its_host() -> None:
    embed, _ = feeds_page([a_feed(" ", None)], 0)
    assert "[news.example](https://news.example/feed)" in (embed.description or "")


def test_a_digest_of_a_removed_feed_says_so() -> None:
    subscription = Subscription(
        1, 1, 2, Cadence.HOURLY, time(9, 15), 0, "UTC", (7,), 0.5, NOW, 1, NOW, paused_reason=None
    )
    embed, _ = digests_page([subscription], {}, 0)
    assert "hourly at :15 · a feed that was removed" in (embed.description or "")
