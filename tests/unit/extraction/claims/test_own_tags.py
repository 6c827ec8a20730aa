"""Quotations that have a tag of their own are no part of what the speaker before says."""

import pytest

from bot.extraction.claims.own_tags import with_own_tags
from bot.model.claims import Claim, Kind, Span, Wording

BEFORE = "“I came for the cake,” he said.\n\n"


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def _linked(text: str, quotation: str) -> Claim:
    """Return the claim of "he said" to which a later quotation was linked, too."""
    return Claim(
        source=(_span(text, "he"),),
        cue=(_span(text, "said"),),
        content=(_span(text, "“I came for the cake,”"), _span(text, quotation)),
        actor=None,
        kind=Kind.STATEMENT,
        verbatim=Wording.VERBATIM,
        confidence=0.9,
        evidence=(0, len(text)),
    )


@pytest.mark.parametrize(
    ("behind", "source", "cue"),
    [
        ("“Not for you, Dale,” she called down.", "she", "called"),
        ("“Not for you, Dale!” Joy Pascoe laughed.", "Joy Pascoe", "laughed"),
        ("“Not for you, Dale,” the cook hissed as he passed.", "the cook", "hissed"),
    ],
)
def test_a_quotation_is_of_whoever_its_own_tag_names(behind: str, source: str, cue: str) -> None:
    text = BEFORE + behind
    quotation = behind[: behind.index("”") + 1]
    first, second = with_own_tags([_linked(text, quotation)], text, [(0, len(text))])
    assert first.content == (_span(text, "“I came for the cake,”"),)
    assert [text[slice(*span)] for span in (*second.source, *second.cue, *second.content)] == [
        source,
        cue,
        quotation,
    ]


@pytest.mark.parametrize(
    "behind",
    [
        "“It was dry.” She left the room.",
        "“It was dry.”",
        "“It was dry,” as a guest in the hall put it once.",
    ],
)
def test_a_quotation_that_is_over_stays_with_its_speaker(behind: str) -> None:
    text = BEFORE + behind
    claim = _linked(text, behind[: behind.index("”") + 1])
    assert with_own_tags([claim], text, [(0, len(text))]) == [claim]


@pytest.mark.parametrize(
    ("behind", "source"),
    [
        ("The oven will stay cold, a person close to the baker said.", "a person close to the baker"),
        ("That would suit the neighbours, the man added.", "the man"),
        ("Two more loaves were burnt, Joy Pascoe recalled.", "Joy Pascoe"),
    ],
)
def test_a_sentence_that_ends_in_its_own_report_is_of_whoever_that_names(behind: str, source: str) -> None:
    text = BEFORE + behind
    content = behind[: behind.index(f", {source}")]
    start = len(BEFORE)
    claims = with_own_tags([_linked(text, content)], text, [(0, start), (start, len(text))])
    assert [[text[slice(*span)] for span in claim.source] for claim in claims] == [["he"], [source]]
    assert [text[slice(*span)] for span in claims[1].content] == [content]


@pytest.mark.parametrize(
    "behind",
    [
        "The oven will stay cold, and nobody has asked why.",
        "The oven will stay cold, which the baker said.",
        "“The oven will stay cold”, as the baker said.",
        "The oven will stay cold, he has heard, until May.",
    ],
)
def test_a_sentence_without_a_report_at_its_end_stays_with_the_claim(behind: str) -> None:
    text = BEFORE + behind
    claim = _linked(text, behind.partition(",")[0])
    start = len(BEFORE)
    assert with_own_tags([claim], text, [(0, start), (start, len(text))]) == [claim]
