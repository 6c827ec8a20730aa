"""Whole names where the article has them in pieces, offices by short forms, two bodies together; look-alikes."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import SHOWN, claims_with, speaker_of


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        pytest.param(
            "Olga and Peter Strand have run the ferry since 1990. “It never sank,” says Olga. Her husband laughs.",
            "It never sank",
            "Olga Strand",
            id="given name before a relative's full name",
        ),
        pytest.param(
            "Olga and Peter Strand have run the ferry since 1990. Her husband, says Olga, is no sailor. “He gets "
            "ill in the bath,” Mrs Strand said.",
            "He gets ill in the bath",
            "Olga Strand",
            id="title of one of a couple",
        ),
        pytest.param(
            "The actor left “The Edith Crowley Hour” in tears. Crowley said she had asked about the trial.",
            "she had asked about the trial",
            "Edith Crowley",
            id="given name in the name of a programme",
        ),
        pytest.param(
            "Minister Rosa Elena Quintana Ferrer opened the dam. Quintana said it would hold.",
            "it would hold",
            "Rosa Elena Quintana Ferrer",
            id="first of two surnames",
        ),
        pytest.param(
            "Gov. Ida Thorne signed the bill. The governor said it would save nine schools.",
            "it would save nine schools",
            "Ida Thorne",
            id="short form of an office",
        ),
        pytest.param(
            "The outgoing mayor, Ida Thorne, gave the keys to her successor, Omar Bell. “It was time,” the former "
            "mayor said.",
            "It was time",
            "Ida Thorne",
            id="who is outgoing is the former one",
        ),
        pytest.param(
            "In a letter to the home secretary, Ida Thorne, doctors called the camp unfit. The home secretary "
            "said it met the law.",
            "it met the law",
            "Ida Thorne",
            id="office within another phrase",
        ),
        pytest.param(
            "The painter Lou Singer opened a show in Norr. Mr Singer said he had sold nothing.",
            "he had sold nothing",
            "Lou Singer",
            id="surname that is a trade, behind a title",
        ),
        pytest.param(
            "Ray Dolan, an adviser to Mrs. Thorne, left on Monday. Mr. Dolan said he was tired.",
            "he was tired",
            "Ray Dolan",
            id="title within a role",
        ),
        pytest.param(
            "The Norr Institute for Justice counted the cells. The Norr Institute said they were full.",
            "they were full",
            "Norr Institute for Justice",
            id="name with a word for a judge",
        ),
        pytest.param(
            "“It will flood,” said Ray Dolan of the Fenland Water Trust. The trust said it had warned the town.",
            "it had warned the town",
            "Fenland Water Trust",
            id="organisation of somebody who spoke",
        ),
        pytest.param(
            "The National Dock Workers' Union called a strike. The NDWU said the cranes were unsafe.",
            "the cranes were unsafe",
            "National Dock Workers' Union",
            id="acronym of a name with an owner in it",
        ),
        pytest.param(
            "Norrlake Motors is to buy Ostby Ferries. The companies said on Monday that no jobs would go.",
            "no jobs would go",
            "Norrlake Motors and Ostby Ferries",
            id="both of two companies",
        ),
        pytest.param(
            "Two brothers, Karl and Jan Ostby, sold the farm. Karl Ostby said it was a relief. His brother said "
            "it was a mistake.",
            "it was a mistake",
            "Jan Ostby",
            id="brother named in one breath",
        ),
        pytest.param(
            "When Rod Ostby accused Bella Strand of greed, she said he could not count.",
            "he could not count",
            "Bella Strand",
            id="accused by somebody of the other gender",
        ),
        pytest.param(
            "The singer Mira Blue, whose real name is Anna Petrovic, cancelled her tour. Petrovic said she was "
            "sorry.",
            "she was sorry",
            "Mira Blue",
            id="other name of a singer",
        ),
        pytest.param(
            "A gamer called it a farce. Another user, wetsock99, said nobody had answered.",
            "nobody had answered",
            "wetsock99",
            id="user name behind a comma",
        ),
    ],
)
def test_the_speaker_is_named_in_full(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) == speaker


@pytest.mark.parametrize(
    ("text", "part", "other"),
    [
        pytest.param(
            "Dale and Kate Brand spoke on Monday. Senator Howard Dale said the vote was lost. Dale said it twice.",
            "it twice",
            "Dale Brand",
            id="surname of somebody else before a full name",
        ),
        pytest.param(
            "Norrlake Motors, Ostby Ferries and Corvo Shipping met in Linz. The companies said that no jobs "
            "would go.",
            "no jobs would go",
            "Norrlake Motors and Ostby Ferries",
            id="three companies",
        ),
        pytest.param(
            "Helen Moss and Rita Falk met on Monday. Ms. Moss was shocked, she said.",
            "Moss was shocked",
            "Rita Falk",
            id="one of two of whom the report tells",
        ),
        pytest.param(
            "Mira Blue, born Anna Petrovic, sang in Linz. Ivo Petrovic, her brother, was ill. Petrovic said it "
            "was the flu.",
            "it was the flu",
            "Mira Blue",
            id="other name that a brother has",
        ),
        pytest.param(
            "Supporters of Ada Strand and Rod Ostby fought outside the hall. They said the count was stolen.",
            "the count was stolen",
            "Rod Ostby",
            id="supporters of two people",
        ),
        pytest.param(
            "Brothers Karl Ostby and Joris Ostby sold the farm. Karl Ostby stayed. Joris Ostby went to Linz. “We "
            "will be back,” Mr Ostby said.",
            "We will be back",
            "Karl Ostby",
            id="title before a surname that two have",
        ),
    ],
)
def test_nobody_is_named_for_another(nlp: Language, text: str, part: str, other: str) -> None:
    shown = [claim.actor for claim in claims_with(nlp, text, part) if claim.confidence >= SHOWN]
    assert other not in shown
