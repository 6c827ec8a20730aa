"""Sources whose actor the article names more fully than their own words do, and look-alikes."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import speaker_of


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        pytest.param(
            "Ines Corvo, who runs the port, opened the pier in May. Corvo's view is that the old harbour should "
            "be filled in.",
            "the old harbour should be filled in",
            "Ines Corvo",
            id="possessive before a noun",
        ),
        pytest.param(
            "The vase was sold in May. Christie's said the old harbour should be filled in.",
            "the old harbour should be filled in",
            "Christie's",
            id="name that ends as a possessive does",
        ),
        pytest.param(
            "Harbour spokesman Helen Tarrant confirmed that the pier was closed. “We are counting the cracks,” "
            "she said.",
            "We are counting the cracks",
            "Helen Tarrant",
            id="spokesman who is a woman",
        ),
        pytest.param(
            "President Zoé Lambert met the miners. Zoe Lambert was cheered. Lambert said the shaft would reopen.",
            "the shaft would reopen",
            "Zoé Lambert",
            id="one name with and without its accent",
        ),
        pytest.param(
            "The plan has few friends. It was praised by Republicans who said the bridge was overdue.",
            "the bridge was overdue",
            "Republicans",
            id="people met first right before who",
        ),
        pytest.param(
            "Joan Petty runs the clinic in Hale. Ms. Petty was stunned by the verdict, she said in an interview.",
            "Ms. Petty was stunned by the verdict",
            "Joan Petty",
            id="who tells of herself",
        ),
        pytest.param(
            "Carl Unger runs the clinic in Hale. Ms. Petty was stunned by the verdict, he said in an interview.",
            "Ms. Petty was stunned by the verdict",
            "Carl Unger",
            id="who tells of somebody else",
        ),
        pytest.param(
            "Additional Public Prosecutor R. Velan Kumar said the bail was refused.",
            "the bail was refused",
            "R. Velan Kumar",
            id="initial",
        ),
    ],
)
def test_the_fullest_name_is_given(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) == speaker


def test_who_is_quoted_about_a_namesake_in_quotation_marks_tells_of_nobody(nlp: Language) -> None:
    text = "The court rose. “Ms. Petty was stunned by the verdict,” she said."
    assert speaker_of(nlp, text, "Ms. Petty was stunned by the verdict") is None
