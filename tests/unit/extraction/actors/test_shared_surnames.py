"""Two people with one surname: it means one of them where the article tells, else nobody."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import speaker_of

BROTHERS = (
    "The brothers Emil and Hugo Kessler own the mill. Emil Kessler buys the grain, and Hugo Kessler sells it.\n\n"
)


@pytest.mark.parametrize(
    ("text", "part", "speakers"),
    [
        (
            BROTHERS + "Kessler, in a white apron, shrugged. “Bread is bread,” Kessler said.",
            "Bread is bread",
            {None},
        ),
        (
            BROTHERS + "“I buy early,” said Emil Kessler. “Rain ruins it,” Kessler said.",
            "Rain ruins it",
            {"Emil Kessler"},
        ),
        (
            "Minister Vera Brandt opened the dam. Brandt said it would hold.\n\n"
            "Her cousin, Olaf Brandt, lives below it.\n\n"
            "The wall was finished in May.\n\n“It cost nine million,” Brandt said.",
            "It cost nine million",
            {"Vera Brandt"},
        ),
        (
            "Mayor Jan Holm met his wife, Clara Holm, at the pier. “The boat is late,” Holm said.",
            "The boat is late",
            {"Jan Holm"},
        ),
        (BROTHERS + "“Bread is bread,” Hugo Kessler said.", "Bread is bread", {"Hugo Kessler"}),
    ],
)
def test_a_shared_surname_means_whom_the_article_tells(
    nlp: Language, text: str, part: str, speakers: set[str | None]
) -> None:
    assert speaker_of(nlp, text, part) in speakers


def test_which_goes_back_to_the_body_and_not_to_its_place(nlp: Language) -> None:
    text = "Kurt Vogel runs the Coast Council in Norway, which says that it “speaks for the islands”."
    assert speaker_of(nlp, text, "it “speaks for the islands”") in ("Coast Council", None)
