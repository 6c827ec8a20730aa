from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.compose import chosen_claims
from bot.model.digests import DigestArticle, DigestClaim, MergedClaim
from tests.unit.digests.samples import MINIMUM, article, claim, composed

DAM = article(
    1,
    7,
    "The Courier",
    [
        claim(1, "Elena Marsh", "The dam was never in danger during the flood"),
        claim(2, "Tom Okafor", "Residents of the valley had no warning"),
        claim(3, None, "The spillway was inspected only last May"),
    ],
    actors=("Elena Marsh", "Tom Okafor"),
)
POST = article(
    2, 7, "Daily Post", [claim(4, "Marsh", "The dam was never in danger", outlet="Daily Post")], actors=("Marsh",)
)
BANK = article(3, 8, "The Courier", [claim(5, "Ana Ruiz", "Prices will fall by the end of spring")])


def test_nothing_to_show_is_no_digest() -> None:
    assert composed([]) is None
    assert composed([article(9, None, "Heap", [])]) is None


def test_articles_are_shown_by_story_and_the_widely_reported_story_first() -> None:
    digest = composed([BANK, POST, DAM])
    assert digest is not None
    assert [(s.lead.article_id, [o.article_id for o in s.others]) for s in digest.stories] == [(1, [2]), (3, [])]
    assert set(digest.article_ids) == {1, 2, 3}


def test_articles_without_a_story_stand_alone() -> None:
    digest = composed([replace(DAM, story_id=None), replace(POST, story_id=None)])
    assert digest is not None
    assert len(digest.stories) == 2


def test_claims_below_the_minimum_confidence_are_not_shown() -> None:
    unsure = article(4, 9, "Heap", [claim(6, "Ana Ruiz", "Nothing is sure about any of this", confidence=0.1)])
    assert composed([unsure]) is None


def test_a_claim_of_several_outlets_is_shown_once_and_names_them() -> None:
    digest = composed([DAM, POST])
    assert digest is not None
    said = digest.stories[0].claims[0]
    assert said.claim.claim_id == 1
    assert [other.outlet for other in said.also_in] == ["Daily Post"]


def test_the_unknown_speaker_comes_last() -> None:
    digest = composed([DAM])
    assert digest is not None
    assert [said.claim.actor for said in digest.stories[0].claims][-1] is None


def test_several_actors_are_heard_before_one_is_heard_again() -> None:
    said = [claim(n, "Elena Marsh", f"The mayor said sentence number {n} of many") for n in range(1, 6)]
    other = claim(9, "Tom Okafor", "Residents of the valley had no warning", confidence=0.5)
    digest = composed([article(1, 7, "The Courier", [*said, other])])
    assert digest is not None
    (story,) = digest.stories
    assert [c.claim.actor for c in story.claims] == ["Elena Marsh"] * 3 + ["Tom Okafor"]
    assert story.claims_left_out == 2


def test_an_outlet_is_linked_once_and_its_other_articles_are_covered() -> None:
    again = replace(POST, article_id=12, claims=())
    digest = composed([DAM, POST, again])
    assert digest is not None
    (story,) = digest.stories
    assert [other.article_id for other in story.others] == [2]
    assert story.covered == (12,)
    assert set(digest.article_ids) == {1, 2, 12}


def test_stories_beyond_the_limit_are_counted_and_wait() -> None:
    many = [
        article(n, n, "Heap", [claim(n, "Ana Ruiz", f"This is the claim of story number {n}")])
        for n in range(1, 14)
    ]
    digest = composed(many)
    assert digest is not None
    assert len(digest.stories) == 10
    assert digest.stories_left_out == 3
    assert len(digest.article_ids) == 10


def test_key_actors_are_named_once_by_their_fullest_name() -> None:
    digest = composed([DAM, POST])
    assert digest is not None
    assert digest.stories[0].actors == ("Elena Marsh", "Tom Okafor")


claims = st.builds(
    claim,
    st.integers(1, 500),
    st.sampled_from(["Elena Marsh", "Marsh", "Tom Okafor", "", None]),
    st.text(max_size=80),
    confidence=st.floats(0, 1),
    outlet=st.sampled_from("ABC"),
)
articles = st.builds(
    article,
    st.integers(1, 50),
    st.integers(1, 5) | st.none(),
    st.sampled_from("ABC"),
    st.lists(claims, max_size=5),
    actors=st.lists(st.text(max_size=20), max_size=5),
)


@given(st.lists(articles, max_size=12, unique_by=lambda a: a.article_id))
def test_no_article_is_shown_twice_and_every_story_has_a_claim(found: list[DigestArticle]) -> None:
    digest = composed(found)
    if digest is None:
        assert all(c.confidence < MINIMUM for a in found for c in a.claims)
        return
    assert len(digest.article_ids) == len(set(digest.article_ids))
    assert all(1 <= len(story.claims) <= 4 for story in digest.stories)
    assert all(c.claim.confidence >= MINIMUM for s in digest.stories for c in s.claims)


@given(st.lists(claims, max_size=12), st.integers(0, 5))
def test_as_many_claims_are_chosen_as_there_is_room_for(found: list[DigestClaim], shown: int) -> None:
    chosen = chosen_claims([MergedClaim(c) for c in found], shown)
    assert len(chosen) == min(shown, len(found))


def test_who_is_only_described_is_a_key_actor_behind_those_with_names() -> None:
    said = claim(1, "Meera Kirtane", "We are joining hands.")
    told = article(1, None, "The Courier", [said], actors=("companies", "Meera Kirtane", "Sahyadri"))
    digest = composed([told])
    assert digest is not None
    assert digest.stories[0].actors == ("Meera Kirtane", "Sahyadri", "companies")
