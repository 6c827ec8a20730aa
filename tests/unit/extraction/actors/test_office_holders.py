"""An office in the headline means the person with whom the article opens, if nothing else can be meant."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import speaker_of


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "PM hints she may keep the villa of a friend\n\n"
            "Dame Ida Falk has defended staying in a friend's villa.\n\n"
            "The Prime Minister hinted she might stay again.\n\n"
            "Dame Ida said that “everybody has friends”.",
            "she might stay again",
            "Ida Falk",
        ),
        (
            "Foreign Secretary grilled on fish\n\n"
            "Hugo Marsh met skippers in Hull on Friday.\n\n"
            "The Foreign Secretary said the quota would rise. Marsh said the talks were hard.",
            "the quota would rise",
            "Hugo Marsh",
        ),
    ],
)
def test_the_office_is_the_person_of_the_article(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) == speaker


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "PM visits flood town\n\n"
            "Ida Falk was rescued from her roof on Sunday. “I held on to the chimney,” Falk said.\n\n"
            "The Prime Minister said the dam would be rebuilt.",
            "the dam would be rebuilt",
        ),
        (
            "Foreign Secretary denies claims\n\n"
            "Hugo Marsh accused the government of lying on Friday. Marsh said he had letters.\n\n"
            "The Foreign Secretary said the letters were forged.",
            "the letters were forged",
        ),
        (
            "PM pressed on fish\n\n"
            "Hugo Marsh, a skipper, waited in Hull on Friday. Marsh said the quota was too low.\n\n"
            "The Prime Minister said the quota would rise.",
            "the quota would rise",
        ),
    ],
)
def test_somebody_else_is_not_given_the_office(nlp: Language, text: str, part: str) -> None:
    assert speaker_of(nlp, text, part) in ("Prime Minister", "Foreign Secretary", None)
