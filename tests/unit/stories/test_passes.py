"""Articles that wait together: where each belongs once the others are known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from bot.model.stories import ArticleToGroup, StoryProfile
from bot.services.grouping import grouped_by_event
from bot.stories.index import StoryIndex
from bot.stories.passes import MOST_TOGETHER, ROUNDS, TOGETHER, Placed, StoryPass, passes_of
from bot.stories.terms import terms_of

NOW = datetime(2026, 7, 18, 6, tzinfo=UTC)


def written(number: int, title: str, text: str, *, at: datetime = NOW) -> ArticleToGroup:
    return ArticleToGroup(number, title, text, (), at)


FERRY = written(
    1,
    "Ferry Halcyon sinks off Brenn Point",
    "The ferry Halcyon sank off Brenn Point on Friday night after a fire in her engine room. The coastguard of "
    "Torvik took all 212 passengers off, captain Nils Aaker said.",
)
RESCUE = written(
    2,
    "All 212 aboard the Halcyon are safe",
    "Lifeboats from Torvik reached the burning ferry Halcyon within an hour. Captain Nils Aaker praised the "
    "coastguard, which brought every passenger to Brenn Point.",
)
INQUIRY = written(
    3,
    "Engine of the Halcyon was repaired last month",
    "The engine of the ferry Halcyon, which sank off Brenn Point, had been repaired in Torvik in June, her owner "
    "said. Captain Nils Aaker will be heard by the coastguard.",
)
BANK = written(
    4,
    "Central bank of Maravia keeps its rate at 4.5%",
    "Inflation fell for the third time in a row, governor Ana Ruiz said in Port Elena. Mortgages will be cheaper.",
)
HARVEST = written(
    5,
    "Growers expect a poor olive harvest",
    "After two dry winters the growers of the Castra valley expect half as many olives as usual, Pilar Osorio of "
    "their union said.",
)

THANKS = written(
    6,
    "Halcyon survivors thank crew",
    "Many travellers who were on board wrote to the crew of the ferry on Saturday. They praised the cooks, who "
    "made tea for everyone in the lifeboats, and the band, which played on.",
)
"""It shares little with each single article on the ferry, and enough with all of them."""


def grouped(articles: Sequence[ArticleToGroup], index: StoryIndex | None = None) -> dict[int, Placed]:
    story_pass = StoryPass(index if index is not None else StoryIndex())
    for _ in range(ROUNDS):
        for article in articles:
            story_pass.place(article, terms_of(article))
    return {article.article_id: story_pass.placed(article) for article in articles}


def together(placed: dict[int, Placed]) -> set[frozenset[int]]:
    stories = {place.story_id for place in placed.values()}
    return {frozenset(number for number, place in placed.items() if place.story_id == one) for one in stories}


def profile(article: ArticleToGroup, story_id: int) -> StoryProfile:
    return StoryProfile(story_id, terms_of(article), 1, article.published_at)


def test_the_order_within_a_pass_does_not_matter() -> None:
    for order in permutations((FERRY, RESCUE, INQUIRY, THANKS, BANK)):
        assert together(grouped(order)) == {frozenset({1, 2, 3, 6}), frozenset({4})}


def test_a_new_story_is_none_of_the_stories_that_are_known() -> None:
    placed = grouped([FERRY, BANK], StoryIndex.of([profile(HARVEST, 7)]))
    assert all(place.is_new for place in placed.values())
    assert len(together(placed)) == 2


def test_an_article_joins_a_story_of_an_earlier_pass_which_keeps_its_number() -> None:
    index = StoryIndex.of([profile(FERRY, 7), profile(BANK, 8)])
    assert grouped([RESCUE, INQUIRY, HARVEST], index)[2] == Placed(7)
    assert grouped([RESCUE, INQUIRY, HARVEST], index)[3] == Placed(7)


def test_placing_changes_nothing_in_what_was_known_before() -> None:
    index = StoryIndex.of([profile(FERRY, 7), profile(RESCUE, 8), profile(BANK, 9)])
    before = [index.known(number) for number in (7, 8, 9)]
    assert grouped([INQUIRY, HARVEST], index)[3].absorbed
    assert [index.known(number) for number in (7, 8, 9)] == before
    assert len(index) == 3


def test_a_new_story_goes_into_one_that_was_shown_even_if_it_has_more_articles() -> None:
    index = StoryIndex.of([profile(BANK, 6), profile(replace(FERRY, title="Ferry sinks"), 7)])
    placed = grouped([RESCUE, replace(RESCUE, article_id=9), INQUIRY, replace(INQUIRY, article_id=10)], index)
    assert {place.story_id for place in placed.values()} == {7}


def test_an_article_that_is_alone_keeps_its_story_in_every_round() -> None:
    story_pass = StoryPass(StoryIndex())
    story_pass.place(BANK, terms_of(BANK))
    first = story_pass.placed(BANK)
    story_pass.place(BANK, terms_of(BANK))
    assert story_pass.placed(BANK) == first


def test_a_pass_has_so_many_articles_of_one_day_and_no_more() -> None:
    stream = [replace(BANK, article_id=number, published_at=NOW + number * TOGETHER / 4) for number in range(9)]
    assert [[one.article_id for one in together] for together in passes_of(stream)] == [
        [0, 1, 2, 3, 4],
        [5, 6, 7, 8],
    ]
    assert [len(together) for together in passes_of([BANK] * (MOST_TOGETHER + 1))] == [MOST_TOGETHER, 1]
    assert list(passes_of([])) == []


def test_a_file_of_weeks_is_grouped_pass_by_pass() -> None:
    late = replace(INQUIRY, published_at=NOW + timedelta(days=3))
    found = {article.article_id: story for article, story in grouped_by_event([late, BANK, FERRY, RESCUE])}
    assert found[1] == found[2] == found[3] != found[4]


@given(st.lists(st.tuples(st.integers(1, 6), st.text("abc ", max_size=8)), max_size=12))
def test_whatever_the_articles_are_each_is_in_one_story(given_texts: list[tuple[int, str]]) -> None:
    articles = [written(number, text, text) for number, text in dict(given_texts).items()]
    placed = grouped(articles, StoryIndex.of([profile(FERRY, 7), profile(written(8, "a b", "ab ca"), 8)]))
    assert placed.keys() == {article.article_id for article in articles}
    assert all(place.is_new or place.story_id in {7, 8} for place in placed.values())
