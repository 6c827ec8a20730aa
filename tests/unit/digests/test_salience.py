"""The news comes first: what the story is about, complete, by somebody who is known, and nothing twice."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.salience import most_salient, novelty_of, places_of, story_rank
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim, DigestStory, MergedClaim
from tests.unit.digests.samples import article
from tests.unit.digests.samples import claim as sample


def claim(
    claim_id: int,
    actor: str | None,
    content: str,
    *,
    kind: Kind = Kind.STATEMENT,
    verbatim: Wording = Wording.VERBATIM,
    outlet: str = "The Courier",
) -> DigestClaim:
    """Return a claim that opens an article of its own."""
    said = sample(claim_id, actor, content, kind=kind, verbatim=verbatim, outlet=outlet)
    return replace(said, article_id=claim_id)


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


def test_a_document_by_who_got_it_has_no_name_of_its_own() -> None:
    leaked = MergedClaim(replace(NEWS.claim, claim_id=8, article_id=8, actor="messages seen by the Courier"))
    assert first_of(leaked, NEWS) == NEWS
    assert first_of(NEWS, leaked) == NEWS


def test_the_second_claim_adds_something() -> None:
    again = MergedClaim(
        claim(7, "Lakshmi Raghunath", "severe dengue was cut by 84 percent", verbatim=Wording.PARAPHRASED)
    )
    assert most_salient([NEWS, again, FURTHER], HEADLINES, 2) in ((NEWS, FURTHER), (again, FURTHER))


def test_the_second_claim_is_not_the_headline_again() -> None:
    headlines = ("Vaccine cuts severe dengue by 84 percent, and schools reopen in May",)
    first = MergedClaim(claim(1, "Lakshmi Raghunath", "the vaccine had cut severe dengue by 84 percent"))
    retold = MergedClaim(claim(2, "Ulla Brandt", "the schools will reopen in May"))
    other = MergedClaim(claim(3, "Wen Li", "nurses will visit each district on Friday"))
    assert most_salient((first, retold, other), headlines, 2) == (first, other)


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


def test_what_stands_at_the_top_of_an_article_comes_first() -> None:
    words = ("Clinics got boxes", "Nurses drove buses", "Farmers sold mangoes", "Sailors fixed engines")
    later = [
        MergedClaim(replace(claim(n, "Ada Quist", f"{text} in the valley all week"), article_id=1))
        for n, text in enumerate(words, 1)
    ]
    assert most_salient(later[::-1], (), 1) == (later[0],)
    assert most_salient(later[::-1], (), 1, position=-1.0) == (later[-1],)


def test_a_fragment_at_the_top_comes_behind_what_can_be_understood() -> None:
    cut = MergedClaim(replace(CUT.claim, claim_id=1, article_id=1))
    whole = MergedClaim(replace(FURTHER.claim, claim_id=2, article_id=1))
    assert most_salient([cut, whole], (), 1) == (whole,)


def test_the_speaker_s_own_words_are_a_small_bonus() -> None:
    own = MergedClaim(claim(1, "Ada Quist", "Clinics in the valley got the boxes"))
    told = MergedClaim(claim(2, "Ada Quist", "Clinics in the valley got the boxes", verbatim=Wording.PARAPHRASED))
    assert most_salient([told, own], (), 1) == (own,)
    news = MergedClaim(claim(3, "Ada Quist", "the vaccine cuts severe illness", verbatim=Wording.PARAPHRASED))
    assert first_of(own, news) == news


def test_what_is_surer_comes_first() -> None:
    unsure = MergedClaim(replace(FURTHER.claim, claim_id=1, article_id=1, confidence=0.5))
    sure = MergedClaim(replace(FURTHER.claim, claim_id=2, article_id=2, confidence=0.9))
    assert most_salient([unsure, sure], (), 1) == (sure,)


def test_a_claim_of_several_articles_stands_where_it_comes_first() -> None:
    first, second, third, other = (
        replace(FURTHER.claim, claim_id=n, article_id=article_id)
        for n, article_id in ((1, 1), (2, 1), (3, 1), (9, 2))
    )
    merged = [MergedClaim(first), MergedClaim(second), MergedClaim(third, (other,))]
    assert places_of(merged) == {1: 0, 2: 1, 3: 0}


def test_independent_origins_count_and_not_copies() -> None:
    copied = replace(story(1, "Library opens", 4), origins=1)
    reported = replace(story(2, "Museum opens", 2), origins=2)
    assert sorted([copied, reported], key=story_rank) == [reported, copied]


def test_a_story_that_the_channel_knows_comes_behind_one_that_it_does_not() -> None:
    known, unknown = story(1, "Library opens", 1), story(2, "Museum opens", 1)
    assert story_rank(unknown, novelty=1.0) < story_rank(known, novelty=0.2)
    assert story_rank(unknown, novelty=1.0, new=0.0)[0] == story_rank(known, novelty=0.2, new=0.0)[0]


def test_novelty_is_the_share_of_what_is_said_now() -> None:
    assert novelty_of(3, 0) == 1.0
    assert novelty_of(1, 3) == 0.25
    assert novelty_of(0, 0) == 0.0


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
    told = replace(bare, claim_id=2, article_id=2, refers_to="the takeover")
    assert first_of(MergedClaim(bare), MergedClaim(told)).claim == told


def test_what_somebody_only_spoke_about_ranks_last() -> None:
    topic = claim(1, "Ada Quist", "the single-dose vaccine trial in six countries", verbatim=Wording.PARAPHRASED)
    said = claim(2, "Ada Quist", "the single-dose vaccine trial in six countries", verbatim=Wording.PARAPHRASED)
    first = first_of(MergedClaim(replace(topic, cue="commented on")), MergedClaim(replace(said, cue="said")))
    assert first.claim.claim_id == 2


def test_what_was_said_long_ago_or_before_comes_behind_what_is_said_now() -> None:
    said = replace(FURTHER.claim, time="in 1988")
    before = replace(FURTHER.claim, cue="had said")
    once = replace(FURTHER.claim, cue="once said")
    now = MergedClaim(replace(FURTHER.claim, claim_id=7, time="on Tuesday", cue="said"))
    for earlier in (said, before, once):
        assert first_of(MergedClaim(earlier), now) == now


def test_a_body_that_is_told_apart_comes_before_one_that_is_not() -> None:
    bodies = replace(FURTHER.claim, actor="officials", source="officials")
    ministry = replace(bodies, actor="health ministry", source="The health ministry")
    body = MergedClaim(replace(ministry, claim_id=7, article_id=7))
    somebody = MergedClaim(replace(ministry, claim_id=5, article_id=5, source="the other woman"))
    assert first_of(MergedClaim(bodies), body) == body
    assert first_of(somebody, body) == body


def test_each_and_others_are_nobody() -> None:
    others = MergedClaim(replace(FURTHER.claim, claim_id=5, article_id=5, actor="Each"))
    officials = MergedClaim(replace(FURTHER.claim, claim_id=7, article_id=7, actor="officials"))
    assert first_of(others, officials) == officials
