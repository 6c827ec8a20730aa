"""Speech that did not happen is no claim; speech about what might happen is one."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from tests.unit.extraction.said import claims_with, is_shown

OPENING = "Anna Frick, the director, spoke on Monday. "


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Had Frick said that the tunnel was flooded, nobody would have gone in.", "the tunnel was flooded"),
        ("If Frick says the tunnel is dry, the line will open.", "the tunnel is dry"),
        ("Suppose Frick tells the board that the money is gone.", "the money is gone"),
        ("Should Frick say that the line is shut, buses will run.", "the line is shut"),
        ("Frick could have said that the pumps had failed.", "the pumps had failed"),
        ("Unless Frick admits that the map was wrong, nothing will change.", "the map was wrong"),
        ("Did Frick say that the pumps had failed?", "the pumps had failed"),
        ("Had Frick reported that the pumps had failed, nobody would have gone in.", "the pumps had failed"),
        ("A friend of hers would say that the map was wrong.", "the map was wrong"),
        ("Frick is likely to defend her handling of the flood.", "her handling of the flood"),
        ("Frick is due to tell the board that the pumps had failed.", "the pumps had failed"),
        ("Frick will be hoping to keep her job.", "to keep her job"),
        ("Drivers must promise to wait at the gate.", "to wait at the gate"),
        ("Frick is expected to say next week that the pumps had failed.", "the pumps had failed"),
        ("Nor did she tell the board that the pumps had failed.", "the pumps had failed"),
        ("Frick will also strive to show that the pumps had failed.", "the pumps had failed"),
        ("Engineers may dismiss her view of the pumps as naive.", "her view of the pumps"),
        ("At no point did Frick say that the pumps had failed.", "the pumps had failed"),
        ("She will lose her post if the board back the plan to sell the tunnel.", "the plan to sell the tunnel"),
        ("Frick will be relieved with more than the weather.", "more than the weather"),
    ],
)
def test_what_is_only_supposed_is_no_claim(nlp: Language, sentence: str, part: str) -> None:
    assert not claims_with(nlp, OPENING + sentence, part)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Frick said that if the pumps fail, the tunnel will flood.", "the tunnel will flood"),
        ("“If the pumps fail, we will close the line,” Frick said.", "we will close the line"),
        ("Frick said that the tunnel had been dry.", "the tunnel had been dry"),
        ("If the pumps fail, Frick said, buses will run.", "buses will run"),
        ("Frick will say it again: the pumps had failed, she told the board.", "the pumps had failed"),
        ("Frick had to admit that the map was wrong.", "the map was wrong"),
        ("Frick said she could have closed the line sooner.", "could have closed the line sooner"),
        ("Frick said she was due to tell the board.", "she was due to tell the board"),
        ("Frick said the pumps were likely to fail.", "the pumps were likely to fail"),
        ("The drivers welcomed the plan to sell the tunnel.", "the plan to sell the tunnel"),
        ("Frick said she would be relieved to sell it.", "she would be relieved to sell it"),
    ],
)
def test_what_was_said_stays_a_claim(nlp: Language, sentence: str, part: str) -> None:
    assert is_shown(nlp, OPENING + sentence, part)


def test_one_who_is_only_supposed_to_speak_may_still_be_meant(nlp: Language) -> None:
    text = OPENING + "If she says the tunnel is dry, it will open. She said the pumps were new."
    assert [claim.actor for claim in extract(nlp, text).claims if claim.confidence > 0.8] == ["Anna Frick"]
