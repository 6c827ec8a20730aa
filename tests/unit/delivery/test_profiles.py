"""Profiles of actors, as messages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.profiles import profile_message
from bot.model.queries import ClaimQuery, Profile, RoleHeld
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import NOW, RECORD, moments, nasty, queries, records

few = st.lists(records, max_size=3).map(tuple)
profiles = st.builds(
    Profile,
    records,
    st.lists(nasty, max_size=9).map(tuple),
    st.lists(st.builds(RoleHeld, nasty, moments, moments), max_size=9).map(tuple),
    st.lists(st.tuples(nasty, st.integers(1, 100)), max_size=9).map(tuple),
    few,
    st.lists(st.tuples(records, st.integers(2, 100)), max_size=2).map(tuple),
    few,
    st.lists(nasty, max_size=9).map(tuple),
    st.integers(1, 100),
    st.booleans(),
)


def test_a_claim_in_several_lists_has_one_number_and_one_choice() -> None:
    one, other = replace(RECORD, id=1), replace(RECORD, id=2)
    profile = Profile(
        one, ("Elena Marsh", "Mayor Marsh"), (RoleHeld("mayor", NOW, NOW),), (("The Courier", 2),),
        (one, other), ((other, 2),), (one,), (), 100, more=True,
    )  # fmt: skip
    message = profile_message(profile, ClaimQuery(actor="Marsh"), query_id=9)
    told = message["embeds"][0]["description"]
    assert (told.count("`1`"), told.count("`2`"), told.count("`3`")) == (2, 2, 0)
    assert "-# Also called Mayor Marsh" in told
    assert message["embeds"][0]["footer"] == {"text": "From the newest 100 claims"}
    select, buttons = message["components"]
    assert [option["value"] for option in select["components"][0]["options"]] == ["1", "2"]
    assert [b["custom_id"] for b in buttons["components"]] == [
        "hearsay:share:9:0",
        "hearsay:export:9",
        "hearsay:follow:query:9",
    ]


@given(st.none() | profiles, queries, st.integers(1, 2**63))
def test_no_profile_makes_a_message_that_discord_refuses(
    profile: Profile | None, query: ClaimQuery, query_id: int
) -> None:
    assert problems_of(profile_message(profile, query, query_id=query_id)) == []
