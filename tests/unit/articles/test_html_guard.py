"""HTML that stalls parsers is refused; whatever an article may have is not."""

import pytest

from bot.articles.html_guard import ATTRIBUTES, ELEMENTS, check_html
from bot.articles.text import feed_text
from bot.errors import NoText

FLOODS = {
    "too many attributes": f"<div {' '.join(f'a{n}=1' for n in range(60_000))}>x</div>",
    "too many attributes to": f"<div {' a b' * ATTRIBUTES} c='1'>x</div>",
    "too many elements": "<p>w</p>" * (ELEMENTS + 1),
}
WORDS = "word " * 3 * ATTRIBUTES
SOUND = (
    f"<div data-page=\"{WORDS}\" data-other='{WORDS}'>x</div>",
    f"<p>{WORDS}</p>",
    "<p>w</p>" * ELEMENTS,
    f"<p>x < y {WORDS}</p>",
    "",
)


@pytest.mark.parametrize("words", FLOODS)
def test_a_flood_is_refused_in_words(words: str) -> None:
    with pytest.raises(NoText, match=words):
        check_html(FLOODS[words])


@pytest.mark.parametrize("words", FLOODS)
def test_an_entry_whose_content_is_a_flood_has_no_text(words: str) -> None:
    assert feed_text(FLOODS[words]) == ""


@pytest.mark.parametrize("html", SOUND)
def test_what_an_article_may_have_is_no_flood(html: str) -> None:
    check_html(html)
