"""What was said first and taken back says so; what was not taken back stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.extraction.speech.taken_back import with_what_was_taken_back
from bot.model.claims import Claim, Kind, Wording
from tests.unit.extraction.said import claims_with

TAKEN_BACK = [
    (
        "Senator Rhys Cole said the vaccine had killed thousands, a claim he later retracted.",
        "the vaccine had killed thousands",
        "a claim he later retracted",
    ),
    (
        "Mayor Vera Holm called the strikers “parasites”. She later apologised for the remark.",
        "the strikers “parasites”",
        "She later apologised for the remark",
    ),
    (
        "The minister, Jan Kort, said the bridge was closed for good. On Tuesday he walked back the remark.",
        "the bridge was closed for good",
        "On Tuesday he walked back the remark",
    ),
    (
        "Ada Lund deleted the post in which she called the judge a liar.",
        "the judge a liar",
        "deleted the post in which",
    ),
    ("Tim Ross apologised for saying that nurses were lazy.", "nurses were lazy", "apologised"),
    (
        "The company said no data was stolen. It retracted the statement a week later.",
        "no data was stolen",
        "It retracted the statement",
    ),
    (
        "“Nobody was hurt,” police chief Ola Berg said. Hours later he corrected himself.",
        "Nobody was hurt",
        "Hours later he corrected himself",
    ),
    ("Mr Webb withdrew his claim that the vote was rigged.", "the vote was rigged", "withdrew"),
    (
        "Per Dahl said he would sell the club for one euro. He later said that he had been joking.",
        "he would sell the club for one euro",
        "He later said that he had been joking",
    ),
    (
        "Bell told police that he was at home, but later admitted he had lied.",
        "he was at home",
        "but later admitted he had lied",
    ),
    (
        "In a post that has since been deleted, Ms Lund wrote: “The judge is a liar.”",
        "The judge is a liar",
        "In a post that has since been deleted",
    ),
    (
        "“The pool is poisoned,” Sam Holt wrote on Friday. The post was later deleted.",
        "The pool is poisoned",
        "The post was later deleted",
    ),
    (
        "Kim Sato has since taken back her accusation that the coach hit her.",
        "the coach hit her",
        "has since taken back",
    ),
]
STANDS = [
    ("Per Dahl said he would sell the club. Vera Holm said she was not joking.", "he would sell the club"),
    ("Ms Holt said the dam was unsafe. She refused to retract the statement.", "the dam was unsafe"),
    ("Mr Oro said farmers were greedy. He has not apologised for the remark.", "farmers were greedy"),
    ("Anna Voss said the paper should retract the story that she had resigned.", "she had resigned"),
    ("Lena Brand said she would never apologise for calling the war a crime.", "calling the war a crime"),
    ("The union withdrew from the talks and said the offer was an insult.", "the offer was an insult"),
    ("Dr Noor said the study had been retracted by the journal.", "the study had been retracted"),
    ("Vera Holm said the bus had been late. The driver apologised.", "the bus had been late"),
    ("Vera Holm said the bus was late. Per Dahl later apologised for his remarks.", "the bus was late"),
    ("“The pool is full,” Holm said. He later deleted the app.", "The pool is full"),
    ("Critics asked Ms Lund to withdraw her claim that the judge was a liar.", "the judge was a liar"),
]


@pytest.mark.parametrize(("text", "part", "words"), TAKEN_BACK)
def test_a_claim_says_that_it_was_taken_back(nlp: Language, text: str, part: str, words: str) -> None:
    found = [claim.taken_back for claim in claims_with(nlp, text, part)]
    assert [span and text[slice(*span)] for span in found] == [words]


@pytest.mark.parametrize(("text", "part"), STANDS)
def test_what_stands_does_not(nlp: Language, text: str, part: str) -> None:
    assert not any(claim.taken_back for claim in claims_with(nlp, text, part))


def test_the_remark_itself_is_no_claim(nlp: Language) -> None:
    text = TAKEN_BACK[1][0]
    assert not any("remark" in text[slice(*claim.content[0])] for claim in extract(nlp, text).claims)


def test_what_was_taken_back_is_told_without_the_taking_back(nlp: Language) -> None:
    text = "Tim Ross apologised for saying that nurses were lazy."
    (claim,) = extract(nlp, text).claims
    assert (text[slice(*claim.cue[0])], text[slice(*claim.content[0])]) == ("saying", "nurses were lazy")


WORDS = st.sampled_from(
    [
        "He",
        "later",
        "retracted",
        "the",
        "claim",
        "apologised",
        "for",
        "saying",
        "that",
        ".",
        ",",
        "deleted",
        "it",
        "“",
        "\n",
    ]
)


@given(st.lists(WORDS, max_size=60).map(" ".join), st.integers(0, 20))
def test_spans_of_any_words_lie_within_the_text(words: str, start: int) -> None:
    text = "Ada retracted " + words + " x"
    claim = Claim(
        ((0, 3),),
        ((4, 13),),
        ((min(14 + start, len(text) - 1), len(text)),),
        None,
        Kind.STATEMENT,
        Wording.MIXED,
        0.9,
        (0, len(text)),
    )
    for found in with_what_was_taken_back(text, [claim], [(0, len(text))]):
        for first, last in (*found.cue, *found.content, found.taken_back or (0, 1)):
            assert 0 <= first < last <= len(text)
