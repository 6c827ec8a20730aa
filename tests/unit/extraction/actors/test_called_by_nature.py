"""Age, nation and position call a person anew; offices, and what was introduced before, do not."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import speaker_of

SAID = "“I have never seen a wave like it,”"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (f"Gunnar Dahl has counted the trees.\n\n{SAID} says the 58-year-old forester.", "Gunnar Dahl"),
        (
            f"Kwame Asante, who came on late, said he had closed his eyes. {SAID} the striker added.",
            "Kwame Asante",
        ),
        (f"Maria Kallas is making tea. The Greek pianist said: {SAID}", "Maria Kallas"),
    ],
)
def test_the_person_just_named_is_meant(nlp: Language, text: str, actor: str) -> None:
    assert speaker_of(nlp, text, SAID) == actor


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (f"Gunnar Dahl, 61, has counted the trees.\n\n{SAID} says the 58-year-old forester.", "Gunnar Dahl"),
        (f"Gunnar Dahl met a Greek pianist in May.\n\n{SAID} the Greek pianist said.", "Gunnar Dahl"),
        (f"Maria Kallas, a nurse, said she was ill. {SAID} the striker said.", "Maria Kallas"),
        (f"Maria Kallas said she was ill. {SAID} the doctor said.", "Maria Kallas"),
    ],
)
def test_somebody_else_is_not(nlp: Language, text: str, other: str) -> None:
    assert speaker_of(nlp, text, SAID) != other
