"""Where the partitions of the texts of articles begin."""

from bot.store.articles.text_partitions import MADE_AT_ONCE, starts_after


def test_there_is_room_for_the_time_of_one_more_partition() -> None:
    assert list(starts_after(0, newest=5, filled=5, step=10)) == [10, 20]
    assert list(starts_after(20, newest=10, filled=10, step=10)) == []
    assert list(starts_after(20, newest=11, filled=11, step=10)) == [30]


def test_what_is_filled_stays_together() -> None:
    assert list(starts_after(0, newest=35, filled=33, step=10)) == [34, 44, 54]


def test_empty_partitions_divide_the_articles_whose_texts_follow() -> None:
    assert list(starts_after(0, newest=35, filled=0, step=10)) == [10, 20, 30, 40, 50]


def test_few_are_made_however_many_articles_there_are() -> None:
    starts = list(starts_after(0, newest=10**9, filled=0, step=10))
    assert len(starts) <= MADE_AT_ONCE + 2
    assert starts[-1] >= 10**9
