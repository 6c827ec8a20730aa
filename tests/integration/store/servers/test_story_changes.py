"""What the managers of a server change about its stories, and what others see of that."""

from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.model.digests import Selection
from bot.model.story_changes import StoryChangeKind
from bot.store import Store
from tests.factories import GUILD, NOON, a_claim, an_actor, an_article, an_extraction, stored_article

OTHER_GUILD, MANAGER = GUILD + 1, 7
HOUR = timedelta(hours=1)


async def articles_in(store: Store, *stories: int | None, guild_id: int = GUILD) -> tuple[list[int], list[int]]:
    """Store an article for each of `stories`, None being a new one, and return their ids and stories."""
    article_ids: list[int] = []
    story_ids: list[int] = []
    for number, story in enumerate(stories):
        article = an_article(published_at=NOON + number * HOUR, title=f"Headline {number}")
        extraction = an_extraction(a_claim(), actors=[an_actor()])
        stored = await stored_article(store, guild_id, article=article, extraction=extraction)
        place = None if story is None else story_ids[story]
        story_ids.append(await store.stories.save(stored.article_id, place, {"dam": 1.0}))
        article_ids.append(stored.article_id)
    return article_ids, story_ids


async def stories_seen(store: Store, guild_id: int | None) -> dict[int, int | None]:
    selection = Selection(guild_id, 0.0)
    found = await store.digests.unshown_articles(selection, since=NOON - 100 * HOUR, limit=100)
    return {article.article_id: article.story_id for article in found}


async def test_merged_stories_are_one_for_this_server_only(store: Store) -> None:
    (one, other), (first, second) = await articles_in(store, None, None)
    await store.story_changes.merge(GUILD, second, first, MANAGER)
    assert await stories_seen(store, GUILD) == {one: first, other: first}
    assert await stories_seen(store, None) == {one: first, other: second}
    seen = await store.story_changes.story(GUILD, second)
    assert (seen.story_id, [article.article_id for article in seen.articles]) == (first, [one, other])
    assert len((await store.story_changes.story(None, second)).articles) == 1


async def test_what_joins_a_merged_story_later_is_merged_too(store: Store) -> None:
    _, (first, second) = await articles_in(store, None, None)
    await store.story_changes.merge(GUILD, second, first, MANAGER)
    late = await stored_article(store)
    await store.stories.save(late.article_id, second, {"dam": 1.0})
    assert (await stories_seen(store, GUILD))[late.article_id] == first


async def test_split_articles_are_a_story_of_their_own_which_nothing_joins(store: Store) -> None:
    (one, other, third), (story, *_) = await articles_in(store, None, 0, 0)
    new = await store.story_changes.split(GUILD, story, [other], MANAGER)
    assert await stories_seen(store, GUILD) == {one: story, other: new, third: story}
    assert set((await stories_seen(store, None)).values()) == {story}
    assert [a.article_id for a in (await store.story_changes.story(GUILD, new)).articles] == [other]
    profiles = {profile.story_id: profile.terms for profile in await store.stories.profiles(NOON - HOUR)}
    assert profiles[new] == {}
    with pytest.raises(NotFound):
        await store.story_changes.story(None, new)


async def test_changes_are_undone_newest_first(store: Store) -> None:
    (one, other, third), (first, second, _) = await articles_in(store, None, None, 1)
    await store.story_changes.merge(GUILD, second, first, MANAGER)
    new = await store.story_changes.split(GUILD, first, [third], MANAGER)
    assert await stories_seen(store, GUILD) == {one: first, other: first, third: new}
    assert (await store.story_changes.undo(GUILD)).kind is StoryChangeKind.SPLIT
    assert await stories_seen(store, GUILD) == {one: first, other: first, third: first}
    assert (await store.story_changes.undo(GUILD)).kind is StoryChangeKind.MERGE
    assert await stories_seen(store, GUILD) == {one: first, other: second, third: second}
    with pytest.raises(NotFound):
        await store.story_changes.undo(GUILD)


async def test_a_server_changes_only_what_it_sees(store: Store) -> None:
    (own,), (story,) = await articles_in(store, None)
    for change in (
        store.story_changes.merge(OTHER_GUILD, story, story, MANAGER),
        store.story_changes.split(OTHER_GUILD, story, [own], MANAGER),
        store.story_changes.split(GUILD, story, [own], MANAGER),  # nothing would be left
        store.story_changes.split(GUILD, story, [own + 99], MANAGER),
        store.story_changes.story(OTHER_GUILD, story),
    ):
        with pytest.raises(NotFound):
            await change


async def test_an_absorbed_story_is_found_by_its_former_id_and_keeps_its_changes(store: Store) -> None:
    (one, other, third), (first, second, last) = await articles_in(store, None, None, None)
    await store.story_changes.merge(GUILD, last, second, MANAGER)
    await store.stories.absorb(second, first)
    seen = await store.story_changes.story(GUILD, second)
    assert (seen.story_id, [a.article_id for a in seen.articles]) == (first, [one, other, third])
    await store.stories.absorb(second, first)  # again: nothing is left to move
    (profile, _) = await store.stories.profiles(NOON - HOUR)
    assert (profile.size, profile.terms, profile.last_at) == (2, {"dam": 2.0}, NOON + HOUR)
    with pytest.raises(NotFound):
        await store.stories.absorb(first, 999)


async def test_stories_are_offered_by_words_of_their_headlines(store: Store) -> None:
    _, (first, second, _) = await articles_in(store, None, None, 0)
    assert await store.story_changes.matching(GUILD, "", 10) == [(first, "Headline 2"), (second, "Headline 1")]
    assert await store.story_changes.matching(GUILD, "line 1", 10) == [(second, "Headline 1")]
    assert await store.story_changes.matching(GUILD, "100%", 10) == []
    assert await store.story_changes.matching(OTHER_GUILD, "", 10) == []


async def test_a_server_that_is_forgotten_leaves_no_changes(store: Store) -> None:
    _, (first, second) = await articles_in(store, None, None)
    await store.story_changes.merge(GUILD, second, first, MANAGER)
    await store.guilds.forget(GUILD)
    assert await store.story_changes.of(GUILD) == []
