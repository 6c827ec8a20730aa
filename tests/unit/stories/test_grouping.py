from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.stories import ArticleToGroup, StoryProfile
from bot.services.grouping import grouped_by_event
from bot.stories.grouping import DECAY_DAYS, JOINS, decay, score
from bot.stories.index import Likeness, StoryIndex
from bot.stories.passes import Placed, StoryPass
from bot.stories.terms import PROFILE_TERMS_KEPT, TERMS_KEPT, summed, terms_of
from preview.newsroom.article import DRAFTS, Draft, draft_of
from preview.newsroom.outlets import OUTLETS, FeedFormat
from preview.newsroom.scraped import scraped

NOW = datetime(2026, 7, 18, 6, tzinfo=UTC)
DAM = ArticleToGroup(
    1,
    "Dunmore dam was never in danger, mayor says",
    "Elena Marsh, the mayor of Dunmore, told residents that the dam above the town was never in danger during the "
    "flood. The River Authority opened its gates at midnight.",
    ("Elena Marsh", "River Authority"),
    NOW,
)
FLOOD = ArticleToGroup(
    2,
    "Mayor of Dunmore defends handling of flood",
    "The mayor of Dunmore has defended how the dam was run. Marsh said the gates were opened in time.",
    ("Elena Marsh",),
    NOW + timedelta(hours=3),
)
BANK = ArticleToGroup(
    3,
    "Central bank keeps its rate at 4.5%",
    "Inflation fell for the third time in a row, the governor of the bank said, and mortgages will be cheaper.",
    ("Ana Ruiz",),
    NOW,
)


def profile(article: ArticleToGroup, story_id: int = 7) -> StoryProfile:
    return StoryProfile(story_id, terms_of(article), 1, article.published_at)


def assign(article: ArticleToGroup, terms: dict[str, float], stories: list[StoryProfile]) -> int | None:
    return joined(StoryIndex.of(stories), article, terms)


def joined(index: StoryIndex, article: ArticleToGroup, terms: dict[str, float]) -> int | None:
    placed = placing(index, article, terms)
    return None if placed.is_new else placed.story_id


def placing(index: StoryIndex, article: ArticleToGroup, terms: dict[str, float]) -> Placed:
    story_pass = StoryPass(index)
    story_pass.place(article, terms)
    return story_pass.placed(article)


def test_an_article_joins_the_story_of_another_outlet_about_the_same_event() -> None:
    assert assign(FLOOD, terms_of(FLOOD), [profile(BANK, 6), profile(DAM, 7)]) == 7


def test_an_article_about_something_else_opens_a_story() -> None:
    assert assign(BANK, terms_of(BANK), [profile(DAM)]) is None


def test_the_first_article_opens_a_story() -> None:
    assert assign(DAM, terms_of(DAM), []) is None


def test_a_story_long_out_of_the_news_takes_no_more_articles() -> None:
    late = replace(FLOOD, published_at=NOW + timedelta(days=20))
    assert assign(late, terms_of(late), [profile(DAM)]) is None


def test_of_two_stories_that_are_as_near_the_older_one_is_joined() -> None:
    assert assign(FLOOD, terms_of(FLOOD), [profile(DAM, 9), profile(DAM, 8)]) == 8


def test_scraped_text_is_grouped_with_clean_text() -> None:
    glued = replace(
        FLOOD, text="the mayor of Dunmore has defended how the dam was runMarsh said the gates were openedThe"
    )
    assert assign(glued, terms_of(glued), [profile(DAM)]) == 7


def test_an_article_without_any_word_joins_nothing() -> None:
    empty = ArticleToGroup(4, "", "", (), NOW)
    assert terms_of(empty) == {}
    assert assign(empty, {}, [profile(DAM), profile(empty, 8)]) is None


def test_a_profile_that_is_put_again_replaces_the_old_one() -> None:
    index = StoryIndex.of([profile(DAM)])
    index.put(profile(BANK))
    assert joined(index, FLOOD, terms_of(FLOOD)) is None


def test_an_index_learns_the_articles_that_join_as_it_goes() -> None:
    index = StoryIndex()
    for story_id, article in ((7, DAM), (8, BANK), (7, FLOOD)):
        index.joined(story_id, terms_of(article), article.published_at)
    again = replace(FLOOD, published_at=NOW + timedelta(days=1))
    assert joined(index, again, terms_of(again)) == 7


def test_terms_of_the_title_count_more_than_those_of_the_text() -> None:
    terms = terms_of(BANK)
    assert terms["rate"] > terms["mortgage"]


def test_a_story_keeps_only_its_weightiest_terms() -> None:
    profile_terms = {f"word{n}": 1.0 for n in range(1_000)}
    assert len(summed(profile_terms, {"rare": 5.0})) == PROFILE_TERMS_KEPT
    assert "rare" in summed(profile_terms, {"rare": 5.0})


def test_decay_is_even_in_both_directions_of_time() -> None:
    assert decay(DECAY_DAYS) == decay(-DECAY_DAYS) == pytest.approx(0.6065, abs=1e-3)


@given(st.text(max_size=400), st.text(max_size=2_000), st.lists(st.text(max_size=40), max_size=10))
def test_any_text_gives_words_and_names_of_length_one_or_none(title: str, text: str, actors: list[str]) -> None:
    terms = terms_of(ArticleToGroup(1, title, text, tuple(actors), NOW))
    assert len(terms) <= 2 * TERMS_KEPT
    for marked in (False, True):
        part = [weight for term, weight in terms.items() if term.startswith("=") is marked]
        assert not part or sum(weight * weight for weight in part) == pytest.approx(1.0)


def newsroom() -> list[tuple[Draft, ArticleToGroup]]:
    drafts = [
        draft_of(path.read_text("utf-8"), outlet, path.stem)
        for outlet in OUTLETS.values()
        for path in sorted((DRAFTS / outlet.key).glob("*.md"))
    ]
    drafts.sort(key=lambda draft: -draft.age)
    return [
        (
            draft,
            ArticleToGroup(
                number,
                draft.title,
                scraped(draft.paragraphs)
                if draft.outlet.feed_format is FeedFormat.SCRAPED_RSS
                else "\n\n".join(draft.paragraphs),
                (),
                NOW - draft.age,
            ),
        )
        for number, draft in enumerate(drafts)
    ]


def test_the_articles_of_the_newsroom_are_grouped_as_they_were_written() -> None:
    written = newsroom()
    events = {article.article_id: draft.story or draft.slug for draft, article in written}
    found: dict[int, set[str]] = {}
    stories: dict[str, set[int]] = {}
    for article, story_id in grouped_by_event([article for _, article in written]):
        found.setdefault(story_id, set()).add(events[article.article_id])
        stories.setdefault(events[article.article_id], set()).add(story_id)
    assert all(len(told) == 1 for told in found.values()), "different events thrown together"
    assert all(len(ids) == 1 for ids in stories.values()), "one event torn apart"
    assert len(stories) > 10


def test_events_that_look_alike_are_told_apart_by_their_names() -> None:
    def clinic(number: int, name: str, show: str) -> ArticleToGroup:
        text = (
            f"{name} has checked into a clinic, a spokesman for the actress said on Tuesday. {name}, the star of "
            f"{show}, asks for privacy. Friends and family support her decision to seek treatment."
        )
        return ArticleToGroup(number, f"{name} checks into a rehab clinic", text, (name,), NOW)

    one, other = clinic(1, "Mara Quill", "Night Harbour"), clinic(2, "Tess Arden", "The Orchard")
    again = clinic(3, "Mara Quill", "Night Harbour")
    stories = [profile(BANK, 4), profile(DAM, 5), profile(one, 6)]
    assert assign(again, terms_of(again), stories) == 6
    assert assign(other, terms_of(other), stories) is None


def test_a_story_that_was_dropped_takes_no_more_articles() -> None:
    index = StoryIndex.of([profile(DAM)])
    index.forget(NOW)
    assert joined(index, FLOOD, terms_of(FLOOD)) == 7
    index.forget(NOW + timedelta(seconds=1))
    assert joined(index, FLOOD, terms_of(FLOOD)) is None
    index.drop(7)


def test_an_article_about_two_stories_shows_that_they_are_one() -> None:
    index = StoryIndex.of([profile(BANK, 4), profile(DAM, 7), profile(replace(DAM, title="Dunmore dam"), 9)])
    assert placing(index, FLOOD, terms_of(FLOOD)) == Placed(7, (9,))


def test_the_story_with_more_articles_stays() -> None:
    index = StoryIndex.of([profile(BANK, 4), profile(DAM, 7)])
    for _ in range(2):
        index.joined(9, terms_of(DAM), NOW)
    assert placing(index, FLOOD, terms_of(FLOOD)) == Placed(9, (7,))


def test_two_stories_of_several_articles_stay_two() -> None:
    index = StoryIndex.of([profile(BANK, 4)])
    for story_id in (7, 7, 9, 9):
        index.joined(story_id, terms_of(DAM), NOW)
    assert placing(index, FLOOD, terms_of(FLOOD)).absorbed == ()


def test_a_teaser_needs_fewer_shared_names_than_a_text_and_the_weights_change_gently_with_its_length() -> None:
    shared = Likeness(1, words=0.35, names=0.1, numbers=0.0, lead=0.5, days=0.0, size=1)
    assert score(shared, 10) >= JOINS > score(shared, 120)
    worths = [score(shared, words) for words in range(1, 130)]
    assert all(abs(after - before) < 0.5 for before, after in pairwise(worths))
