import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.windows import windows


def test_a_short_text_is_one_window():
    (window,) = windows(10, 254, 64)
    assert (window.start, window.end, window.owned_start, window.owned_end) == (0, 10, 0, 10)


def test_no_pieces_need_no_window():
    assert windows(0, 254, 64) == []


def test_windows_cannot_be_smaller_than_their_overlap():
    with pytest.raises(ValueError, match="larger"):
        windows(10, 64, 64)


@given(st.integers(1, 5_000), st.integers(2, 300), st.data())
def test_each_piece_is_owned_once_by_a_window_that_reads_it(length, size, data):
    overlap = data.draw(st.integers(0, size - 1))
    cut = windows(length, size, overlap)
    assert [w.owned_start for w in cut] == [0, *(w.owned_end for w in cut[:-1])]
    assert cut[-1].owned_end == length
    assert all(w.start <= w.owned_start < w.owned_end <= w.end for w in cut)
    assert all(w.end - w.start == min(size, length) for w in cut)
