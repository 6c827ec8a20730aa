"""How a long text is cut into windows that the encoder can read, and which window speaks for which piece."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` are read together; the results for `owned_start` to `owned_end` are kept."""

    start: int
    end: int
    owned_start: int
    owned_end: int


def windows(length: int, size: int, overlap: int, breaks: Sequence[int] | None = None) -> list[Window]:
    """Cut `length` pieces into as few windows of at most `size` as overlap by `overlap`, all of one length or so.

    In the middle of an overlap the right window takes over from the left: at the piece that rates highest in
    `breaks` (one number a piece), the most central of several.
    """
    if length <= 0:
        return []
    if not 0 <= overlap < size:
        raise ValueError("windows must be larger than their overlap")
    count = 1 if length <= size else -(-(length - overlap) // (size - overlap))
    starts = [index * (length - overlap) // count for index in range(count)] if count > 1 else [0]
    borders = [0, *(_border(start, overlap, breaks) for start in starts[1:]), length]
    ends = [*(start + overlap for start in starts[1:]), length]
    return [Window(starts[i], ends[i], borders[i], borders[i + 1]) for i in range(count)]


def _border(start: int, overlap: int, breaks: Sequence[int] | None) -> int:
    """Return where a window that starts at `start` takes over, not near either end of the overlap."""
    centre = start + (overlap + 1) // 2
    margin = overlap // 4
    places = range(start + margin, start + overlap - margin)
    if breaks is None or not places:
        return centre
    return max(places, key=lambda place: (breaks[place], -abs(place - centre)))
