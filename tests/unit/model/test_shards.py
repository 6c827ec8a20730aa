"""Shards as a host types them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.model.shards import Shards, shards_of


@pytest.mark.parametrize(
    ("text", "ids", "count"),
    [
        ("0-7/32", tuple(range(8)), 32),
        ("0/1", (0,), 1),
        ("31/32", (31,), 32),
        (" 0, 3, 8-9 / 16 ", (0, 3, 8, 9), 16),
        ("2-4,3-5/8", (2, 3, 4, 5), 8),
    ],
)
def test_shards_are_named_by_numbers_and_ranges(text: str, ids: tuple[int, ...], count: int) -> None:
    assert shards_of(text) == Shards(ids, count)


@pytest.mark.parametrize("text", ["", "7", "0-7", "/32", "0-/32", "a-b/32", "0;1/2", "-1/2", "٣/٤", "0/2/3"])
def test_what_is_written_otherwise_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="0-7/32"):
        shards_of(text)


@pytest.mark.parametrize("text", ["32/32", "0-32/32", "5-3/8", "0/0", "0/100001"])
def test_numbers_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        shards_of(text)


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        found = shards_of(text)
    except BadInput:
        return
    assert found.ids
    assert max(found.ids) < found.count
