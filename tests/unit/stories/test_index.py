"""The index of stories: what it finds, and that it is the same however it came about."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.stories import StoryProfile
from bot.stories.index import COMPARED, IDF_STORIES, StoryIndex, numbered, term_number
from bot.stories.terms import summed

NOW = datetime(2026, 7, 18, 6, tzinfo=UTC)
TERMS = st.dictionaries(
    st.sampled_from([f"{mark}{word}" for mark in ("", "=") for word in "abcdefgh12"]), st.floats(0.1, 2)
)


def story(number: int, *words: str, at: datetime = NOW) -> StoryProfile:
    return StoryProfile(number, dict.fromkeys(words, 1.0), 1, at)


def found(index: StoryIndex, *words: str) -> list[int]:
    return [likeness.story_id for likeness in index.likeliest(numbered(dict.fromkeys(words, 1.0)), [], NOW)]


def test_stories_that_share_a_term_are_found() -> None:
    index = StoryIndex.of([story(1, "dam", "oslo"), story(2, "bank"), story(3, "oslo")])
    assert sorted(found(index, "oslo", "bridge")) == [1, 3]
    assert found(index, "bridge") == []


def test_words_names_and_numbers_are_compared_apart() -> None:
    index = StoryIndex.of([story(1, "dam", "=oslo", "=12")])
    (likeness,) = index.likeliest(
        numbered({"dam": 1.0, "=oslo": 1.0, "=bergen": 1.0, "=14": 1.0}),
        [term_number("=oslo"), term_number("=bergen")],
        NOW,
    )
    assert likeness.words == pytest.approx(1.0)
    assert 0.5 < likeness.names < 0.9
    assert likeness.numbers == 0.0
    assert 0.3 < likeness.lead < 0.6


def test_of_many_stories_only_the_likeliest_are_compared() -> None:
    index = StoryIndex.of([story(number, "rain") for number in range(1, 200)] + [story(200, "rain", "dam")])
    likeliest = found(index, "rain", "dam")
    assert len(likeliest) == COMPARED
    assert likeliest[0] == 200


def test_a_term_of_thousands_of_stories_costs_no_more_than_of_some() -> None:
    index = StoryIndex.of([story(number, "rain") for number in range(1, 5_000)])
    assert len(found(index, "rain")) == COMPARED


def test_likeness_does_not_depend_on_how_many_other_stories_there_are() -> None:
    def likeness(others: int) -> float:
        shared = [story(number, "rain", f"w{number}") for number in range(10, 10 + others // 10)]
        rest = [story(10_000 + number, f"v{number}") for number in range(others - len(shared))]
        index = StoryIndex.of([story(1, "rain", "dam", "oslo"), *shared, *rest])
        return next(
            one.words for one in index.likeliest(numbered({"rain": 1.0, "dam": 1.0}), [], NOW) if one.story_id == 1
        )

    assert likeness(4 * IDF_STORIES) == pytest.approx(likeness(16 * IDF_STORIES), abs=0.01)


@given(st.lists(st.tuples(st.integers(1, 4), TERMS), max_size=12), st.integers(1, 4), st.integers(1, 4))
def test_an_index_is_the_same_whether_it_was_loaded_or_learnt(
    articles: list[tuple[int, dict[str, float]]], absorbed: int, into: int
) -> None:
    learnt = StoryIndex()
    stored: dict[int, StoryProfile] = {}
    for number, (story_id, terms) in enumerate(articles):
        at = NOW + timedelta(hours=number)
        learnt.joined(story_id, terms, at)
        old = stored.get(story_id, StoryProfile(story_id, {}, 0, at))
        stored[story_id] = StoryProfile(story_id, summed(old.terms, terms), old.size + 1, at)
    if absorbed != into and {absorbed, into} <= stored.keys():
        learnt.merge(absorbed, into)
        gone, stays = stored.pop(absorbed), stored[into]
        last = max(gone.last_at, stays.last_at)
        stored[into] = StoryProfile(into, summed(stays.terms, gone.terms), gone.size + stays.size, last)
    loaded = StoryIndex.of(stored.values())
    assert len(learnt) == len(loaded) == len(stored)
    for terms in ({"a": 1.0, "=a": 1.0}, {"b": 1.0, "=1": 0.5}):
        one, other = (
            {found.story_id: found for found in i.likeliest(numbered(terms), [term_number("=a")], NOW)}
            for i in (learnt, loaded)
        )
        assert one.keys() == other.keys()
        for story_id, likeness in one.items():
            assert likeness.words == pytest.approx(other[story_id].words, abs=1e-5)
            assert (likeness.size, likeness.days) == (other[story_id].size, other[story_id].days)


def test_an_index_over_another_weighs_terms_like_one_index_of_all_stories() -> None:
    below = [story(1, "dam", "oslo"), story(2, "bank", "oslo"), story(3, "rain")]
    over, whole = StoryIndex.over(StoryIndex.of(below)), StoryIndex.of(below)
    for index in (over, whole):
        index.put(story(4, "dam", "rain", "snow"))
    over.put_weights(1, *over.take(1))
    asked = numbered({"dam": 1.0, "oslo": 0.5, "rain": 0.5})
    found_over, found_whole = ({f.story_id: f for f in i.likeliest(asked, [], NOW)} for i in (over, whole))
    assert found_over == {number: found_whole[number] for number in (1, 4)}


def test_only_an_index_over_another_takes_stories_from_it() -> None:
    with pytest.raises(KeyError):
        StoryIndex.of([story(1, "dam")]).take(1)
    with pytest.raises(KeyError):
        StoryIndex.over(StoryIndex.of([story(1, "dam")])).take(2)


def test_a_story_that_is_dropped_leaves_room_for_another() -> None:
    index = StoryIndex.of([story(1, "dam"), story(2, "dam", "oslo"), story(3, "oslo")])
    index.drop(2)
    index.drop(2)
    index.put(story(4, "oslo"))
    assert found(index, "dam") == [1]
    assert sorted(found(index, "oslo")) == [3, 4]


def test_the_parts_of_the_vector_have_numbers_of_their_own() -> None:
    assert [term_number(term) >> 30 for term in ("dam", "=dam", "=12", "12", "=")] == [0, 1, 2, 0, 1]
