"""How a feed is offered."""

import pytest

from bot.services.feed_choices import pace_in_words


@pytest.mark.parametrize(
    ("entries_a_week", "words"),
    [
        (None, ""),
        (700, "about 100 a day"),
        (14, "about 2 a day"),
        (7, "about 7 a week"),
        (1, "about 4 a month"),
        (0.25, "about 1 a month"),
        (0.01, "less than one a month"),
    ],
)
def test_how_often_a_feed_posts_is_told_in_a_unit_that_fits(entries_a_week: float | None, words: str) -> None:
    assert pace_in_words(entries_a_week) == words
