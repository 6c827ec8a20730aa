"""Filters when digests are composed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.runner import steps
from bot.services import digests
from bot.store import Store, open_store
from tests.factories import GUILD, NOON, SetClock, a_subscription, an_article, said, stored_article


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def store(tmp_path: Path, clock: SetClock) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=clock) as opened:
        yield opened


async def print_articles(store: Store, *titles: str) -> list[int]:
    """Store an article for each title, the first being the newest; return their ids."""
    ids = []
    for number, title in enumerate(titles):
        text, extraction = said(f"This is {title} number {number}")
        article = an_article(title=title, text=text, published_at=NOON - timedelta(minutes=number))
        ids.append((await stored_article(store, article=article, extraction=extraction, grouped=True)).article_id)
    return ids


async def test_articles_that_pass_are_found_behind_many_that_do_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST_ARTICLES", 3)
    ids = await print_articles(store, *["rain"] * 7, "dam")
    subscription = await a_subscription(store, filter="dam")
    digest = (await digests.digest_of(store, subscription.plan, subscription.selection, NOON)).digest
    assert digest is not None
    assert digest.article_ids == (ids[-1],)


async def test_a_digest_whose_articles_all_fail_waits_for_its_next_slot(store: Store, clock: SetClock) -> None:
    await print_articles(store, "rain", "snow")
    subscription = await a_subscription(store, filter="dam")
    assert await steps.compose_digests(store, clock) == 0
    after = await store.subscriptions.get(subscription.id, GUILD)
    assert after.next_at > NOON
    assert after.paused_reason is None


async def test_a_filter_that_cannot_be_read_pauses_its_digest_and_no_other(store: Store, clock: SetClock) -> None:
    await print_articles(store, "rain")
    broken = await a_subscription(store, filter="nonsense:x")
    await a_subscription(store, filter="rain")
    assert await steps.compose_digests(store, clock) == 1
    reason = (await store.subscriptions.get(broken.id, GUILD)).paused_reason
    assert reason is not None
    assert "`nonsense:` is not known" in reason
