"""Plots are drawn, whatever people say, and small enough for a phone."""

import struct
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.plots import Mark, TimelinePlot, TimelineRow, TrendPlot, TrendRow, timeline_png, trends_png

NOON = datetime(2026, 7, 18, 12)  # noqa: DTZ001 - plots are in local time, without a zone
LABELS = ("plain", "$\\frac{1}{0}$ and $5", "東京 🙂 عربى", "x" * 5_000, "", "two\nlines", "\x00\ud7ff")


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", "")  # drawing sets it; this restores it


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_timeline_is_800_pixels_wide_and_grows_with_its_rows(tmp_path: Path) -> None:
    rows = tuple(TimelineRow(n, label, ((NOON, Mark.OWN_WORDS),), 1) for n, label in enumerate(LABELS, 1))
    small = size_of(timeline_png(TimelinePlot(rows[:1], (NOON,)), tmp_path))
    large = size_of(timeline_png(TimelinePlot(rows, (NOON, NOON - timedelta(days=800))), tmp_path))
    assert small[0] == large[0] == 800
    assert small[1] < large[1] < 900


def test_the_same_plot_gives_the_same_file_and_other_marks_another(tmp_path: Path) -> None:
    plots = [TimelinePlot((TimelineRow(1, "The dam is safe", ((NOON, mark),)),), (NOON,)) for mark in Mark]
    files = [timeline_png(plot, tmp_path) for plot in (*plots, plots[0])]
    assert files[0] == files[3]
    assert len(set(files)) == 3


def test_trends_have_a_row_each(tmp_path: Path) -> None:
    days = (0, 3, 0, 1, 0, 9)
    rows = tuple(TrendRow(n, label, days if n > 1 else (0,) * 6, "3 times") for n, label in enumerate(LABELS, 1))
    small = size_of(trends_png(TrendPlot(rows[:1], 1, "6 June", "18 July"), tmp_path))
    large = size_of(trends_png(TrendPlot(rows, 1, "6 June", "18 July"), tmp_path))
    assert small[0] == large[0] == 800
    assert small[1] < large[1] < 900
