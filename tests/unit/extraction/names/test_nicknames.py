"""Nicknames stay in the name of one person; parties, places and quotations beside a name do not."""

import pytest
from spacy.language import Language

from bot.extraction.names.nicknames import with_nicknames
from tests.unit.extraction.said import speaker_of


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Viktor “Ox” Hanel", {"Viktor", "Hanel"}),
        ('Marie-Louise "Malou" Berg', {"Marie-Louise", "Berg"}),
        ("Thomas 'Tom' Reuter, the coach,", {"Thomas", "Reuter"}),
        ("Elizabeth (Betty) Kranz", {"Elizabeth", "Kranz"}),
        ("Foreman Viktor “Big Ox” Hanel", {"Viktor", "Hanel"}),
    ],
)
def test_a_nickname_belongs_to_the_name(nlp: Language, source: str, words: set[str]) -> None:
    actor = speaker_of(
        nlp, f"The pit is closed.\n\n{source} said the lamps were still burning.", "the lamps were still burning"
    )
    assert words <= set(str(actor).split())
    assert str(actor).count("“") == str(actor).count("”")
    assert str(actor).count('"') % 2 == 0


def test_the_surname_alone_is_that_person(nlp: Language) -> None:
    text = "“We dug for years,” said Viktor “Ox” Hanel, a foreman. Hanel said the lamps were still burning."
    assert speaker_of(nlp, text, "the lamps were still burning") == "Viktor “Ox” Hanel"


def test_a_party_in_brackets_is_no_nickname(nlp: Language) -> None:
    text = "Senator Anna Kranz (Labour) Thomas Reuter (Green) met. Reuter said the lamps were still burning."
    actor = speaker_of(nlp, text, "the lamps were still burning")
    assert "Reuter" in str(actor)
    assert "Kranz" not in str(actor)


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "Nabil Said, who runs the mill, spoke first. Said said that the wheel was broken.",
            "the wheel was broken",
            "Nabil Said",
        ),
        ("Said Mansour, the miller, said the wheel was broken.", "the wheel was broken", "Said Mansour"),
        ("“The wheel is broken,” said Mansour. He left.", "The wheel is broken", "Mansour"),
    ],
)
def test_said_may_be_a_name(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) == speaker


def test_a_name_with_any_number_of_hyphens_is_read() -> None:
    assert with_nicknames("Anna" + "-Berg" * 60 + " said", []) == []
