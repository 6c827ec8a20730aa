"""Whom descriptions mean that the article itself explains: by order or by age."""

import pytest

from tests.unit.extraction.actors.test_resolver import speakers

PAIR = "[Anna Kovacs] said {a}. Anna Kovacs and Bo Ray met on Monday."


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{PAIR} [The former] said {{yes}}.", "Anna Kovacs"),
        (f"{PAIR} [The latter] said {{yes}}.", "Bo Ray"),
        ("Anna Kovacs saw Bo Ray and Jens Holm. [The latter] said {yes}.", None),
        ("[Anna Kovacs, 34,] said {a}. Bo Ray, 61, left. [The 34-year-old] said {yes}.", "Anna Kovacs"),
        ("A 52-year-old driver fell. Bo Ray was tired. [The 52-year-old] said {yes}.", "Bo Ray"),
        ("[Bo Ray, 61,] said {a}. [The 34-year-old] said {yes}.", "34-year-old"),
    ],
)
def test_an_article_tells_whom_it_means(marked: str, expected: str | None) -> None:
    assert speakers(marked)[-1] == expected
