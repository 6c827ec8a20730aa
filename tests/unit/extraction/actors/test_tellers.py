"""Claims within claims: the inner speaker is the actor, and whoever passes it on stays known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.claims.retold import cited_claim, inner_claim, with_inner_claims
from bot.extraction.pipeline import extract
from bot.model.claims import Claim, Kind, Wording
from tests.unit.extraction.said import claims_with

CHAINS = [
    (
        "Marsh said Owen Pike had told her that the bridge was unsafe.",
        "the bridge was unsafe",
        "Owen Pike",
        ["Marsh"],
    ),
    (
        "According to a spokesman, Ms Bell had warned that the dam would not last another winter.",
        "the dam would not last another winter",
        "Bell",
        ["spokesman"],
    ),
    (
        "Reuters reported that the finance minister said taxes would rise next year.",
        "taxes would rise next year",
        "finance minister",
        ["Reuters"],
    ),
    (
        "Tom Arden said that his lawyer, Rita Coles, had told him the case was closed.",
        "the case was closed",
        "Rita Coles",
        ["Tom Arden"],
    ),
    (
        "The BBC quoted Defence Secretary Paul Hale as saying that the troops would return by May.",
        "the troops would return by May",
        "Paul Hale",
        ["BBC"],
    ),
    (
        "Rob Lind said he had been told by Dr Amy Noor that the drug was safe.",
        "the drug was safe",
        "Amy Noor",
        ["Rob Lind"],
    ),
    (
        "Jane Poll said she had heard Mr Dray say that the vote was rigged.",
        "the vote was rigged",
        "Dray",
        ["Jane Poll"],
    ),
    (
        "The Daily Post, citing two officials, said the bank would close.",
        "the bank would close",
        "two officials",
        ["Daily Post"],
    ),
    (
        "The ministry said that, according to the governor, 40 people had died.",
        "40 people had died",
        "governor",
        ["ministry"],
    ),
    (
        "The newspaper quoted a neighbour as saying: “We heard two shots.”",
        "We heard two shots",
        "neighbour",
        ["newspaper"],
    ),
    ("Pike said the council had asked him to resign.", "to resign", "council", ["Pike"]),
    ("Mr Bell was quoted by the Times as saying the fund was empty.", "the fund was empty", "Bell", ["Times"]),
    (
        "Officials were quoted by state media as saying that 40 people had died.",
        "40 people had died",
        "officials",
        ["state media"],
    ),
    (
        "The Courier reported that Anna Voss said the union had promised members that the mill would stay open.",
        "the mill would stay open",
        "union",
        ["Anna Voss", "Courier"],
    ),
    (
        "Sergeant Tove Lund told the court that the accused, Rolf Dahl, had told her he was in the sauna.",
        "he was in the sauna",
        "Rolf Dahl",
        ["Tove Lund"],
    ),
    (
        "According to the Norr Post, Rolf Dahl wrote to a friend that the sauna was sold. It was not.",
        "the sauna was sold",
        "Rolf Dahl",
        ["Norr Post"],
    ),
    (
        "According to the Norr Gazette, an aide to the mayor told the council that the sauna had been sold.",
        "the sauna had been sold",
        "aide to the mayor",
        ["Norr Gazette"],
    ),
    (
        "The inspector, Tove Lund, said divers had warned the mayor twice that the bolts were too short.",
        "the bolts were too short",
        "divers",
        ["Tove Lund"],
    ),
    (
        "The inspector, Tove Lund, said witnesses said the fire began in the sauna.",
        "the fire began in the sauna",
        "witnesses",
        ["Tove Lund"],
    ),
    (
        "Rolf Dahl spoke on Monday.\n\n“No one can stop this river,” he told the thousands who had come to "
        "the great hall in the old harbour on Monday, according to the Norr Post.",
        "No one can stop this river",
        "Rolf Dahl",
        ["Norr Post"],
    ),
]
OWN = [
    ("Pike said he had told the crew to ensure that the door was shut.", "the door was shut"),
    ("Anna Frey said Karl Obst would tell parliament that the tax would rise.", "the tax would rise"),
    ("Crane said he had told the board that the accounts were false.", "the accounts were false"),
    ("Neil Fox said that Mia Dorn never told him that the plant would close.", "the plant would close"),
    ("The minister said anyone who told police that the road was open was wrong.", "the road was open"),
    ("The senator said the president should tell voters that the war is lost.", "the war is lost"),
    ("Vale told the court that Mr Stone may have told others about the fire.", "about the fire"),
    ("Lena Brand said reports that the mayor had resigned were false.", "the mayor had resigned"),
    ("Pike said the council had asked for more money.", "for more money"),
    ("Dorn said voters pledged to Mr Reed may change their minds.", "may change their minds"),
    ("“The mayor told me we would be paid by Friday,” said Lena Ortiz.", "we would be paid by Friday"),
    ("The airline said on Monday it would cancel flights, citing bad weather.", "it would cancel flights"),
    (
        "Mayor Lopez said the state's promise that the bridge would be rebuilt was empty.",
        "the bridge would be rebuilt",
    ),
]


@pytest.mark.parametrize(("text", "part", "actor", "tellers"), CHAINS)
def test_the_inner_speaker_is_the_actor_and_the_chain_is_kept(
    nlp: Language, text: str, part: str, actor: str, tellers: list[str]
) -> None:
    inner = [claim for claim in claims_with(nlp, text, part) if claim.told_by]
    assert [(claim.actor, [teller.actor for teller in claim.told_by]) for claim in inner][-1:] == [
        (actor, tellers)
    ]


@pytest.mark.parametrize(("text", "part", "actor", "tellers"), CHAINS)
def test_the_outer_claim_stays(nlp: Language, text: str, part: str, actor: str, tellers: list[str]) -> None:
    outer = [claim for claim in claims_with(nlp, text, part) if not claim.told_by]
    assert [claim.actor for claim in outer] == tellers[-1:]
    assert actor not in tellers


@pytest.mark.parametrize(("text", "part"), OWN)
def test_what_was_not_said_by_another_is_the_speakers_own(nlp: Language, text: str, part: str) -> None:
    found = claims_with(nlp, text, part)
    assert found
    assert not any(claim.told_by for claim in found)
    assert len({claim.actor for claim in found}) == 1


def test_whoever_is_quoted_speaks(nlp: Language) -> None:
    text = "Interior Minister Anna Sole was quoted as saying that the border would stay shut."
    (claim,) = claims_with(nlp, text, "the border would stay shut")
    assert (claim.actor, claim.told_by) == ("Anna Sole", ())


def test_what_the_teller_goes_on_to_say_is_no_part_of_it(nlp: Language) -> None:
    text = "The union said the boss had promised staff that nobody would lose a job, but he had broken his word."
    inner = next(claim for claim in extract(nlp, text).claims if claim.told_by)
    assert text[slice(*inner.content[0])] == "nobody would lose a job"


def test_where_and_when_the_inner_speaker_spoke_is_no_part_of_it(nlp: Language) -> None:
    text = (
        "The Courier reported that Anna Voss said at a meeting of the union on Monday that the mill would close."
    )
    inner = next(claim for claim in extract(nlp, text).claims if claim.told_by)
    assert text[slice(*inner.content[0])].startswith("the mill would close")


def test_a_pronoun_that_may_be_the_teller_is_no_other_speaker(nlp: Language) -> None:
    found = extract(
        nlp, "She met the mayor, Sam Holt, on Monday. Voss said she had told them that the pool would close."
    )
    assert not any(claim.told_by for claim in found.claims)


def test_inner_claims_stand_in_the_order_of_their_cues(nlp: Language) -> None:
    text = " ".join(text for text, *_ in CHAINS)
    cues = [claim.cue[0] for claim in extract(nlp, text).claims]
    assert cues == sorted(cues)


def _claim(text: str, content: int) -> Claim:
    spans = ((0, 3),), ((4, 8),), ((content, len(text)),)
    return Claim(*spans, None, Kind.STATEMENT, Wording.PARAPHRASED, 0.9, (0, len(text)))


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("ab ,.\n“”") | st.sampled_from("TMé’"), max_size=300)
    | st.lists(
        st.sampled_from(
            ["Pike", "said", "told", "her", "that", "had", ",", "the", "mayor", "citing", "officials", "by"]
        ),
        max_size=80,
    ).map(" ".join)
)
def test_spans_of_any_words_lie_within_the_text(words: str) -> None:
    text = "Ada said " + words + " x"
    for found in (inner_claim(text, _claim(text, 9)), cited_claim(text, _claim(text, 9))):
        if found is not None:
            for start, end in (found.source, found.cue, *found.content):
                assert 0 <= start < end <= len(text)


def test_a_long_chain_ends() -> None:
    text = "Ada said " + "Pike said that " * 2_000 + "it rained."
    assert len(with_inner_claims([_claim(text, 9)], text)) <= 4
