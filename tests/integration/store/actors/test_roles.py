"""Roles over time: a claim is shown with the role of its day."""

from datetime import timedelta

import pytest

from bot.model.queries import ClaimQuery
from bot.store import Store
from tests.factories import GUILD, NOON, OTHER_GUILD, a_claim, an_actor, an_article, an_extraction, stored_article

DAY = timedelta(days=1)


async def told(store: Store, role: str | None, days_ago: int, guild_id: int = GUILD) -> None:
    """Store an article of some days ago in which Ada Quist has a role, or none."""
    article = an_article(published_at=NOON - days_ago * DAY)
    extraction = an_extraction(a_claim(), actors=[an_actor(role=role)])
    feed = f"https://news.example/rss/{guild_id}"
    await stored_article(store, guild_id, feed_url=feed, article=article, extraction=extraction)


async def roles(store: Store, guild_id: int | None = GUILD) -> list[str | None]:
    """Return the roles shown, the newest claim's first."""
    page = await store.claims.search(ClaimQuery(guild_id=guild_id, actor="Ada Quist"), limit=10)
    return [claim.role for claim in page.claims]


async def test_each_claim_has_the_role_of_its_article(store: Store) -> None:
    await told(store, "mayor", 0)
    await told(store, "engineer", 400)
    assert await roles(store) == ["mayor", "engineer"]


async def test_a_claim_without_a_role_has_the_one_that_articles_of_the_days_before_agree_on(store: Store) -> None:
    for role, days_ago in (("mayor", 5), ("mayor", 3), (None, 0)):
        await told(store, role, days_ago)
    assert await roles(store) == ["mayor", "mayor", "mayor"]
    (claim, *_) = (await store.claims.search(ClaimQuery(), limit=1)).claims
    assert (await store.claims.evidence(claim.id, GUILD)).claim.role == "mayor"


@pytest.mark.parametrize(
    "given",
    [
        [("mayor", 3)],  # one article may have misread it
        [("mayor", 9), ("mayor", 8), ("former mayor", 2)],  # she has left
        [("mayor", 300), ("mayor", 299)],  # too long ago
        [("mayor", -2), ("mayor", -3)],  # not yet
    ],
)
async def test_what_is_not_sure_is_not_shown(store: Store, given: list[tuple[str, int]]) -> None:
    for role, days_ago in [*given, (None, 0)]:
        await told(store, role, days_ago)
    assert sorted(map(str, await roles(store))) == sorted(map(str, [*(role for role, _ in given), None]))


async def test_a_new_office_counts_once_articles_agree_on_it(store: Store) -> None:
    for role, days_ago in (
        ("minister", 9),
        ("minister", 8),
        ("prime minister", 2),
        ("Prime Minister", 1),
        (None, 0),
    ):
        await told(store, role, days_ago)
    assert (await roles(store))[0] == "Prime Minister"


async def test_what_other_servers_read_tells_nothing(store: Store) -> None:
    for days_ago in (3, 4):
        await told(store, "mayor", days_ago, OTHER_GUILD)
    await told(store, None, 0)
    assert await roles(store) == [None]
    assert (await roles(store, None))[0] == "mayor"
