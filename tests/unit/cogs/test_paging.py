"""Pages of a list."""

from hypothesis import given
from hypothesis import strategies as st

from cogs.views.paging import page_count, page_of


@given(st.lists(st.integers(), max_size=50), st.integers(1, 10))
def test_the_pages_of_a_list_hold_each_thing_once_in_order(items: list[int], size: int) -> None:
    pages = [page_of(items, number, size) for number in range(page_count(len(items), size))]
    assert [item for page in pages for item in page.items] == items
    assert all(len(page.items) <= size for page in pages)


@given(st.lists(st.integers(), max_size=50), st.integers(-5, 10_000))
def test_a_page_that_does_not_exist_is_the_nearest_that_does(items: list[int], number: int) -> None:
    page = page_of(items, number, 8)
    assert 0 <= page.number < page.count
    assert bool(page.items) == bool(items)


def test_an_only_page_needs_no_number() -> None:
    assert page_of([1], 0, 8).footer == ""
    assert page_of(list(range(9)), 1, 8).footer == "Page 2 of 2"
