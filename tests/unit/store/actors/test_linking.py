"""Which actors of different articles are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.claims import Actor, ActorType
from bot.store.actors.linking import KnownName, linked_actor, names_of

PERSON, BODY, COUNTRY = ActorType.PERSON, ActorType.ORG, ActorType.GPE


def links(name: str, kind: ActorType, *aliases: str) -> dict[str, bool]:
    return {n.folded: n.links for n in names_of(Actor(name, kind, aliases=aliases))}


@pytest.mark.parametrize(
    ("name", "kind", "distinct"),
    [
        ("Ada Quist", PERSON, True),
        ("Bashar al-Assad", PERSON, True),
        ("Quist", PERSON, False),
        ("Dr Quist", PERSON, False),
        ("the engineer", PERSON, False),
        ("ada quist", PERSON, False),
        ("His Excellency", PERSON, False),
        ("NATO", BODY, True),
        ("Germany", COUNTRY, True),
        ("Police", BODY, False),
        ("The Ministry", BODY, False),
        ("officials", ActorType.GROUP, False),
        ("Ministry of Health", BODY, True),
        ("a senior official", ActorType.UNNAMED, True),
    ],
)
def test_a_name_links_where_it_is_distinct(name: str, kind: ActorType, distinct: bool) -> None:
    assert names_of(Actor(name, kind))[0].links is distinct


def test_aliases_link_where_they_are_full_names_or_abbreviations() -> None:
    found = links("European Union", BODY, "EU", "the Union", "Brussels", "European Union bloc")
    assert found == {
        "european union": True,
        "eu": True,
        "union": False,
        "brussels": False,
        "european union bloc": True,
    }
    assert links("Ada Quist", PERSON, "Quist", "Ada K Quist") == {
        "ada quist": True,
        "quist": False,
        "ada k quist": True,
    }


def test_nothing_is_linked_twice_in_one_article_nor_across_kinds() -> None:
    actor = Actor("Ada Quist", PERSON)
    known = [KnownName(1, PERSON, "ada quist", own=True)]
    assert linked_actor(actor, names_of(actor), known, set()) == 1
    assert linked_actor(actor, names_of(actor), known, {1}) is None
    body = Actor("Ada Quist", BODY)
    assert linked_actor(body, names_of(body), known, set()) is None


def test_the_own_name_counts_more_than_an_alias_and_the_same_type_more_than_one_like_it() -> None:
    actor = Actor("SOHR", BODY)
    known = [
        KnownName(1, BODY, "sohr", own=False),
        KnownName(2, COUNTRY, "sohr", own=True),
        KnownName(3, BODY, "sohr", own=True),
    ]
    assert linked_actor(actor, names_of(actor), known, set()) == 3
    assert linked_actor(actor, names_of(actor), known[:2], set()) == 2
    assert linked_actor(actor, names_of(actor), known[:1], set()) == 1


def test_two_equal_aliases_are_not_enough() -> None:
    actor = Actor("Press Association", BODY, aliases=("PA",))
    assert linked_actor(actor, names_of(actor), [KnownName(1, BODY, "pa", own=False)], set()) is None
    assert linked_actor(actor, names_of(actor), [KnownName(1, BODY, "pa", own=True)], set()) == 1


@given(st.text(), st.lists(st.text(), max_size=4), st.sampled_from(ActorType))
def test_names_of_any_actor_are_few_and_each_once(name: str, aliases: list[str], kind: ActorType) -> None:
    names = names_of(Actor(name, kind, aliases=tuple(aliases)))
    assert len({n.folded for n in names}) == len(names) <= len(aliases) + 2
    assert all(n.folded for n in names)
