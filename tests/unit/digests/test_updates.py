"""A story that goes on: only what is new is shown, and nothing if nothing new was said."""

from collections.abc import Sequence

from bot.digests.compose import compose
from bot.model.digests import Composition, DigestArticle, DigestClaim, ToldBefore
from tests.unit.digests.samples import MINIMUM, NOW, ZONE, article, claim

SAFE = claim(1, "Elena Marsh", "The dam was never in danger last winter")
OPEN = claim(2, "Elena Marsh", "A lower gate of the dam opens on Friday morning")


def composed_after(told: Sequence[DigestClaim], *articles: DigestArticle, story_id: int = 7) -> Composition:
    before = {story_id: ToldBefore(1, tuple(told))}
    return compose(articles, NOW, timezone=ZONE, minimum_confidence=MINIMUM, told_before=before)


def test_a_story_that_was_shown_is_an_update_with_the_new_claims_alone() -> None:
    again = claim(3, "Marsh", "The dam was never in danger last winter", outlet="Daily Post")
    digest = composed_after([SAFE], article(2, 7, "Daily Post", [again, OPEN])).digest
    assert digest is not None
    (story,) = digest.stories
    assert story.is_update
    assert [one.claim.claim_id for one in story.claims] == [2]
    assert story.claims_left_out == 0


def test_where_nothing_new_is_said_nothing_is_shown_and_the_articles_count_as_shown() -> None:
    again = claim(3, "Marsh", "The dam was never in danger last winter", outlet="Daily Post")
    made = composed_after([SAFE], article(2, 7, "Daily Post", [again]))
    assert made.digest is None
    assert made.covers == {2: 1}


def test_an_update_of_which_nothing_can_be_understood_alone_is_not_shown() -> None:
    leans = claim(3, "Nils Berg", "It was bound to happen to them some day", outlet="Daily Post")
    made = composed_after([SAFE], article(2, 7, "Daily Post", [leans]))
    assert made.digest is None
    assert made.covers == {2: 1}


def test_an_article_whose_claims_are_not_sure_may_be_shown_once_they_are() -> None:
    unsure = claim(3, "Ana Ruiz", "Nothing is sure about any of this", confidence=0.1)
    assert composed_after([SAFE], article(2, 7, "Daily Post", [unsure])) == Composition(None, {})


def test_other_stories_are_no_updates() -> None:
    digest = composed_after([SAFE], article(2, 8, "Daily Post", [OPEN])).digest
    assert digest is not None
    assert not digest.stories[0].is_update


def test_an_article_without_a_story_is_no_update_of_the_story_with_its_number() -> None:
    digest = composed_after([SAFE], article(7, None, "Daily Post", [SAFE])).digest
    assert digest is not None
    assert not digest.stories[0].is_update


def test_a_story_that_is_new_to_the_channel_comes_before_an_update_of_equal_weight() -> None:
    update = article(2, 7, "Daily Post", [OPEN])
    unknown = article(
        3, 8, "Daily Post", [claim(4, "Ana Ruiz", "Prices in Dunmore will fall by the end of spring")]
    )
    digest = composed_after([SAFE], update, unknown).digest
    assert digest is not None
    assert [story.lead.article_id for story in digest.stories] == [3, 2]
