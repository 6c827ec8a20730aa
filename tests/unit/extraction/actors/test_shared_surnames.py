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


@pytest.mark.parametrize("role", ["her husband", "the former mayor"])
def test_a_surname_is_not_that_of_a_namesake_who_is_only_named_in_passing(nlp: Language, role: str) -> None:
    text = (
        "Maria Kovacs opened the new ferry line on Monday. "
        f"She was welcomed by the priest Jon Moss and by {role} Peter Kovacs.\n\n"
        "The line is the first in thirty years.\n\n“It cost nine million,” Kovacs said."
    )
    assert speaker_of(nlp, text, "It cost nine million") == "Maria Kovacs"


def test_whom_somebody_calls_a_sister_keeps_her_surname(nlp: Language) -> None:
    text = (
        "Maria Kovacs opened the new ferry line on Monday. "
        "She met the bishop Ida Lind and Peter Kovacs, the former mayor, at the pier.\n\n"
        "“I thank my dear sister Maria Kovacs,” the priest Jon Moss said.\n\n“It cost nine million,” Kovacs said."
    )
    assert speaker_of(nlp, text, "It cost nine million") == "Maria Kovacs"


def test_a_generation_behind_a_name_does_not_hide_the_surname(nlp: Language) -> None:
    text = (
        "Brent Harrow III founded the Media Watch Centre. His critics called Harrow a crank.\n\n"
        "“The press is asleep,” Harrow said. “There were those who hoped,” he added."
    )
    assert speaker_of(nlp, text, "The press is asleep") == "Brent Harrow III"


def test_a_rank_as_a_surname_is_somebody_where_the_full_name_stands(nlp: Language) -> None:
    text = (
        "Gloria Major calls voters for the mayor. Stephanie Formas, a spokeswoman, said the phones ring.\n\n"
        "For Major, a retiree, two nights a week are enough.\n\n“I like her facts,” she said."
    )
    assert speaker_of(nlp, text, "I like her facts") in ("Gloria Major", None)
