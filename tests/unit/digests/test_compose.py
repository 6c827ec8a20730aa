from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.compose import CLAIMS_SHOWN, STORIES_SHOWN
from bot.model.digests import DigestArticle
from tests.unit.digests.samples import MINIMUM, article, claim, composed

DAM = article(
    1,
    7,
    "The Courier",
    [
        claim(1, "Elena Marsh", "The dam was never in danger last winter"),
        claim(2, "Tom Okafor", "Residents of Dunmore had no warning"),
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
    assert len(digest.stories) == STORIES_SHOWN
    assert digest.stories_left_out == 13 - STORIES_SHOWN
    assert len(digest.article_ids) == STORIES_SHOWN


def test_key_actors_are_those_who_are_shown() -> None:
    digest = composed([DAM, POST])
    assert digest is not None
    (story,) = digest.stories
    assert set(story.actors) == {said.claim.actor for said in story.claims} == {"Elena Marsh", "Tom Okafor"}


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
def test_no_article_is_shown_twice_and_no_story_has_more_claims_than_asked(found: list[DigestArticle]) -> None:
    digest = composed(found)
    if digest is None:
        assert all(c.confidence < MINIMUM for a in found for c in a.claims)
        return
    assert len(digest.article_ids) == len(set(digest.article_ids))
    assert all(len(story.claims) <= CLAIMS_SHOWN for story in digest.stories)
    assert all(story.claims or story.claims_left_out for story in digest.stories)
    assert all(c.claim.confidence >= MINIMUM for s in digest.stories for c in s.claims)


def test_who_is_only_described_is_no_key_actor() -> None:
    digest = composed(
        [article(1, None, "The Courier", [claim(1, "companies", "We are joining hands with the port")])]
    )
    assert digest is not None
    assert digest.stories[0].actors == ()


def test_a_story_counts_its_independent_sources_and_those_rank_it() -> None:
    def told(number: int, story: int, outlet: str, origin: str) -> DigestArticle:
        said = [claim(number, "Elena Marsh", f"The dam number {number} was never in any danger")]
        return replace(article(number, story, outlet, said), origin=origin)

    copied = [told(1, 7, "Courier", "Reuters"), told(2, 7, "Post", "Reuters"), told(3, 7, "Echo", "Reuters")]
    own = [told(4, 8, "Courier", ""), told(5, 8, "Post", "")]
    digest = composed([*copied, *own])
    assert digest is not None
    assert [story.lead.story_id for story in digest.stories] == [8, 7]
    assert [(story.origins, story.fewer_origins) for story in digest.stories] == [(2, 0), (1, 1)]


def test_a_story_says_who_denies_what_another_one_claims() -> None:
    leak = claim(1, "Karin Holt", "the company had known about the leak at Varnes since March")
    denial = replace(claim(2, "Nils Egede", "that it had known about the leak at Varnes"), cue="denied")
    digest = composed([article(1, 7, "Courier", [leak]), article(2, 7, "Post", [denial])])
    assert digest is not None
    assert digest.stories[0].disputed == ("Karin Holt", "Nils Egede")
    calm = composed([article(1, 7, "Courier", [leak])])
    assert calm is not None
    assert calm.stories[0].disputed is None


def test_a_second_claim_is_understood_with_the_first_and_adds_something() -> None:
    first = claim(1, "Elena Marsh", "The dam of Dunmore sheltered 240,000 people and a ferry")
    explained = claim(5, "Tom Okafor", "Nobody on the ferry was hurt by stones")
    again = claim(6, "Ana Ruiz", "Some 2.4 lakh people of Dunmore slept behind a dam")
    other = claim(7, "Ana Ruiz", "Nobody on the bus was hurt by stones")
    filler = [claim(n, "Nils Berg", "It was a long night for them") for n in range(2, 5)]
    digest = composed([article(1, 7, "The Courier", [first, *filler, explained, again, other])])
    assert digest is not None
    assert [said.claim.claim_id for said in digest.stories[0].claims] == [1, 5]
    digest = composed([article(1, 7, "The Courier", [first, *filler, again, other])])
    assert digest is not None
    assert [said.claim.claim_id for said in digest.stories[0].claims] == [1]
