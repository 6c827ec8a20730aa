"""Names as a reader gets them: peers with their title, whole firms' names, friends of somebody."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from tests.unit.extraction.said import speaker_of


@pytest.mark.parametrize(
    ("text", "part", "actor"),
    [
        (
            "The firm’s chair, Lord Penrose, ran a mill. Penrose denied having sold it.",
            "having sold it",
            "Lord Penrose",
        ),
        (
            "Giles Trevose resigned on Monday. Friends of Trevose believe that he will be back.",
            "he will be back",
            "friends of Giles Trevose",
        ),
        (
            "Franklin Dahl was mayor. “He is a good man,” his aide said. Frank Dahl said that he would wait.",
            "he would wait",
            "Franklin Dahl",
        ),
        (
            "The aid group Doctors for Relief demanded that the road be opened.",
            "the road be opened",
            "Doctors for Relief",
        ),
        (
            "One official, who asked not to be named, said the files were lost. "
            "Another said the files were burnt.",
            "the files were burnt",
            "another official",
        ),
        (
            "“The sea is warm,” said Lise Haavik of the Clean Coast Coalition. The group wants nets to be banned.",
            "nets to be banned",
            "Clean Coast Coalition",
        ),
        (
            "Ada Quist may be next. A friend said Quist was not waiting by the phone.",
            "Quist was not waiting by the phone",
            "friend of Ada Quist",
        ),
        (
            "A captain has been arrested, the country’s interior minister said on Monday.\n\n"
            "“Anchors do not fall,” Riika Salmi told reporters.",
            "A captain has been arrested",
            "Riika Salmi",
        ),
        (
            "Judge tells Hugo Stein that he is vain.\n\nA teacher who sold clocks was jailed on Friday.\n\n"
            "Judge Amar Bhatti said that the clocks were fine work.",
            "he is vain",
            "Amar Bhatti",
        ),
    ],
)
def test_an_actor_has_the_fullest_name(nlp: Language, text: str, part: str, actor: str) -> None:
    assert speaker_of(nlp, text, part) == actor


@pytest.mark.parametrize(
    ("text", "part", "actor"),
    [
        ("Lord Ian Penrose ran a mill. Penrose denied having sold it.", "having sold it", "Ian Penrose"),
        (
            "Ann Dahl and Bo Dahl met. Friends of Dahl believe that it will rain.",
            "it will rain",
            "friends of Dahl",
        ),
        ("Ann Dahl left. Anna Dahl said that she would wait.", "she would wait", "Anna Dahl"),
        (
            "A friend said the shop was shut.",
            "the shop was shut",
            "friend",
        ),
    ],
)
def test_others_keep_theirs(nlp: Language, text: str, part: str, actor: str) -> None:
    assert speaker_of(nlp, text, part) == actor


def test_a_spokesman_tells_of_the_one_he_speaks_for(nlp: Language) -> None:
    text = "A spokesperson for the minister said he would not resign over it."
    (claim,) = extract(nlp, text).claims
    assert claim.refers_to is not None
    assert text[slice(*claim.refers_to)] == "the minister"


@pytest.mark.parametrize(
    "text",
    [
        "Sentencing him on Friday, Judge Amar Bhatti said he was vain.",
        "The board recommended it unanimously.",
    ],
)
def test_a_pronoun_that_may_mean_another_stays_as_it_is(nlp: Language, text: str) -> None:
    assert all(claim.refers_to is None for claim in extract(nlp, text).claims)
