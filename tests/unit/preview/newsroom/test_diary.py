"""The harbour diary: columns of four weeks, no two alike."""

from itertools import pairwise

from preview.newsroom.diary import FIRST_DAY, LAST_DAY, diary
from preview.newsroom.outlets import OUTLETS
from preview.newsroom.server import Newsroom


def test_every_outlet_has_a_column_a_day_the_newest_first() -> None:
    columns = list(diary())
    assert len(columns) == len(OUTLETS) * (LAST_DAY - FIRST_DAY)
    assert all(one.age < other.age for one, other in pairwise(columns))
    assert len({column.paragraphs for column in columns}) == len(columns)
    assert not any("{" in paragraph for column in columns for paragraph in column.paragraphs)


async def test_columns_are_printed_when_asked_for_and_each_once() -> None:
    async with Newsroom() as newsroom:
        before = len(newsroom.articles)
        assert newsroom.print_columns(16) == 16
        assert len(newsroom.articles) == before + 16
        assert newsroom.print_columns(1_000) == len(OUTLETS) * (LAST_DAY - FIRST_DAY) - 16
        assert newsroom.print_columns(16) == 0
