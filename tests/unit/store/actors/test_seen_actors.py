"""The actors as a server sees them: merges in chains and circles, splits, names, and what is hidden."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.model.actor_changes import ActorChange, ActorChangeKind, ChangedBy
from bot.model.reports import EVERYWHERE
from bot.store.actors.seen_actors import SeenActors
from tests.factories import GUILD, NOON

MERGE, SPLIT, RENAME, HIDE = ActorChangeKind
ARTICLES = range(50, 54)


def made(*changes: tuple[Any, ...]) -> SeenActors:
    """Return the actors after changes: kind, actor, and what it leads to (an actor, a name, or articles)."""
    return SeenActors(tuple(_change(number, *one) for number, one in enumerate(changes, 1)))


def _change(number: int, kind: ActorChangeKind, actor_id: int, to: Any = None) -> ActorChange:
    change = ActorChange(number, GUILD, kind, actor_id, None, None, (), 7, NOON)
    if kind is MERGE:
        return replace(change, into_id=to, name=f"Actor {to}")
    if kind is SPLIT:
        return replace(change, article_ids=tuple(to), name=f"Split {number}")
    return replace(change, name=to)


def test_without_changes_everybody_is_who_they_are() -> None:
    actors = SeenActors()
    assert not actors
    assert actors.seen(5, 50) == 5
    assert actors.name_of(5) is None
    assert [part.actor_id for part in actors.parts_of({5})] == [5]


def test_a_chain_of_merges_leads_to_the_last_actor() -> None:
    for chain in ([(MERGE, 1, 2), (MERGE, 2, 3)], [(MERGE, 2, 3), (MERGE, 1, 3)]):
        actors = made(*chain)
        assert [actors.seen(one) for one in (1, 2, 3)] == [3, 3, 3]
        assert actors.name_of(3) == "Actor 3"
        assert [part.actor_id for part in actors.parts_of({3})] == [1, 2, 3]
        assert actors.parts_of({1}) == []


def test_a_circle_of_merges_ends_where_it_was_closed() -> None:
    actors = made((MERGE, 1, 2), (MERGE, 2, 1))
    assert [actors.seen(one) for one in (1, 2)] == [1, 1]
    actors = made((MERGE, 1, 2), (MERGE, 2, 3), (MERGE, 3, 1))
    assert {actors.seen(one) for one in (1, 2, 3)} == {1}


def test_without_a_merge_in_the_middle_the_others_hold() -> None:
    actors = made((MERGE, 2, 3))
    assert [actors.seen(one) for one in (1, 2, 3)] == [1, 3, 3]


def test_a_split_makes_another_actor_in_its_articles_only() -> None:
    actors = made((SPLIT, 1, [50, 51]))
    assert [actors.seen(1, article) for article in (50, 51, 52)] == [-1, -1, 1]
    assert actors.seen(1) == 1
    assert actors.name_of(-1) == "Split 1"
    (rest,) = actors.parts_of({1})
    (parted,) = actors.parts_of({-1})
    assert (rest.actor_id, rest.all_but, rest.articles) == (1, True, frozenset({50, 51}))
    assert (parted.actor_id, parted.all_but, parted.articles) == (1, False, frozenset({50, 51}))


def test_what_was_split_off_can_be_merged_and_split_again() -> None:
    actors = made((MERGE, 1, 2), (SPLIT, 2, [50, 51]), (MERGE, -2, 9), (SPLIT, 9, [51]))
    assert [actors.seen(1, article) for article in (50, 51, 52)] == [9, -4, 2]
    assert [actors.seen(2, article) for article in (50, 51, 52)] == [9, -4, 2]


def test_a_name_that_was_given_counts_before_that_of_a_merge() -> None:
    actors = made((RENAME, 2, "Ada Quist"), (MERGE, 1, 2), (RENAME, 5, "The Ministry"), (RENAME, 5, "Defence"))
    assert (actors.name_of(2), actors.name_of(5)) == ("Ada Quist", "Defence")
    assert actors.called("ada QUIST") == {2}
    assert actors.called_like("qu") == {2}
    assert actors.called_like("quist a") == {2}
    assert actors.called_like("") == actors.called("…") == set()


def test_who_is_merged_with_a_hidden_actor_is_hidden_and_who_was_hidden_before_a_merge_is_not() -> None:
    actors = made((HIDE, 2, "Two"), (MERGE, 1, 2), (HIDE, 3, "Three"), (MERGE, 3, 4))
    assert [actors.seen(one) in actors.hidden for one in (1, 2, 3, 4)] == [True, True, False, False]


def step_by_step(changes: Sequence[ActorChange], actor_id: int, article_id: int) -> int:
    """Return what `SeenActors.seen` returns, from its definition."""
    for change in changes:
        if change.actor_id == actor_id and (change.kind is MERGE or article_id in change.article_ids):
            actor_id = change.becomes
    return actor_id


ACTORS = st.integers(-4, 5).filter(bool)
CHANGES = st.one_of(
    st.tuples(st.just(MERGE), ACTORS, ACTORS).filter(lambda one: one[1] != one[2]),
    st.tuples(st.just(SPLIT), ACTORS, st.lists(st.sampled_from(ARTICLES), min_size=1, unique=True)),
    st.tuples(st.just(HIDE), ACTORS, st.just("Hidden")),
)


@given(st.lists(CHANGES, max_size=8))
def test_any_changes_hold_one_after_the_other_and_every_claim_belongs_to_one_actor(changes: list[Any]) -> None:
    actors = made(*changes)
    for stored in range(1, 6):
        for article in (*ARTICLES, 99):
            seen = step_by_step(actors.changes, stored, article)
            assert actors.seen(stored, article) == seen
            owners = [
                seen_id
                for seen_id in {actors.seen(one, at) for one in range(1, 6) for at in (*ARTICLES, 99)}
                for part in actors.parts_of({seen_id})
                if part.actor_id == stored and (article in part.articles) != part.all_but
            ]
            assert owners == [seen]


def test_a_change_is_the_servers_if_those_of_the_host_alone_would_show_something_else() -> None:
    by_host = replace(_change(1, RENAME, 1, "Ada"), guild_id=EVERYWHERE)
    actors = SeenActors((by_host, _change(2, MERGE, 2, 1), _change(3, HIDE, 3)))
    assert [actors.changed_by(one, 50) for one in (1, 2, 3, 4)] == [
        ChangedBy.HOST,
        ChangedBy.SERVER,
        ChangedBy.SERVER,
        None,
    ]


def test_of_whom_something_else_is_shown_is_told_by_parts() -> None:
    before = made((MERGE, 1, 2), (MERGE, 2, 3))
    after = SeenActors(before.changes[1:])
    assert [(one.actor_id, one.all_but) for one in before.shown_otherwise(after)] == [(1, True)]
    assert before.shown_otherwise(before) == []
    (part,) = SeenActors().shown_otherwise(made((SPLIT, 5, [50, 51])))
    assert (part.actor_id, part.all_but, part.articles) == (5, False, frozenset({50, 51}))
