"""Figures in the colours of Discord, as PNG files. Only worker processes import this."""

import io
import warnings

import matplotlib as mpl
from matplotlib.figure import Figure

WIDTH_IN, DPI = 4.0, 200
"""800 pixels: sharp on a phone, which shows them in about 300. One point is one pixel."""
LARGE, SMALL = 11, 9.5
"""The size of labels and of less important letters, in points."""
BACKGROUND, TEXT, MUTED, LINE = "#2b2d31", "#f2f3f5", "#b5bac1", "#5c5f66"
ACCENT, WARNING = "#7cc0e8", "#f0b25a"
"""Contrast with the background: 14 (text), 7 (muted), 7 (accent), 7 (warning) to 1; lines only guide the eye."""

mpl.rcParams.update(
    {
        "font.family": "DejaVu Sans",
        "font.size": LARGE,
        "text.parse_math": False,  # a $ in quoted words is a dollar
        "axes.unicode_minus": False,
        "path.simplify": True,
    }
)


def figure(height_in: float) -> Figure:
    """Return an empty figure of the usual width."""
    return Figure(figsize=(WIDTH_IN, height_in), dpi=DPI, facecolor=BACKGROUND)


def png_of(drawn: Figure) -> bytes:
    """Return a figure as a PNG file."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter missing from the font is drawn as a box
        drawn.savefig(content, format="png", facecolor=BACKGROUND)
    return content.getvalue()


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters, on one line."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[: most - 1].rstrip() + "…"
