from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.merging import merged
from bot.digests.same_claim import same_actor
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim

MARSH = DigestClaim(
    1,
    "Elena Marsh",
    "mayor of Dunmore",
    "The dam was never in danger during the flood",
    Kind.STATEMENT,
    Wording.VERBATIM,
    0.9,
    "The Courier",
    "https://courier.example/1",
)
POST = replace(
    MARSH,
    claim_id=2,
    outlet="Daily Post",
    actor="Marsh",
    role=None,
    verbatim=Wording.PARAPHRASED,
    content="that the dam was never in danger during the recent flood",
)


def test_the_same_claim_in_two_outlets_is_one_and_names_the_other_outlet() -> None:
    (one,) = merged([POST, MARSH])
    assert one.claim == MARSH
    assert one.also_in == (POST,)


def test_words_that_are_drawn_out_are_compared() -> None:
    contents = [f"the crowd shouted {how} at the minister during parade" for how in ("eeeee", "loudly")]
    assert len(merged(replace(MARSH, claim_id=n, content=one) for n, one in enumerate(contents))) == 2


def test_of_two_verbatim_forms_the_fuller_one_is_shown() -> None:
    fuller = replace(MARSH, claim_id=3, outlet="Heap", content=MARSH.content + ", not for one minute of it")
    (one,) = merged([MARSH, fuller])
    assert one.claim == fuller


def test_the_role_is_taken_from_another_outlet_where_the_shown_form_has_none() -> None:
    bare = replace(MARSH, role=None)
    roled = replace(POST, actor="Elena Marsh", role="the mayor")
    (one,) = merged([bare, roled])
    assert one.claim == replace(bare, role="the mayor")


def test_the_fullest_name_of_the_speaker_is_shown() -> None:
    short = replace(MARSH, actor="Marsh", role=None)
    full = replace(POST, actor="Elena Marsh", role="the mayor")
    (one,) = merged([short, full])
    assert (one.claim.claim_id, one.claim.actor, one.claim.role) == (1, "Elena Marsh", "the mayor")


def test_a_repetition_in_the_same_outlet_names_no_other_outlet() -> None:
    (one,) = merged([MARSH, replace(MARSH, claim_id=4)])
    assert one.also_in == ()


def test_each_other_outlet_is_named_once() -> None:
    (one,) = merged([MARSH, POST, replace(POST, claim_id=9)])
    assert [claim.outlet for claim in one.also_in] == ["Daily Post"]


@pytest.mark.parametrize(
    "other",
    [
        replace(POST, actor="Tom Okafor"),
        replace(POST, content="that the dam was in danger during the recent flood"),
        replace(POST, kind=Kind.DENIAL),
        replace(POST, content="that the dam was an old one"),
        replace(POST, content="dam"),
    ],
    ids=["another speaker", "the contrary", "a denial", "another content", "a fragment"],
)
def test_what_is_not_the_same_stays_apart(other: DigestClaim) -> None:
    assert len(merged([MARSH, other])) == 2


def test_other_numbers_make_another_claim() -> None:
    four = replace(MARSH, content="We lost 400 homes and 12 bridges in the flood")
    five = replace(POST, content="We lost 500 homes and 12 bridges in the flood")
    assert len(merged([four, five])) == 2


def test_words_held_by_the_longer_content_are_the_same_claim_even_where_they_are_small() -> None:
    short = replace(POST, content="it was never in danger")
    assert len(merged([MARSH, replace(short, content="the dam was never in danger")])) == 1


def test_an_unknown_speaker_merges_with_a_known_one_only_where_the_words_are_nearly_equal() -> None:
    unknown = replace(POST, actor=None, content=MARSH.content)
    (one,) = merged([unknown, MARSH])
    assert one.claim == MARSH
    loose = replace(
        unknown, content="danger at the dam was never as great as others in the flood believed it to be"
    )
    assert len(merged([loose, MARSH])) == 2


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("ashton carter", "carter", True),
        ("denise reyes holt", "denise reyesholt", True),
        ("bank of england", "england", False),
        ("carter", "ashton", False),
        ("", "", False),
        ("", "carter", False),
    ],
)
def test_a_last_name_names_the_same_actor(first: str, second: str, same: bool) -> None:
    assert same_actor(first, second) is same


contents = st.sampled_from([MARSH.content, POST.content, "The dam was in danger", "No", "", "400 homes are lost"])
claims = st.builds(
    replace,
    st.just(MARSH),
    claim_id=st.integers(1, 99),
    actor=st.sampled_from(["Elena Marsh", "Marsh", None, "Tom Okafor"]),
    content=contents | st.text(max_size=60),
    outlet=st.sampled_from("ABC"),
    verbatim=st.sampled_from(Wording),
)


@given(st.lists(claims, max_size=8, unique_by=lambda c: c.claim_id))
def test_no_claim_is_shown_twice_and_none_is_invented(found: list[DigestClaim]) -> None:
    shown = merged(found)
    ids = [m.claim.claim_id for m in shown]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {c.claim_id for c in found}
    assert bool(shown) == bool(found)
