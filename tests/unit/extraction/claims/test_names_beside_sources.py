"""Sources have all names of a list, and the name of whoever is described."""

import pytest

from bot.extraction.claims.names_beside_sources import with_names_beside
from tests.unit.extraction.spoken import marked


def source_of(text: str) -> str:
    words, claim, _ = marked(text)
    (found,) = with_names_beside([claim], words)
    return words[slice(*found.source[0])]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("In a joint letter, Norway, [Sweden and Finland] {said} <it was over>.", "Norway, Sweden and Finland"),
        (
            "Ida Roth, Bo Lund, [Ann Lee and Jo Moss] {said} <it was over>.",
            "Ida Roth, Bo Lund, Ann Lee and Jo Moss",
        ),
        (
            "Kvarn Cells, [the northern battery maker once seen as a hope], {has agreed} <to be bought>.",
            "Kvarn Cells, the northern battery maker once seen as a hope",
        ),
        ("{According to} [the restorer], Bea Lind, <the brushwork was fine>.", "the restorer, Bea Lind"),
        (
            "The widow of a man lost off [Mull] {told} the court <that he rang>.",
            "The widow of a man lost off Mull",
        ),
        ("{According to} [a nurse], Dr Ann Lee, <the ward had been shut>.", "a nurse, Dr Ann Lee"),
    ],
)
def test_the_name_beside_a_source_belongs_to_it(text: str, source: str) -> None:
    assert source_of(text) == source


@pytest.mark.parametrize(
    "text",
    [
        "Meanwhile, [Kovacs and Ray] {said} <it was over>.",
        "On Monday, [Kovacs and Ray] {said} <it was over>.",
        "In Tolmer, [Kovacs and Ray] {said} <it was over>.",
        "Quist, [Kovacs and Ray] {said} <it was over>.",
        "{According to} [the mayor], Bea Lind, the restorer, <had lied>.",
        "{According to} [the mayor], Tolmer, <which had the pool, was full>.",
        "However, [the battery maker once seen as a hope], though late, {has agreed} <to be bought>.",
        "Kvarn Cells, [the maker] {said}, <was sold>.",
        "The pool was in the middle of [Tolmer], {said} <to be cold>.",
        "The mayor was not at home and [Quist] {said} <it was cold>.",
    ],
)
def test_what_else_stands_before_or_behind_it_does_not(text: str) -> None:
    words, claim, _ = marked(text)
    assert with_names_beside([claim], words) == [claim]
