import pytest

from bot.extraction.encoder.scraping_seams import seams, well_formed


def cut(text: str, *known: str) -> list[str]:
    cuts = seams(text, known.__contains__)
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("said ThursdayThe aim", ["said Thursday", "The aim"]),
        ("the USAThe plan", ["the USA", "The plan"]),
        ("in 2015He left", ["in 2015", "He left"]),
        ("oneTwoThree", ["one", "Two", "Three"]),
        ("on SiriusXM, and TheIsland", ["on Sirius", "XM, and The", "Island"]),
        ("nothing glued here, NATO said", ["nothing glued here, NATO said"]),
        ("", [""]),
    ],
)
def test_a_word_is_cut_where_sentences_were_glued(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_a_known_word_with_a_capital_inside_stays_whole() -> None:
    assert cut("on YouTube today", "youtube") == ["on YouTube today"]


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert well_formed("a\ud800b\udfffc") == "a\ufffdb\ufffdc"
    assert well_formed("plain 😀") == "plain 😀"
