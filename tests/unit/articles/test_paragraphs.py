import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.paragraphs import is_prose, joined
from bot.text.counting import word_count


@pytest.mark.parametrize(
    "text",
    [
        "LONDON, Nov 3 - The bank kept its rate at 4 per cent on Monday.",
        "“We decided early that we would rather be laughed at,” she said. “Twice.”",
        "the minister said on Thursday " * 6,
    ],
)
def test_a_sentence_is_prose(text: str) -> None:
    assert is_prose(f"Konkan Mercury\n\n{text}")


def test_a_page_of_links_to_other_articles_is_not() -> None:
    menu = [
        "Konkan Mercury",
        "Epaper | Classifieds",
        "Seven of nine missing fishermen found alive",
        "|",
        "Contact.",
    ]
    assert not is_prose("\n\n".join(menu * 5))


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(is_prose(joined([text])), bool)
    assert word_count(text) >= 0
