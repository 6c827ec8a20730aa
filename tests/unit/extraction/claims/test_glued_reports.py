"""In text without line breaks, what follows a report without a space is not what it reports."""

from dataclasses import replace

import pytest

from bot.extraction.claims.glued_reports import with_glued_reports
from tests.unit.extraction.spoken import marked


def content_of(text: str) -> list[str]:
    words, claim, _ = marked(text)
    return [words[a:b] for found in with_glued_reports([claim], words) for a, b in found.content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The dam held all night [the mayor] {said}<Houses can be built again>", "The dam held all night"),
        (
            "It rained in MayNobody could see the bridge [Ada Quist] {said}<The boats came home>",
            "Nobody could see the bridge",
        ),
    ],
)
def test_what_was_said_stands_before_a_report_at_the_end_of_its_paragraph(text: str, content: str) -> None:
    assert content_of(text) == [content]


def test_a_report_with_nothing_before_it_and_another_paragraph_behind_it_is_none() -> None:
    assert content_of("[Ada Quist] {said}<The boats came home>") == []


@pytest.mark.parametrize(
    "text",
    [
        "[The mayor] {said} <Houses can be built again>",
        "[The mayor] {said}: <Houses can be built again>",
        "[The mayor] {said}“<Houses can be built again>”",
        "<The dam held> [the mayor] {said}Houses can be built again",
        "{said}[the mayor] <Houses can be built again>",
    ],
)
def test_other_contents_stay(text: str) -> None:
    words, claim, _ = marked(text)
    assert with_glued_reports([claim], words) == [claim]


def test_a_paragraph_that_another_claim_took_is_given_back() -> None:
    text = "<The dam held all night> [officials] {said}<The mill is safe and dry> [the mayor] saidHouses stand"
    words, claim, _ = marked(text)
    mill, said = words.index("The mill"), words.index("saidHouses")
    mayor = words.index("the mayor")
    first = replace(claim, source=claim.source[:1])
    second = replace(
        claim,
        source=((mayor, mayor + len("the mayor")),),
        cue=((said, said + 4),),
        content=((said + 4, len(words)),),
    )
    one, other = with_glued_reports([first, second], words)
    assert [words[a:b] for a, b in one.content] == ["The dam held all night"]
    assert [words[a:b] for a, b in other.content] == [words[mill : mayor - 1]]
