"""Runs that no article has: what is read in their place, and where in the text it was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.encoder.readable_text import LONGEST_GAP, LONGEST_WORD, readable
from bot.extraction.pipeline import extract
from bot.model.claims import Claim, Extraction, Kind, LeftOut, Wording

ARTICLE = "The minister, Anna Kovacs, said on Tuesday that the harbour would close in March."
RUNS = st.sampled_from(["a", "b" * LONGEST_WORD, "c" * 900, " ", " " * LONGEST_GAP, " " * 40, "\n" * 30, "d e\n"])


def claim(start: int, end: int) -> Claim:
    return Claim(
        source=(),
        cue=(),
        content=((start, end),),
        actor=None,
        kind=Kind.STATEMENT,
        verbatim=Wording.PARAPHRASED,
        confidence=1.0,
        evidence=(start, end),
        time=(start, end),
    )


@pytest.mark.parametrize("text", ["", "a", ARTICLE, "“No.”\n\n\n“Yes.”", "a" * LONGEST_WORD, " " * LONGEST_GAP])
def test_a_text_without_long_runs_is_read_as_it_is(text: str) -> None:
    assert readable(text).text == text


@pytest.mark.parametrize(
    ("run", "read"),
    [
        (" " * 50, " "),
        ("\t" * 25 + "\n" + "\t" * 25, "\n"),
        ("\n" * 50, "\n\n"),
        ("\u2003" * 50, " "),
        ("a-" * 5_000, "a-" * (LONGEST_WORD // 2)),
        ('"' * 5_000, '"' * LONGEST_WORD),
    ],
)
def test_a_long_run_is_shortened(run: str, read: str) -> None:
    gap = "" if run.isspace() else " "
    assert readable(f"one{gap}{run}{gap}two").text == f"one{gap}{read}{gap}two"


@given(st.lists(RUNS, max_size=12).map("".join), st.data())
def test_what_is_found_in_it_is_found_in_the_text(text: str, data: st.DataObject) -> None:
    reading = readable(text)
    length = len(reading.text)
    if length < 2:
        return
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start + 1, length))
    found = reading.original(Extraction((), (claim(start, end),), (LeftOut(start, end, "de"),)))
    (span,) = found.claims[0].content
    assert span == found.claims[0].evidence == found.claims[0].time
    assert span == (found.left_out[0].start, found.left_out[0].end)
    assert 0 <= span[0] < span[1] <= len(text)
    for read, original in ((reading.text[start], text[span[0]]), (reading.text[end - 1], text[span[1] - 1])):
        assert read == original or (read.isspace() and original.isspace())


@pytest.mark.parametrize("run", [" " * 5_000, "\n" * 5_000, "x" * 5_000, '"' * 5_000, "a-" * 2_500])
def test_an_article_around_a_long_run_is_read(nlp: Language, run: str) -> None:
    text = f"{ARTICLE}\n\n{run}\n\n{ARTICLE.replace('harbour', 'bridge')}"
    contents = [text[start:end] for each in extract(nlp, text).claims for start, end in each.content]
    assert any("the harbour would close" in content for content in contents)
    assert any("the bridge would close" in content for content in contents)
