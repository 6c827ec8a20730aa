"""Actors across articles."""

import pytest

from bot.model.claims import ActorType, Extraction
from bot.model.queries import ClaimQuery
from bot.store import Store
from tests.factories import GUILD, OTHER_GUILD, an_article, said, stored_article


async def speak(store: Store, name: str, **given: object) -> int:
    """Store an article in which `name` says something; return the id of the actor that it is linked to."""
    text, extraction = said("The dam is safe", name, **given)
    stored = await stored_article(store, article=an_article(text=text), extraction=extraction)
    page = await store.claims.search(ClaimQuery(), limit=100)
    actor_id = next(claim.actor_id for claim in page.claims if claim.article_id == stored.article_id)
    assert actor_id is not None
    return actor_id


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ahmet Davutoğlu", "Ahmet Davutoglu"),
        ("Barack Obama", "President Barack Obama"),
        ("Jens Stoltenberg", "JENS STOLTENBERG"),
        ("Conan O’Brien", "Conan O'Brien"),
        ("Bashar al-Assad", "Bashar Al Assad"),
    ],
)
async def test_one_name_written_two_ways_is_one_person(store: Store, first: str, second: str) -> None:
    assert await speak(store, first) == await speak(store, second)


async def test_bodies_are_linked_by_name_and_by_an_abbreviation_that_is_given(store: Store) -> None:
    observatory = await speak(store, "Syrian Observatory for Human Rights", type=ActorType.ORG, aliases=["SOHR"])
    assert await speak(store, "SOHR", type=ActorType.ORG) == observatory
    assert await speak(store, "the Syrian Observatory for Human Rights", type=ActorType.GROUP) == observatory
    assert await speak(store, "Syrian Observatory for Human Rights", type=ActorType.DOCUMENT) != observatory


async def test_a_last_name_alone_is_never_taken_for_somebody(store: Store) -> None:
    known = await speak(store, "Ada Quist", aliases=["Quist"])
    alone = await speak(store, "Quist")
    assert alone != known
    assert await speak(store, "Quist") not in (alone, known)
    assert await speak(store, "Ms. Quist") not in (alone, known)
    page = await store.claims.search(ClaimQuery(actor="quist"), limit=10)
    assert page.total == 4, "but whoever asks for the last name is shown all of them"


async def test_bodies_of_a_common_name_are_left_apart(store: Store) -> None:
    assert await speak(store, "Police", type=ActorType.ORG) != await speak(store, "Police", type=ActorType.ORG)
    london = await speak(store, "Metropolitan Police", type=ActorType.ORG, aliases=["police", "the Force"])
    assert await speak(store, "police", type=ActorType.ORG) != london


async def test_an_abbreviation_of_two_bodies_is_given_to_neither(store: Store) -> None:
    one = await speak(store, "Palestinian Authority", type=ActorType.ORG, aliases=["PA"])
    two = await speak(store, "Press Association", type=ActorType.ORG, aliases=["PA"])
    assert one != two
    assert await speak(store, "PA", type=ActorType.ORG) not in (one, two)


async def test_an_unnamed_source_is_one_for_each_description(store: Store) -> None:
    first = await speak(store, "a senior official", type=ActorType.UNNAMED, aliases=["Senior Official"])
    assert await speak(store, "A senior official", type=ActorType.UNNAMED) == first
    assert await speak(store, "another official", type=ActorType.UNNAMED) != first
    assert await speak(store, "Senior Official", type=ActorType.PERSON) != first


async def test_two_actors_of_one_article_stay_two(store: Store) -> None:
    known = await speak(store, "Ada Quist")
    text, one = said("The dam is safe", "Ada Quist")
    _, two = said("The dam is safe", "Ms Ada Quist")
    both = Extraction((*one.actors, *two.actors), one.claims)
    await stored_article(store, article=an_article(text=text), extraction=both)
    page = await store.claims.search(ClaimQuery(), limit=10)
    assert {claim.actor_id for claim in page.claims} == {known}
    assert await speak(store, "Ada Quist") == known


async def test_a_name_of_no_letters_harms_nothing(store: Store) -> None:
    first = await speak(store, "—!—")
    assert await speak(store, "—!—") != first
    assert await speak(store, "李明") != first


async def test_extracting_again_finds_the_same_actor(store: Store) -> None:
    text, extraction = said("The dam is safe")
    stored = await stored_article(store, article=an_article(text=text), extraction=extraction)
    (before,) = (await store.claims.search(ClaimQuery(), limit=1)).claims
    await store.claims.save_extraction(stored.article_id, extraction)
    (after,) = (await store.claims.search(ClaimQuery(), limit=1)).claims
    assert after.actor_id == before.actor_id


async def test_names_are_offered_by_any_word_those_with_most_claims_first(store: Store) -> None:
    for name, times in (("Ada Quist", 1), ("Adam Berg", 3), ("Lena Adamski", 2)):
        for _ in range(times):
            await speak(store, name)
    for _ in range(4):
        await speak(store, "an adamant official", type=ActorType.UNNAMED)
    names = store.claims.actor_names
    assert await names("", GUILD, 10) == ["Adam Berg", "Lena Adamski", "Ada Quist", "an adamant official"]
    assert await names("ADAM", GUILD, 10) == ["Adam Berg", "Lena Adamski", "an adamant official"]
    assert await names("len", GUILD, 10) == ["Lena Adamski"]
    assert await names("lena ad", GUILD, 10) == ["Lena Adamski"]
    assert await names("ad", GUILD, 1) == ["Adam Berg"]
    assert await names("zz", GUILD, 10) == []
    assert await names("!!", GUILD, 10) == []


async def test_an_actor_is_offered_under_the_name_that_the_articles_use(store: Store) -> None:
    await speak(store, "Recep Tayyip Erdoğan", aliases=["Erdoğan"])
    assert await store.claims.actor_names("erdogan", GUILD, 5) == ["Recep Tayyip Erdoğan"]
    await speak(store, "Quist")
    await speak(store, "Quist")
    assert await store.claims.actor_names("quist", GUILD, 5) == ["Quist"], "two of one name are offered once"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Penhalow", "Giles Penhallow"),
        ("Pehnallow", "Giles Penhallow"),
        ("giles penhallo", "Giles Penhallow"),
        ("Gilles Penhallow", "Giles Penhallow"),
        ("Gilles Penhalow", "Giles Penhallow"),
        ("Tidde Obervatory", "Tide Observatory"),
        ("Gilles Obervatory", None),  # two of different names
        ("ePnhallow", "Giles Penhallow"),
        ("Obervatory", "Tide Observatory"),
        ("Le", None),  # too short to be sure
        ("Zzyzx", None),
        ("", None),
    ],
)
async def test_a_misspelt_name_finds_the_most_similar_one(store: Store, typed: str, meant: str | None) -> None:
    await speak(store, "Giles Penhallow")
    await speak(store, "Lee")
    await speak(store, "Tide Observatory", type=ActorType.ORG)
    assert await store.claims.similar_actors(typed, None, 5) == ([meant] if meant else [])


async def test_a_correction_never_names_somebody_whom_the_server_cannot_see(store: Store) -> None:
    await speak(store, "Giles Penhallow")
    assert await store.claims.similar_actors("Penhalow", GUILD, 5) == ["Giles Penhallow"]
    assert await store.claims.similar_actors("Penhalow", OTHER_GUILD, 5) == []
