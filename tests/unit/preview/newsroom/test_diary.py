"""The harbour diary: columns of five weeks, no two alike."""

from datetime import timedelta
from itertools import pairwise

from preview.newsroom.diary import FIRST_DAY, LAST_DAY, diary
from preview.newsroom.outlets import OUTLETS
from preview.newsroom.server import Newsroom

USUAL = len(OUTLETS) * (LAST_DAY - FIRST_DAY)
A_WEEK = timedelta(days=7)


def test_every_outlet_has_a_column_a_day_the_newest_first() -> None:
    columns = list(diary())
    assert len([column for column in columns if column.age > A_WEEK]) == USUAL
    assert all(one.age < other.age for one, other in pairwise(columns))
    assert len({column.paragraphs for column in columns}) == len(columns)
    assert not any("{" in paragraph for column in columns for paragraph in column.paragraphs)


def test_this_week_tells_of_what_nobody_told_of_before() -> None:
    told = [(column.age < A_WEEK, " ".join((column.title, *column.paragraphs))) for column in diary()]
    for word in ("jellyfish", "strike", "Pascoe", "Bakker"):
        assert len([text for recent, text in told if recent and word in text]) >= 4
        assert not [text for recent, text in told if not recent and word in text]


async def test_columns_are_printed_when_asked_for_and_each_once() -> None:
    async with Newsroom() as newsroom:
        before = len(newsroom.articles)
        assert newsroom.print_columns(16) == 16
        assert len(newsroom.articles) == before + 16
        assert newsroom.print_columns(1_000) == len(list(diary())) - 16
        assert newsroom.print_columns(16) == 0
