"""Small holes in a content are filled; what stands between two things that were said is not."""

from dataclasses import replace

import pytest

from bot.extraction.claims.whole_contents import with_whole_contents
from tests.unit.extraction.spoken import marked


def filled(text: str) -> list[str]:
    words, claim, _ = marked(text)
    (found,) = with_whole_contents([claim], words, [(0, len(words))])
    return [words[start:end] for start, end in found.content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("<Rather> than recall <the boats>, [Jobs] {said}.", ["Rather than recall the boats"]),
        ("[The firm] {said} it would cost <it> less than <a million>.", ["it less than a million"]),
        ("[Rhys Cole] {likened} <the hall> in a song to <a barn>.", ["the hall in a song to a barn"]),
    ],
)
def test_a_small_hole_is_filled(text: str, content: list[str]) -> None:
    assert filled(text) == content


@pytest.mark.parametrize(
    "text",
    [
        "“<The pool is full>,” [Holm] {said}, “<and cold>.”",
        "<The pool is full>, which surprised nobody here, <and it is cold>, [Holm] {said}.",
        "[Rhys Cole] {thanked} <Reed> on Monday <for his help>.",
        "[Holm] {said} <the pool is full> and left, then <it is cold>.",
        "<The pool> as the members of the club all know <is full>, [Holm] {said}.",
    ],
)
def test_what_stands_between_two_things_stays_out(text: str) -> None:
    assert len(filled(text)) == 2


def test_another_report_in_the_hole_stays_out() -> None:
    words, claim, _ = marked("<The pool> Dahl says <is full>, [Holm] {said}.")
    start = words.index("Dahl")
    other = replace(claim, source=((start, start + 4),), cue=((start + 5, start + 9),), content=((0, 8),))
    assert with_whole_contents([claim, other], words, [(0, len(words))])[0] == claim


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("[She] {wanted} <to know why the pool was full>.", "wanted to know", "why the pool was full"),
        ("[Holm] {demanded} <to be told who had filled it>.", "demanded to be told", "who had filled it"),
        ("[She] {wanted} <to know the depth of the pool>.", "wanted", "to know the depth of the pool"),
        ("[She] {wanted} Holm <to know why the pool was full>.", "wanted", "to know why the pool was full"),
    ],
)
def test_whoever_wants_to_know_asks(text: str, cue: str, content: str) -> None:
    words, claim, _ = marked(text)
    (found,) = with_whole_contents([claim], words, [(0, len(words))])
    assert [words[slice(*span)] for span in (*found.cue, *found.content)] == [cue, content]
