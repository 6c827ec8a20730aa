"""A name and the description that a writer puts for it a sentence later are one person; others stay others."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from tests.unit.extraction.said import speaker_of

PARTS = "“We were slower than last year,”"


@pytest.mark.parametrize(
    ("text", "part", "actor"),
    [
        (
            "Mara Tinsley, who had hoped to start first, admitted that she had been wrong. "
            f"{PARTS} the Kenya captain said.",
            PARTS,
            "Mara Tinsley",
        ),
        (
            f"Oskar Brandl confirmed that the tunnel was wet. {PARTS} said the former skier.",
            PARTS,
            "Oskar Brandl",
        ),
        (
            "The governor said the dam would hold. Petra Holm also promised that the valley would be warned.",
            "the dam would hold",
            "Petra Holm",
        ),
        (
            "Peter Lund called on the prime minister to sack her deputy. Was the letter lost, he asked.\n\n"
            f"Sofie Dahl replied that she had read it. {PARTS} the prime minister said.",
            PARTS,
            "Sofie Dahl",
        ),
        (
            "Jo Pascoe had lost four races and one shoe when the rain began on Sunday.\n\n"
            f"{PARTS} the 29-year-old from Tolmer said.",
            PARTS,
            "Jo Pascoe",
        ),
        (
            "The health secretary warned that the ward would close.\n\nThe letter was sent by Hugh Prior and his "
            "private office. Prior did not show it to his department’s lawyers.",
            "the ward would close",
            "Hugh Prior",
        ),
        (
            "Hugo Stein, 71, of Tolmer, sold the clock in May, the court was told. He made a fortune of it.\n\n"
            "Sentencing him on Friday, Judge Oluwa Teague said he was vain.\n\n"
            "“You sold your own mother’s clock,” she told him.",
            "You sold your own mother’s clock",
            "Oluwa Teague",
        ),
        (
            "Ella Moss, the clerk, read the list. As he was led out, Hugo Stein turned to the bench and asked who "
            "had won. “It was me, I hope,” he said.",
            "It was me, I hope",
            "Hugo Stein",
        ),
        (
            "Judge Hugo Stein gave her two years. He told Ada Quist that she was kind. “Kindness is no defence,” "
            "the judge said.",
            "Kindness is no defence",
            "Hugo Stein",
        ),
        (
            "The pilot, Oskar Brandl, a 40-year-old Swiss, denies that he slept, his lawyer said.",
            "he slept",
            "Oskar Brandl",
        ),
    ],
)
def test_the_description_means_whoever_the_text_makes_it(nlp: Language, text: str, part: str, actor: str) -> None:
    assert speaker_of(nlp, text, part) == actor


def test_a_lawyer_is_of_the_one_who_is_reported_to_deny(nlp: Language) -> None:
    text = (
        "“Anchors do not drop themselves,” Minister Riika Salmi told reporters.\n\n"
        "The captain, Anatol Brezan, a 52-year-old, denies the charge in its entirety, his lawyer said."
    )
    assert speaker_of(nlp, text, "denies the charge in its entirety") == "Anatol Brezan’s lawyer"


@pytest.mark.parametrize(
    ("text", "part", "other"),
    [
        # Introduced before: somebody else.
        (
            "The Kenya captain was in bed by nine. Mara Tinsley, a physio, admitted that she had been wrong.\n\n"
            f"{PARTS} the Kenya captain said.",
            PARTS,
            "Mara Tinsley",
        ),
        # A bare noun may be anybody's.
        (f"Ada Quist said she was sorry for the fire. {PARTS} the judge said.", PARTS, "Ada Quist"),
        # A role of another sort.
        (f"Ada Quist, a baker, said the bread was wet. {PARTS} the England captain said.", PARTS, "Ada Quist"),
        # The gender.
        (f"Mr Oskar Brandl said the bread was wet. {PARTS} the head waitress said.", PARTS, "Oskar Brandl"),
        # Two people named: of which age?
        (f"Ada Quist met Petra Holm on Monday.\n\n{PARTS} the 29-year-old from Tolmer said.", PARTS, "Ada Quist"),
    ],
)
def test_nobody_is_taken_for_another(nlp: Language, text: str, part: str, other: str) -> None:
    assert speaker_of(nlp, text, part) != other


def test_the_former_minister_is_not_the_prime_minister(nlp: Language) -> None:
    text = (
        "The prime minister said the bridge would open in May.\n\n"
        "The former minister, who lives in Tolmer, told the radio that it would never open."
    )
    assert speaker_of(nlp, text, "it would never open") != "prime minister"


def test_an_office_before_a_name_and_a_comma_is_a_role_within_a_longer_phrase(nlp: Language) -> None:
    text = (
        "In a letter to the harbour board’s chairwoman, Petra Holm, on Monday, Peter Lund said he would leave.\n\n"
        "The chairwoman said she was sorry."
    )
    assert {actor.name: actor.role for actor in extract(nlp, text).actors}[
        "Petra Holm"
    ] == "harbour board’s chairwoman"
