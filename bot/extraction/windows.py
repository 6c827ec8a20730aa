"""How a long text is cut into windows that the encoder can read, and which window speaks for which piece."""

import itertools
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` are read together; the results for `owned_start` to `owned_end` are kept."""

    start: int
    end: int
    owned_start: int
    owned_end: int


def windows(length: int, size: int, overlap: int) -> list[Window]:
    """Cut `length` pieces into windows of at most `size` that overlap by at least `overlap`.

    All but a lone window are full. A piece belongs to the window in which it stands most central.
    """
    if length <= 0:
        return []
    if not 0 <= overlap < size:
        raise ValueError("windows must be larger than their overlap")
    ranges = [(0, min(size, length))]
    while ranges[-1][1] < length:
        end = min(ranges[-1][1] - overlap + size, length)
        ranges.append((end - size, end))
    borders = [
        0,
        *((left[1] + right[0] + 1) // 2 for left, right in itertools.pairwise(ranges)),
        length,
    ]
    return [Window(start, end, borders[index], borders[index + 1]) for index, (start, end) in enumerate(ranges)]
