"""Articles with claims are counted day by day, for one server, on both databases."""

from datetime import timedelta

from bot.model.claims import ActorType
from bot.model.queries import ClaimQuery
from bot.model.reports import Decision
from bot.store import Store
from bot.store.claims.counts_by_day import Window
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    USER,
    a_claim,
    an_article,
    an_extraction,
    said,
    stored_article,
)

WINDOW = Window(NOON, days=5, recent_days=1)


async def printed(
    store: Store, days_ago: float, actor: str = "Ada Quist", title: str = "Title", **given: object
) -> int:
    text, extraction = said("The dam is safe", actor, type=given.pop("type", ActorType.PERSON))
    article = an_article(text=text, title=title, published_at=NOON - timedelta(days=days_ago))
    guild = given.pop("guild", GUILD)
    stored = await stored_article(store, guild, article=article, extraction=extraction, **given)  # type: ignore[arg-type]
    return stored.article_id


async def test_articles_are_counted_by_day_at_all_and_for_active_actors(store: Store) -> None:
    for days_ago in (4.5, 3.9, 0.9, 0.5, 0.01):
        await printed(store, days_ago)
    await printed(store, 0.3, "Nils Berg")
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=2)
    assert found.all == (1, 1, 0, 0, 4)
    assert list(found.of_actors.values()) == [(1, 1, 0, 0, 3)]
    assert (await store.claim_counts.by_day(GUILD, WINDOW, 0.95, fewest=1)).all == (0,) * 5


async def test_only_feeds_of_the_server_that_it_heard_from_before_count(store: Store) -> None:
    await printed(store, 4.5)
    await printed(store, 0.5)
    await printed(store, 0.5, feed_url="https://new.example/rss")
    await printed(store, 0.5, guild=OTHER_GUILD, feed_url="https://hidden.example/rss")
    await printed(store, 9.0)
    assert (await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)).all == (1, 0, 0, 0, 1)
    assert (await store.claim_counts.by_day(OTHER_GUILD, WINDOW, 0.5, fewest=1)).all == (0,) * 5
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)
    assert [one.day for one in found.headlines] == [4, 0]


async def test_sources_without_a_name_are_no_trend(store: Store) -> None:
    await printed(store, 4.5)
    await printed(store, 0.5, "officials", type=ActorType.UNNAMED)
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)
    assert found.all == (1, 0, 0, 0, 1)
    assert found.of_actors == {}


async def test_an_actor_is_called_what_most_recent_articles_say(store: Store) -> None:
    await printed(store, 4.5)
    for days_ago in (0.5, 0.4):
        await printed(store, days_ago, "Ada Quist")
    (actor_id,) = (await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)).of_actors
    assert await store.claim_counts.names(GUILD, WINDOW, [actor_id, 999]) == {actor_id: "Ada Quist"}
    assert await store.claim_counts.names(OTHER_GUILD, WINDOW, [actor_id]) == {}


async def test_headlines_come_with_their_day_the_newest_first(store: Store) -> None:
    await printed(store, 4.5, title="Old levy")
    await printed(store, 0.5, title="New levy")
    found = (await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)).headlines
    assert [(one.day, one.title) for one in found] == [(4, "New levy"), (0, "Old levy")]


async def test_a_story_counts_once_now_and_once_before_whatever_the_number_of_its_articles(store: Store) -> None:
    """Several outlets on one event are one sign that something is said more often, and so are its next days."""
    flood = [await printed(store, days_ago) for days_ago in (4.5, 4.4, 3.2, 0.9, 0.5, 0.4)]
    other = await printed(store, 0.3)
    story = await store.stories.save(flood[0], None, {"flood": 1.0})
    for article_id in flood[1:]:
        await store.stories.save(article_id, story, {"flood": 1.0})
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)
    assert found.all == (1, 0, 0, 0, 2)
    assert list(found.of_actors.values()) == [(1, 0, 0, 0, 2)]
    assert {one.story for one in found.headlines if one.article_id in flood} == {story}
    assert {one.story for one in found.headlines if one.article_id == other} == {-other}
    assert (await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=3)).of_actors == {}


async def two_in_one_article(store: Store, days_ago: float) -> None:
    said_by = {"Ada Quist": "The dam is safe", "Adelaide Quist": "The gate will open"}
    text = " ".join(f"{content}, {actor} said." for actor, content in said_by.items())
    claims = [a_claim(text, content=content, source=actor, actor=actor) for actor, content in said_by.items()]
    article = an_article(text=text, published_at=NOON - timedelta(days=days_ago))
    await stored_article(store, GUILD, article=article, extraction=an_extraction(*claims))


async def actor_ids(store: Store) -> dict[str | None, int]:
    claims = (await store.claims.search(ClaimQuery(GUILD), limit=50)).claims
    return {claim.actor: claim.actor_id or 0 for claim in claims}


async def test_an_article_in_which_two_speak_who_were_merged_is_one_article(store: Store) -> None:
    await printed(store, 4.5, "Nils Berg")
    for days_ago in (0.5, 0.4):
        await two_in_one_article(store, days_ago)
    ids = await actor_ids(store)
    await store.actor_changes.merge(GUILD, ids["Adelaide Quist"], ids["Ada Quist"], USER)
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)
    assert found.of_actors == {ids["Ada Quist"]: (0, 0, 0, 0, 2)}
    assert max(found.all) == 2


async def test_merged_actors_are_active_together_and_split_ones_are_counted_apart(store: Store) -> None:
    await printed(store, 4.5, "Nils Berg")
    for days_ago, actor in ((0.5, "Ada Quist"), (0.4, "Adelaide Quist")):
        await printed(store, days_ago, actor)
    article_id = await printed(store, 0.3, "Tom Okafor")
    await printed(store, 0.2, "Tom Okafor")
    ids = await actor_ids(store)
    await store.actor_changes.merge(GUILD, ids["Adelaide Quist"], ids["Ada Quist"], USER)
    change = await store.actor_changes.split(GUILD, ids["Tom Okafor"], [article_id], "Tom Okafor (runner)", USER)
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=2)
    assert found.of_actors == {ids["Ada Quist"]: (0, 0, 0, 0, 2)}
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)
    assert found.of_actors[ids["Tom Okafor"]] == found.of_actors[change.becomes] == (0, 0, 0, 0, 1)
    names = await store.claim_counts.names(GUILD, WINDOW, [change.becomes])
    assert names == {change.becomes: "Tom Okafor (runner)"}


async def test_withdrawn_claims_and_hidden_actors_do_not_count_and_merged_actors_are_one(store: Store) -> None:
    await printed(store, 4.5)
    for days_ago, actor in ((0.5, "Ada Quist"), (0.4, "Adelaide Quist"), (0.3, "Nils Berg")):
        await printed(store, days_ago, actor)
    claims = (await store.claims.search(ClaimQuery(GUILD), limit=9)).claims
    ids = {claim.actor: claim.actor_id for claim in claims}
    ada, nils = ids["Ada Quist"], ids["Nils Berg"]
    assert ada is not None
    assert nils is not None
    await store.actor_changes.merge(GUILD, ids["Adelaide Quist"] or 0, ada, USER)
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)
    assert found.of_actors == {ada: (1, 0, 0, 0, 2), nils: (0, 0, 0, 0, 1)}
    assert (await store.claim_counts.names(GUILD, WINDOW, [ada]))[ada] == "Ada Quist"
    await store.claim_decisions.decide(GUILD, claims[0].id, Decision.WITHDRAWN, USER)
    assert nils not in (await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)).of_actors
    await store.actor_changes.hide(GUILD, ada, USER)
    found = await store.claim_counts.by_day(GUILD, WINDOW, 0.5, fewest=1)
    assert (found.all, found.headlines) == ((0,) * 5, ())
