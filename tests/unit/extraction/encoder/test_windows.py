import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.encoder.windows import windows


def test_a_short_text_is_one_window() -> None:
    (window,) = windows(10, 254, 64)
    assert (window.start, window.end, window.owned_start, window.owned_end) == (0, 10, 0, 10)


def test_no_pieces_need_no_window() -> None:
    assert windows(0, 254, 64) == []


def test_windows_cannot_be_smaller_than_their_overlap() -> None:
    with pytest.raises(ValueError, match="larger"):
        windows(10, 64, 64)


@given(st.integers(1, 5_000), st.integers(2, 300), st.data())
def test_each_piece_is_owned_once_by_a_window_that_reads_it(length: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    cut = windows(length, size, overlap)
    assert [w.owned_start for w in cut] == [0, *(w.owned_end for w in cut[:-1])]
    assert cut[-1].owned_end == length
    assert all(w.start <= w.owned_start < w.owned_end <= w.end for w in cut)
    sizes = {w.end - w.start for w in cut}
    assert max(sizes) <= size
    assert max(sizes) - min(sizes) <= 1


def test_a_window_takes_over_at_the_best_break_within_the_overlap() -> None:
    breaks = [0] * 100
    for place, rating in ((47, 1), (51, 2), (40, 9)):
        breaks[place] = rating
    (first, second) = windows(100, 60, 20, breaks)
    assert (first.end, second.start) == (60, 40)
    assert first.owned_end == second.owned_start == 51
