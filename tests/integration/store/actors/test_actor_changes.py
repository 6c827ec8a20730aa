"""Actors that a server merged, split, renamed or hid are so in all that it sees, and not for others."""

from datetime import timedelta

import pytest

from bot.errors import LimitReached, NotFound
from bot.model.actor_changes import ActorChangeKind
from bot.model.digests import Selection
from bot.model.queries import ClaimQuery
from bot.model.reports import EVERYWHERE
from bot.store import Store
from bot.store.actors import actor_changes
from bot.store.actors.actor_changes import KNOWN_FOR, ActorChanges
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    USER,
    SetClock,
    an_article,
    an_attached_feed,
    said,
    stored_article,
)

SEEN = NOON - timedelta(days=1)


async def stored(store: Store, *claims: tuple[str, str]) -> dict[str, int]:
    """Store an article for each actor and what they say, seen by two servers. Return the actors' numbers."""
    for number, (actor, content) in enumerate(claims):
        text, extraction = said(content, actor)
        article = an_article(
            text=text, title=f"Headline {number}", published_at=NOON - timedelta(hours=number + 1)
        )
        await stored_article(store, article=article, extraction=extraction, grouped=True)
    await an_attached_feed(store, OTHER_GUILD)
    found = (await store.claims.search(ClaimQuery(), limit=50)).claims
    return {claim.actor: claim.actor_id for claim in found if claim.actor and claim.actor_id}


async def two(store: Store) -> tuple[int, int]:
    ids = await stored(store, ("Ada Quist", "The dam is safe"), ("Adelaide Quist", "The gate will open"))
    return ids["Adelaide Quist"], ids["Ada Quist"]


async def asked(store: Store, actor: str, guild_id: int | None = GUILD) -> dict[str, str | None]:
    """Return what a server is told when it asks for an actor, and by whom it was said."""
    page = await store.claims.search(ClaimQuery(guild_id, actor=actor), limit=10)
    return {claim.content_text: claim.actor for claim in page.claims}


async def speakers(store: Store, guild_id: int | None = GUILD) -> list[str | None]:
    """Return the speakers of a digest, having compared them with the other ways to the same claims."""
    articles = await store.digests.unshown_articles(Selection(guild_id, 0.5), since=SEEN, limit=9)
    in_digest = [claim.actor for article in articles for claim in article.claims]
    assert [
        claim.actor for claim in (await store.claims.search(ClaimQuery(guild_id), limit=9)).claims
    ] == in_digest
    filterable = await store.filtering.latest(Selection(guild_id, 0.5), 9)
    assert [name for article in filterable for name in article.actors] == in_digest
    assert [name for article in articles for name in article.actors] == in_digest
    if guild_id is not None:
        read = [await store.claims.of_article(article.article_id, guild_id, 0.5) for article in articles]
        assert [claim.actor for _, claims in read for claim in claims] == in_digest
        now = await store.digests.as_now([article.article_id for article in articles], guild_id)
        assert [c.actor for a in articles for c in now[a.article_id].claims] == in_digest
    return in_digest


async def test_merged_actors_are_one_for_this_server_only_until_that_is_undone(store: Store) -> None:
    adelaide, ada = await two(store)
    await store.actor_changes.merge(GUILD, adelaide, ada, USER)
    both = {"The dam is safe": "Ada Quist", "The gate will open": "Ada Quist"}
    for name in ("Ada Quist", "Adelaide Quist", "quist", "adel"):
        assert await asked(store, name) == both
    assert await store.actor_changes.called(GUILD, "Adelaide Quist") == {ada}
    assert await store.actor_changes.called(OTHER_GUILD, "Adelaide Quist") == {adelaide}
    assert await speakers(store) == ["Ada Quist", "Ada Quist"]
    assert await store.claims.actor_names("quist", GUILD, 5) == ["Ada Quist"]
    assert await store.claims.actor_names("adelaide", GUILD, 5) == ["Ada Quist"]
    assert await speakers(store, OTHER_GUILD) == ["Ada Quist", "Adelaide Quist"]
    assert await asked(store, "Ada Quist", OTHER_GUILD) == {"The dam is safe": "Ada Quist"}
    await store.actor_changes.undo(GUILD)
    assert await speakers(store) == ["Ada Quist", "Adelaide Quist"]
    assert set(await store.claims.actor_names("quist", GUILD, 5)) == {"Ada Quist", "Adelaide Quist"}


async def test_a_circle_of_merges_is_one_actor(store: Store) -> None:
    adelaide, ada = await two(store)
    await store.actor_changes.merge(GUILD, adelaide, ada, USER)
    with pytest.raises(NotFound):
        await store.actor_changes.merge(GUILD, adelaide, ada, USER)
    await store.actor_changes.rename(GUILD, ada, "A. Quist", USER)
    assert await speakers(store) == ["A. Quist", "A. Quist"]


async def test_an_actor_is_split_by_articles(store: Store) -> None:
    claims = ("Ada Quist", "The dam is safe"), ("Ada Quist", "I won the race"), ("Tom Okafor", "No")
    ids = await stored(store, *claims)
    ada = ids["Ada Quist"]
    first, second = await store.actor_changes.articles_of(GUILD, ada)
    change = await store.actor_changes.split(GUILD, ada, {second.article_id}, "Ada Quist (runner)", USER)
    assert await asked(store, "Ada Quist") == {"The dam is safe": "Ada Quist"}
    assert await asked(store, "ada quist (runner)") == {"I won the race": "Ada Quist (runner)"}
    assert await asked(store, "runner") == {"I won the race": "Ada Quist (runner)"}
    assert "Ada Quist (runner)" in await store.claims.actor_names("run", GUILD, 5)
    assert await speakers(store) == ["Ada Quist", "Ada Quist (runner)", "Tom Okafor"]
    assert await asked(store, "runner", OTHER_GUILD) == {}
    assert await store.claims.actor_names("run", OTHER_GUILD, 5) == []
    await store.actor_changes.merge(GUILD, change.becomes, ids["Tom Okafor"], USER)
    assert await asked(store, "Tom Okafor") == {"I won the race": "Tom Okafor", "No": "Tom Okafor"}
    assert [one.article_id for one in await store.actor_changes.articles_of(GUILD, ada)] == [first.article_id]
    for wrong in ({first.article_id}, {999_999}, set()):
        with pytest.raises(NotFound, match="nothing to split"):
            await store.actor_changes.split(GUILD, ada, wrong, "Somebody", USER)


async def test_a_renamed_actor_is_found_by_either_name(store: Store) -> None:
    _, ada = await two(store)
    await store.actor_changes.rename(GUILD, ada, "Rosa Hale", USER)
    for name in ("Rosa Hale", "hale", "Ada Quist"):
        assert await asked(store, name) == {"The dam is safe": "Rosa Hale"}
    assert await store.claims.actor_names("hal", GUILD, 5) == ["Rosa Hale"]
    assert await asked(store, "Rosa Hale", OTHER_GUILD) == {}
    await store.actor_changes.rename(GUILD, ada, "Lady Ada", USER)
    assert await speakers(store) == ["Lady Ada", "Adelaide Quist"]


async def test_of_a_hidden_actor_nothing_is_shown(store: Store) -> None:
    adelaide, _ = await two(store)
    (claim,) = (await store.claims.search(ClaimQuery(GUILD, actor="Adelaide Quist"), limit=2)).claims
    await store.actor_changes.hide(GUILD, adelaide, USER)
    assert await speakers(store) == ["Ada Quist"]
    assert await asked(store, "Adelaide Quist") == {}
    assert await store.claims.actor_names("adelaide", GUILD, 5) == []
    for ask in (store.claims.get, store.claims.evidence):
        with pytest.raises(NotFound):
            await ask(claim.id, GUILD)
        assert await ask(claim.id, OTHER_GUILD)
    with pytest.raises(NotFound):
        await store.actor_changes.hide(GUILD, adelaide, USER)
    await store.actor_changes.undo(GUILD)
    assert await asked(store, "Adelaide Quist")


async def test_what_the_host_changes_holds_everywhere_and_names_reach_only_those_who_see_the_actor(
    store: Store,
) -> None:
    adelaide, ada = await two(store)
    await store.actor_changes.merge(EVERYWHERE, adelaide, ada, USER)
    await store.actor_changes.rename(OTHER_GUILD, ada, "Rosa Hale", USER)
    assert await speakers(store, None) == await speakers(store) == ["Ada Quist", "Ada Quist"]
    assert await speakers(store, OTHER_GUILD) == ["Rosa Hale", "Rosa Hale"]
    await store.actor_changes.rename(EVERYWHERE, ada, "Zora Quist", USER)
    assert await store.claims.actor_names("zora", GUILD, 5) == ["Zora Quist"]
    assert await store.claims.actor_names("zora", None, 5) == ["Zora Quist"]
    assert await store.claims.actor_names("zora", OTHER_GUILD + 1, 5) == []
    await store.actor_changes.hide(EVERYWHERE, ada, USER)
    assert await speakers(store, None) == await speakers(store) == await speakers(store, OTHER_GUILD) == []


async def test_what_another_process_changed_is_seen_soon(store: Store, clock: SetClock) -> None:
    _, ada = await two(store)
    assert await speakers(store) == ["Ada Quist", "Adelaide Quist"]
    await ActorChanges(store.database).rename(GUILD, ada, "Rosa Hale", USER)
    clock.now = NOON + KNOWN_FOR + timedelta(seconds=1)
    assert await speakers(store) == ["Rosa Hale", "Adelaide Quist"]


async def test_actors_that_a_server_does_not_see_cannot_be_changed(store: Store) -> None:
    adelaide, ada = await two(store)
    for wrong in (ada + 99, -5, 0, 2**70):
        with pytest.raises(NotFound):
            await store.actor_changes.merge(GUILD, wrong, ada, USER)
        with pytest.raises(NotFound):
            await store.actor_changes.rename(GUILD, wrong, "Somebody", USER)
    with pytest.raises(NotFound):
        await store.actor_changes.merge(OTHER_GUILD + 1, adelaide, ada, USER)
    with pytest.raises(NotFound):
        await store.actor_changes.undo(GUILD)


async def test_a_change_of_another_server_cannot_be_undone_and_an_older_one_can(store: Store) -> None:
    adelaide, ada = await two(store)
    first = await store.actor_changes.rename(GUILD, ada, "Rosa Hale", USER)
    await store.actor_changes.rename(GUILD, adelaide, "Zita Quist", USER)
    with pytest.raises(NotFound):
        await store.actor_changes.undo(OTHER_GUILD, first.id)
    assert (await store.actor_changes.undo(GUILD, first.id)).kind is ActorChangeKind.RENAME
    assert await speakers(store) == ["Ada Quist", "Zita Quist"]


async def test_a_server_has_so_many_changes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    adelaide, ada = await two(store)
    monkeypatch.setattr(actor_changes, "MOST_CHANGES", 1)
    await store.actor_changes.rename(GUILD, ada, "Rosa Hale", USER)
    with pytest.raises(LimitReached, match="Undo one first"):
        await store.actor_changes.merge(GUILD, adelaide, ada, USER)
    await store.actor_changes.rename(OTHER_GUILD, ada, "Rosa Hale", USER)


async def test_actors_to_choose_from_may_be_called_the_same(store: Store) -> None:
    adelaide, ada = await two(store)
    await store.actor_changes.rename(GUILD, ada, "Adelaide Quist", USER)
    choices = await store.claims.actor_choices("quist", GUILD, 5)
    assert {one.actor_id: one.name for one in choices} == {ada: "Adelaide Quist", adelaide: "Adelaide Quist"}
    assert {one.actor_id for one in await store.actor_changes.stored("quist", 5)} == {ada, adelaide}


async def test_who_changed_an_actor_finds_that_among_their_data(store: Store) -> None:
    _, ada = await two(store)
    await store.actor_changes.rename(GUILD, ada, "Rosa Hale", USER + 5)
    (trace,) = await store.personal_data.of_person(USER + 5)
    assert (trace.what, trace.of) == ("changed an actor", "Rosa Hale")
    assert len((await store.personal_data.of_guild(GUILD))["actor_changes"]) == 1
    await store.personal_data.forget_person(USER + 5)
    assert await store.personal_data.of_person(USER + 5) == []
    await store.guilds.forget(GUILD)
    assert (await store.personal_data.counts_of_guild(GUILD))["actor_changes"] == 0
