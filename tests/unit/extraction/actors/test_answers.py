"""Who answers, and to whom something is said, with look-alikes in which the first speaker goes on."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import speaker_of


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "Warden Nora Pym warned the cyclist, Tess Alder, that the path was closed. “Open it,” she replied.",
            "Open it",
            "Tess Alder",
        ),
        (
            "“You sold us a ruin,” Kurt Haase told the builder, Egon Wirth. “I sold you a barn,” he replied.",
            "I sold you a barn",
            "Egon Wirth",
        ),
    ],
)
def test_whoever_was_told_something_replies(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) == speaker


def test_whoever_is_told_something_does_not_say_it(nlp: Language) -> None:
    text = (
        "Harbour master Pavel Dorn spoke in Ostby on Sunday. The presenter, Gil Sanders, asked about the crane. "
        "“The crane is safe,” he told Sanders."
    )
    assert speaker_of(nlp, text, "The crane is safe") == "Pavel Dorn"


def test_whoever_told_something_goes_on_if_nobody_replies(nlp: Language) -> None:
    text = "Warden Nora Pym warned the cyclist, Tess Alder, that the path was closed. “It floods,” she said."
    assert speaker_of(nlp, text, "It floods") != "Tess Alder"


def test_of_two_people_named_in_one_breath_nobody_is_chosen(nlp: Language) -> None:
    text = "The jury praised Ada Brand and Lea Wolf. “It was close,” she said."
    assert speaker_of(nlp, text, "It was close") is None


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "Norr Ferries sold three ships on Monday. They said the crews would be kept.",
            "the crews would be kept",
            "Norr Ferries",
        ),
        (
            "The Vale Choir left the chapel in May. They said the roof had leaked for years.",
            "the roof had leaked for years",
            "Vale Choir",
        ),
    ],
)
def test_they_is_the_only_body_that_was_just_spoken_of(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) == speaker


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "Robin Quist and her deputy, Jules Farr, left at noon. Farr, who had sold his car, walked. "
            "“It rained,” she said.",
            "It rained",
            "Robin Quist",
        ),
        (
            "Thandiwe Moyo met the driver, Bertrand Colas, at the gate. He said the brakes had failed.",
            "the brakes had failed",
            "Bertrand Colas",
        ),
    ],
)
def test_the_text_or_a_rarer_first_name_tells_the_gender(
    nlp: Language, text: str, part: str, speaker: str
) -> None:
    assert speaker_of(nlp, text, part) == speaker


@pytest.mark.parametrize(
    "opening",
    [
        "The treasurer of the rowing club, Hilde Brekke, opened the books.",
        "The chair of the parents’ group, Hilde Brekke, wrote to the school.",
    ],
)
def test_a_description_with_a_name_behind_it_is_that_person(nlp: Language, opening: str) -> None:
    assert speaker_of(nlp, f"{opening} She said the money was gone.", "the money was gone") == "Hilde Brekke"


def test_they_goes_on_with_the_body_that_spoke_last(nlp: Language) -> None:
    text = (
        "In a statement to the Ostby Courier, the Vale Foundation denied the charges. Nobody was locked up in the "
        "house. They also said the door had been open."
    )
    assert speaker_of(nlp, text, "the door had been open") == "Vale Foundation"


def test_the_city_is_the_body_that_runs_it(nlp: Language) -> None:
    text = (
        "The school in Marno, Tuscany, was taxed by the Municipality of Marno. The city said the fees were high."
    )
    assert speaker_of(nlp, text, "the fees were high") == "Municipality of Marno"
