"""Stories in the store."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.model.claims import ActorType
from bot.store import Store
from bot.stories.terms import PROFILE_TERMS_KEPT
from tests.factories import NOON, a_claim, an_actor, an_article, an_extraction, stored_article

HOUR = timedelta(hours=1)


async def test_extracted_articles_wait_to_be_grouped_with_their_named_actors(store: Store) -> None:
    actors = [an_actor(), an_actor("an official", type=ActorType.UNNAMED), an_actor("Oslo", type=ActorType.GPE)]
    late = await stored_article(store, article=an_article(published_at=NOON))
    extraction = an_extraction(a_claim(), actors=actors)
    early = await stored_article(store, article=an_article(published_at=NOON - HOUR), extraction=extraction)
    waiting = await store.stories.to_group(10)
    assert [article.article_id for article in waiting] == [early.article_id, late.article_id]
    assert waiting[0].actors == ("Ada Quist", "Oslo")
    assert len(await store.stories.to_group(1)) == 1
    await store.stories.save(early.article_id, None, {})
    assert [article.article_id for article in await store.stories.to_group(10)] == [late.article_id]


async def test_a_story_sums_the_terms_of_its_articles(store: Store) -> None:
    first = await stored_article(store, article=an_article(published_at=NOON))
    second = await stored_article(store, article=an_article(published_at=NOON - HOUR))
    story_id = await store.stories.save(first.article_id, None, {"dam": 1.0, "oslo": 0.5})
    assert await store.stories.save(second.article_id, story_id, {"dam": 0.5, "may": 0.25}) == story_id
    (profile,) = await store.stories.profiles(NOON)
    assert (profile.story_id, profile.size, profile.last_at) == (story_id, 2, NOON)
    assert profile.terms == {"dam": 1.5, "oslo": 0.5, "may": 0.25}
    assert await store.stories.profiles(NOON + HOUR) == []
    assert (await store.articles.get(second.article_id)).story_id == story_id


async def test_saving_twice_counts_once(store: Store) -> None:
    stored = await stored_article(store)
    story_id = await store.stories.save(stored.article_id, None, {"dam": 1.0})
    assert await store.stories.save(stored.article_id, None, {"dam": 1.0}) == story_id
    (profile,) = await store.stories.profiles(NOON - HOUR)
    assert (profile.size, profile.terms) == (1, {"dam": 1.0})


async def test_a_story_keeps_its_heaviest_terms_only(store: Store) -> None:
    stored = await stored_article(store)
    await store.stories.save(stored.article_id, None, {f"t{n}": float(n) for n in range(PROFILE_TERMS_KEPT + 50)})
    (profile,) = await store.stories.profiles(NOON - HOUR)
    assert (len(profile.terms), min(profile.terms.values())) == (PROFILE_TERMS_KEPT, 50.0)


async def test_two_writers_at_once_lose_no_article_of_a_story(store: Store) -> None:
    articles = [(await stored_article(store)).article_id for _ in range(6)]
    story_id = await store.stories.save(articles[0], None, {"dam": 1.0})
    await asyncio.gather(*(store.stories.save(article_id, story_id, {"dam": 1.0}) for article_id in articles[1:]))
    (profile,) = await store.stories.profiles(NOON - HOUR)
    assert (profile.size, profile.terms) == (6, {"dam": 6.0})


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.stories.save(1, None, {})
    stored = await stored_article(store)
    with pytest.raises(NotFound):
        await store.stories.save(stored.article_id, 99, {})
    assert len(await store.stories.to_group(5)) == 1
