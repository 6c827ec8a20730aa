"""What a tag at the end reports is all of its sentence, with a report in it that was left out."""

from dataclasses import replace

import pytest
from spacy.language import Language

from bot.extraction.claims.reported_reports import with_reported_reports
from tests.unit.extraction.said import claims_with, speaker_of
from tests.unit.extraction.spoken import marked


def content_of(text: str) -> list[str]:
    words, claim, sentences = marked(text)
    (found,) = with_reported_reports([claim], words, sentences)
    return [words[start:end] for start, end in found.content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Holm maintains <she was at home>, [the Norr Post] {reports}.", "Holm maintains she was at home"),
        (
            "But The Eel Project, a group, has estimated <that a million are caught>, {according to} [the Post].",
            "The Eel Project, a group, has estimated that a million are caught",
        ),
        (
            "Though the college allows <dogs, it forbids eels>, [Holm] {said}.",
            "Though the college allows dogs, it forbids eels",
        ),
    ],
)
def test_a_report_that_was_left_out_is_part_of_the_content(text: str, content: str) -> None:
    assert content_of(text) == [content]


@pytest.mark.parametrize(
    "text",
    [
        "But <a million eels are caught>, {according to} [the Post].",
        "In the north of Norr <a million eels are caught>, [the Post] {reports}.",
        "The Post reports that Holm maintains <she was at home>. [Dahl] {disagrees}.",
    ],
)
def test_other_words_in_front_stay_out(text: str) -> None:
    assert content_of(text)[0][0] in "ais"


def test_a_quotation_that_is_passed_on_keeps_its_own_tag(nlp: Language) -> None:
    text = (
        "Nils Roth sold the mill. “You stole my best friend,” his neighbour Ole Dahl said in court, the Norr Post "
        "reports. “You stole the eels, too.”"
    )
    assert speaker_of(nlp, text, "You stole my best friend") == "Ole Dahl"
    assert {claim.actor for claim in claims_with(nlp, text, "You stole the eels, too")} == {"Ole Dahl"}
    (told,) = {
        claim.told_by[0].actor for claim in claims_with(nlp, text, "You stole my best friend") if claim.told_by
    }
    assert told == "Norr Post"


def test_whoever_is_named_first_said_it_as_surely_as_it_is_passed_on() -> None:
    words, dahl, sentences = marked("<“I ran,”> {said} [Dahl], according to a transcript. “I was afraid.”")
    told, passed_on, _ = marked("“I ran,” said Dahl, {according to} [a transcript]. <“I was afraid.”>")
    assert words == told
    first, second = with_reported_reports([replace(dahl, confidence=0.4), passed_on], words, sentences)
    assert first.confidence == passed_on.confidence
    assert [words[slice(*span)] for span in first.content] == ["“I ran,”", "“I was afraid.”"]
    assert [words[slice(*span)] for span in second.content] == ["“I ran,” said Dahl"]
