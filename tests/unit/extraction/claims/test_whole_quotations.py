"""Quotations over several paragraphs are complete, and headings are in none."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import claims_with, is_shown, speaker_of


def held(nlp: Language, text: str, part: str, other: str) -> bool:
    """Return whether the claim with `part` holds `other`, too."""
    at = text.index(other)
    return any(start <= at < end for claim in claims_with(nlp, text, part) for start, end in claim.content)


LONG = (
    "“The ferry was late on nineteen days of the month, and nobody told the islands why.\n\n"
    "“We asked for a second boat, which the county refused to pay.\n\n"
    "“So the children sleep on the mainland from Monday to Friday,” headteacher Olga Brandt said."
)


@pytest.mark.parametrize(
    "part",
    ["The ferry was late on nineteen days", "We asked for a second boat", "So the children sleep on the mainland"],
)
def test_every_paragraph_of_a_quotation_belongs_to_whoever_closes_it(nlp: Language, part: str) -> None:
    assert speaker_of(nlp, LONG, part) == "Olga Brandt"
    assert is_shown(nlp, LONG, part)


def test_a_quotation_goes_on_behind_its_tag(nlp: Language) -> None:
    text = (
        "“The ferry was late,” headteacher Olga Brandt said. “Nobody told the islands why.\n\n"
        "“We asked for a second boat and the county refused.”\n\nThe county would not comment."
    )
    assert speaker_of(nlp, text, "We asked for a second boat and the county refused") == "Olga Brandt"


def test_a_closed_quotation_takes_nothing_from_another_speaker(nlp: Language) -> None:
    text = (
        "“The ferry was late on nineteen days,” headteacher Olga Brandt said.\n\n"
        "“We have one boat and two crews,” said the captain, Rolf Lindner."
    )
    assert speaker_of(nlp, text, "We have one boat and two crews") == "Rolf Lindner"
    assert not held(nlp, text, "We have one boat and two crews", "The ferry was late")


@pytest.mark.parametrize(
    "heading", ["“They treat us like parcels”", "‘Nobody asked the islands’: Brandt", "A second boat"]
)
def test_a_heading_is_no_part_of_what_is_said(nlp: Language, heading: str) -> None:
    text = (
        "The captain, Rolf Lindner, spoke after the meeting.\n\n"
        f"“We have one boat,” Lindner said. “It needs a new engine,” he said.\n\n{heading}\n\n"
        "The county has heard this before."
    )
    assert held(nlp, text, "It needs a new engine", "It needs a new engine")
    assert not held(nlp, text, "It needs a new engine", heading)


def test_a_paragraph_of_whole_sentences_stays(nlp: Language) -> None:
    text = (
        "The captain, Rolf Lindner, spoke after the meeting.\n\n"
        "“We have one boat,” Lindner said. “It needs a new engine.\n\n"
        "“I would not sail her to Norrland in winter.”\n\n"
        "The county has heard this before."
    )
    assert speaker_of(nlp, text, "I would not sail her to Norrland in winter") == "Rolf Lindner"


@pytest.mark.parametrize(
    ("text", "question", "asker"),
    [
        (
            "The mayor, Vera Holm, spoke first. “The pool is full,” Holm said.\n\n"
            "“Who filled it?” Councillor Per Dahl asked.\n\n"
            "“The brigade did,” Holm said.",
            "Who filled it?",
            "Per Dahl",
        ),
        (
            "“Is it deep?” Per Dahl asked. “Very,” Vera Holm said. “And cold?” Dahl asked. “Yes,” she said.",
            "And cold?",
            "Per Dahl",
        ),
    ],
)
def test_a_quotation_stays_with_the_name_and_verb_behind_it(
    nlp: Language, text: str, question: str, asker: str
) -> None:
    assert speaker_of(nlp, text, question) == asker


def test_a_quotation_cut_by_its_tag_stays_whole(nlp: Language) -> None:
    text = "“The pool is full,” Vera Holm said, “and it is cold.” Per Dahl laughed."
    assert speaker_of(nlp, text, "and it is cold") == "Vera Holm"


APART = (
    "The head of the ferry line, Rolf Lindner, met the islanders in Norr on Friday.\n\n"
    "“We have one boat and two crews. Neither of them can be in two places.\n\n"
    "“What the county offered us was a raft.”\n\n"
    "He added that a second boat would come in March.\n"
)


def test_a_quotation_and_the_report_in_the_next_sentence_are_two_claims(nlp: Language) -> None:
    assert speaker_of(nlp, APART, "What the county offered us was a raft") == "Rolf Lindner"
    assert held(nlp, APART, "What the county offered us was a raft", "We have one boat and two crews")
    assert not held(nlp, APART, "What the county offered us was a raft", "a second boat would come in March")
    assert speaker_of(nlp, APART, "a second boat would come in March") == "Rolf Lindner"


def test_a_quotation_with_its_tag_behind_stays_with_it(nlp: Language) -> None:
    text = "“Is there a second boat?” Lindner asked, and he added that the islanders had been patient."
    (asked,) = claims_with(nlp, text, "Is there a second boat?")
    assert [text[slice(*span)] for span in asked.cue] == ["asked"]


DIALOGUE = (
    "“Did you sign it?” the prosecutor, Ewa Lund, asked.\n\n“I sign many things,” the minister answered.\n\n"
    "“Did you sign this?”\n\n“It looks like my name.”\n\nThe court rose at noon.\n"
)


def test_whoever_asks_is_answered_by_another(nlp: Language) -> None:
    assert held(nlp, DIALOGUE, "I sign many things", "I sign many things")
    assert not held(nlp, DIALOGUE, "I sign many things", "It looks like my name")
    assert not held(nlp, DIALOGUE, "Did you sign it?", "I sign many things")


def test_a_paragraph_with_a_tag_of_its_own_is_told_once(nlp: Language) -> None:
    text = (
        "“The ferry was late,” headteacher Olga Brandt said. “Nobody told the islands why it was so late.\n\n"
        "“So the children sleep on the mainland from Monday to Friday,” Brandt added."
    )
    assert len(claims_with(nlp, text, "So the children sleep on the mainland from Monday to Friday")) == 1
    assert not held(nlp, text, "Nobody told the islands why", "So the children sleep")


def test_a_paragraph_between_two_claims_of_one_speaker_is_told_once(nlp: Language) -> None:
    text = (
        "“Look how the islands have suffered,” Brandt continued. “To all of them I say one thing tonight.\n\n"
        "“Your boats are old, your piers are rotten and your children have left.\n\n"
        "“What do you have to lose?” Brandt asked."
    )
    assert len(claims_with(nlp, text, "Your boats are old, your piers are rotten")) == 1
