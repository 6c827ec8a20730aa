"""What the pronoun means that a content opens with: said only if it is sure."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import claims_with

SURE = [
    ("Owen Pike, the mayor, said he would resign.", "he would resign", "Owen Pike, the mayor,"),
    ("The council said it would appeal.", "it would appeal", "The council"),
    ("Norr Steel announced that it would close its mill.", "it would close its mill", "Norr Steel"),
    ("Union leaders said they would strike.", "they would strike", "Union leaders"),
    ("Asked about the takeover, Helen Marsh said it would cost jobs.", "it would cost jobs", "the takeover"),
    (
        "Speaking about the new rules, Anna Voss said they would hurt shops.",
        "they would hurt shops",
        "the new rules",
    ),
    ("Helen Marsh told reporters she would not stand again.", "she would not stand again", "Helen Marsh"),
]
OPEN = [
    ("His coach, Patrick Sanga, said he could run even faster.", "he could run even faster"),
    ("The council said it was important to wait.", "it was important to wait"),
    ("Asked about the takeover, Helen Marsh said it was too early to say.", "it was too early to say"),
    ("Helen Marsh told Owen Pike he would be sacked.", "he would be sacked"),
    ("After meeting Karl Obst, Jan Kort said he was tired.", "he was tired"),
    ("Karl Obst lost the vote. Jan Kort said he would fight on.", "he would fight on"),
    ("Helen Marsh said he would resign.", "he would resign"),
    ("Vera Holm said it would rain.", "it would rain"),
    ("Police said it could take weeks to find the cause.", "it could take weeks"),
    ("“He would resign,” Owen Pike said.", "He would resign"),
    ("Owen Pike said the council would pay.", "the council would pay"),
]


@pytest.mark.parametrize(("text", "part", "words"), SURE)
def test_a_pronoun_that_can_mean_one_thing_only_is_told(nlp: Language, text: str, part: str, words: str) -> None:
    assert [c.refers_to and text[slice(*c.refers_to)] for c in claims_with(nlp, text, part)] == [words]


@pytest.mark.parametrize(("text", "part"), OPEN)
def test_what_may_mean_another_is_left_open(nlp: Language, text: str, part: str) -> None:
    found = claims_with(nlp, text, part)
    assert found
    assert {claim.refers_to for claim in found} == {None}
