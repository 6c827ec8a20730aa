"""The choice between feeds, and the trial of a filter: Discord accepts them with any title."""

from dataclasses import replace
from datetime import UTC, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.digests import Cadence, Plan, Selection, Subscription
from bot.model.feeds import Candidate
from bot.services.feed_choices import Added
from bot.services.filters import FilterTrial, TriedArticle
from bot.text.clipping import length
from cogs.views.choices import choice, chosen_embed
from cogs.views.digests import DIGESTS_A_PAGE, digests_page
from cogs.views.filters import ARTICLES_A_PAGE, trial_page
from tests.unit.cogs.test_lists import a_feed

HOSTILE = st.text(st.sampled_from("*_[]()`@everyone\n😀:/<>#|~\\ https"), max_size=600)
NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)


@settings(deadline=None, max_examples=30)
@given(HOSTILE, HOSTILE, st.integers(1, 3000))
def test_a_choice_fits_whatever_the_feeds_are_called(title: str, language: str, url_length: int) -> None:
    url = f"https://news.example/{'a' * url_length}"
    candidate = Candidate(url, title, language=language, last_entry_at=NOW, entries_a_week=3)
    embed, view = choice([candidate] * 40, 10**17)
    assert length(embed.description or "") <= 4096
    assert "@everyone" not in (embed.description or "")
    (row,) = view.to_components()
    (select,) = row["components"]
    assert len(select["options"]) == select["max_values"] == 25
    for option in select["options"]:
        assert 1 <= length(option["label"]) <= 100
        assert length(option["description"]) <= 100
    added = chosen_embed([Added(candidate, title or None)] * 25)
    assert length(added.description or "") <= 4096
    assert "@everyone" not in (added.description or "")


@settings(deadline=None, max_examples=30)
@given(HOSTILE, HOSTILE, st.integers(1, 3000))
def test_a_trial_fits_whatever_the_articles_are_called(title: str, reason: str, url_length: int) -> None:
    url = f"https://news.example/{'a' * url_length}"
    article = TriedArticle(title, url, title, passes=True, reason=reason, shown=False)
    embed, view = trial_page(FilterTrial(reason[:500], (article,) * (ARTICLES_A_PAGE * 3)), 10**17, 1)
    assert length(embed.description or "") <= 4096
    assert "@everyone" not in (embed.description or "")
    assert view is not None
    assert len(view.children) == 2


def test_a_page_of_digests_with_the_longest_filters_fits() -> None:
    zone, reason = "America/Argentina/ComodRivadavia", "[" * 500
    plan, selection = Plan(10**19, Cadence.WEEKLY, time(9), 2, zone), Selection(1, 0.5, (1,), "a*" * 250)
    subscription = Subscription(10**15, 1, plan, selection, NOW, 1, NOW, paused_reason=reason)
    feed = replace(a_feed("*" * 300, None), id=1)
    embed, _ = digests_page([subscription] * DIGESTS_A_PAGE, {1: feed}, 0)
    assert length(embed.description or "") <= 4096
