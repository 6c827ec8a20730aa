"""The news comes first: what the story is about, complete, by somebody who is known, and nothing twice."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.salience import most_salient, story_rank
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestStory, MergedClaim
from tests.unit.digests.samples import article, claim

HEADLINES = ("Single-dose dengue vaccine cuts severe illness by 84% in large trial",)
NEWS = MergedClaim(
    claim(1, "Lakshmi Raghunath", "the vaccine had cut severe dengue by 84 percent", verbatim=Wording.PARAPHRASED)
)
COLOUR = MergedClaim(
    claim(2, "Harish Palekar", "Would you like to know how many nets my mother sewed?", kind=Kind.QUESTION)
)
LEANING = MergedClaim(claim(3, "Samuel Okonedo", "That is what we have been waiting for all these years"))
CUT = MergedClaim(claim(4, "Teresa Quevedo", "The trial in six countries was followed by doctors who"))
UNKNOWN = MergedClaim(claim(5, None, "the vaccine had cut severe dengue by 84 percent"))
FURTHER = MergedClaim(claim(6, "Balwinder Grewal", "Children in the poorest districts get the vaccine first"))


def first_of(*claims: MergedClaim) -> MergedClaim:
    return most_salient(claims, HEADLINES, 1)[0]


def test_news_comes_before_colour() -> None:
    assert first_of(COLOUR, LEANING, NEWS) == NEWS


def test_what_can_be_understood_by_itself_comes_first() -> None:
    assert first_of(LEANING, FURTHER) == FURTHER
    assert first_of(CUT, FURTHER) == FURTHER


def test_a_known_speaker_comes_before_an_unknown_one() -> None:
    assert first_of(UNKNOWN, NEWS) == NEWS


def test_the_second_claim_adds_something() -> None:
    again = MergedClaim(
        claim(7, "Lakshmi Raghunath", "severe dengue was cut by 84 percent", verbatim=Wording.PARAPHRASED)
    )
    assert most_salient([NEWS, again, FURTHER], HEADLINES, 2) in ((NEWS, FURTHER), (again, FURTHER))


def test_an_outlet_without_any_quotation_marks_comes_behind() -> None:
    glued = [
        MergedClaim(claim(n, name, f"the trial of {n} children in six countries was a success", outlet="Heap"))
        for n, name in enumerate(("Ana Ruiz", "Noor Haddad", "Sven Aldo", "Ada Quist"), 10)
    ]
    plain = [replace(one, claim=replace(one.claim, verbatim=Wording.PARAPHRASED)) for one in glued]
    clean = MergedClaim(claim(20, "Mara Quill", "the trial of 31,000 children in six countries was a success"))
    assert first_of(*plain, clean) == clean


def test_what_several_outlets_print_is_worth_more() -> None:
    other = claim(8, "Balwinder Grewal", FURTHER.claim.content, outlet="Daily Post")
    printed = MergedClaim(
        claim(9, "Noor Haddad", "Clinics in the poorest districts would get the vaccine"), (other,)
    )
    assert first_of(FURTHER, printed) == printed


def story(number: int, title: str, outlets: int) -> DigestStory:
    lead, *others = (article(number * 10 + n, number, f"Outlet {n}", [], title=title) for n in range(outlets))
    return DigestStory(lead, tuple(others), (), (NEWS,))


def test_people_who_were_harmed_weigh_more_than_one_outlet_more() -> None:
    cyclone = story(1, "Cyclone slams coast; at least 11 dead", 3)
    takeover = story(2, "Carmaker to acquire battery maker for $2.4 billion", 4)
    opening = story(3, "Library opens", 1)
    assert sorted([opening, takeover, cyclone], key=story_rank) == [cyclone, takeover, opening]


said = st.builds(
    lambda number, actor, content: MergedClaim(claim(number, actor, content)),
    st.integers(1, 99),
    st.sampled_from(["Ana Ruiz", "Ruiz", None]),
    st.text(max_size=40),
)


@given(st.lists(said, max_size=10), st.lists(st.text(max_size=30), max_size=3), st.integers(0, 5))
def test_as_many_claims_are_chosen_as_there_is_room_for(
    found: list[MergedClaim], headlines: list[str], shown: int
) -> None:
    chosen = most_salient(found, headlines, shown)
    assert len(chosen) == min(shown, len(found))
    assert all(one in found for one in chosen)


def test_a_pronoun_that_is_told_does_not_rank_last() -> None:
    bare = claim(1, "Ada Quist", "it would cost four hundred jobs", verbatim=Wording.PARAPHRASED)
    told = replace(bare, claim_id=2, refers_to="the takeover")
    assert first_of(MergedClaim(bare), MergedClaim(told)).claim == told


def test_what_somebody_only_spoke_about_ranks_last() -> None:
    topic = claim(1, "Ada Quist", "the single-dose vaccine trial in six countries", verbatim=Wording.PARAPHRASED)
    said = claim(2, "Ada Quist", "the single-dose vaccine trial in six countries", verbatim=Wording.PARAPHRASED)
    first = first_of(MergedClaim(replace(topic, cue="commented on")), MergedClaim(replace(said, cue="said")))
    assert first.claim.claim_id == 2
