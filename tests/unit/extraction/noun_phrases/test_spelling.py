"""Names as they are written, whatever a transcript makes of them."""

import pytest

from bot.extraction.noun_phrases.spelling import in_small_letters


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("DAVE BRANTS", "Dave Brants"),
        ("JO O'NEIL", "Jo O'Neil"),
        ("ANN MCKAY-ROE", "Ann McKay-Roe"),
        ("ABRAMS", "Abrams"),
        ("BBC", "BBC"),
        ("Ann McKay", "Ann McKay"),
    ],
)
def test_a_name_in_capitals_is_written_as_elsewhere(name: str, written: str) -> None:
    assert in_small_letters(name) == written
