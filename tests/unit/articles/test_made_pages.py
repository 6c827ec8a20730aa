"""Made pages of many layouts: each is read as it should be, and a wall is found where there is one, only there."""

import re
from collections import Counter

import pytest

from bot.articles.text import page_text
from tests.unit.articles.made_pages import MadePage, made_pages

PAGES = made_pages()
LOWEST = 0.97
"""The token F1 that each page reaches; all together have more than .99 (`make bench-pages`)."""


def f1(text: str, gold: str) -> float:
    found, wanted = (Counter(re.findall(r"\w+", one.lower())) for one in (text, gold))
    shared = (found & wanted).total()
    return 2 * shared / (found.total() + wanted.total()) if shared else float(not found and not wanted)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_layout_is_read_whole_and_its_walls_are_said(page: MadePage) -> None:
    read = page_text(page.html.encode(), page.url, "text/html")
    assert f1(read.text, page.text) >= LOWEST
    assert read.wall is page.wall
