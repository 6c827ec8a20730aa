"""Draws trends: a row of bars for each, with the recent days set apart. Only workers import this."""

from typing import Any

from bot.delivery.plot_figures import (
    ACCENT,
    BACKGROUND,
    LARGE,
    LINE,
    MUTED,
    SMALL,
    TEXT,
    WARNING,
    figure,
    png_of,
    shortened,
)
from bot.delivery.plots import TrendPlot, TrendRow
from bot.languages.translations import _

ROW_IN, FOOT_IN, EDGE_IN = 0.5, 0.4, 0.06
LABEL = 27
"""The greatest length of a row's label, in characters."""


def drawn_trends(plot: TrendPlot) -> bytes:
    """Return trends as a PNG file."""
    height = EDGE_IN + len(plot.rows) * ROW_IN + FOOT_IN
    drawn = figure(height)
    bottom = FOOT_IN / height
    axes = drawn.add_axes((0.04, bottom, 0.92, 1 - bottom - EDGE_IN / height))
    days = max(len(row.days) for row in plot.rows)
    axes.set_xlim(-0.5, days - 0.5)
    axes.set_ylim(-len(plot.rows), 0)
    axes.axis("off")
    axes.set_facecolor(BACKGROUND)
    now = days - plot.recent_days - 0.5
    axes.axvline(now, color=MUTED, lw=0.8, ls=(0, (3, 2)))
    for place, row in enumerate(plot.rows):
        _draw_row(axes, row, -place - 0.95, plot.recent_days)
    written = {"size": SMALL, "color": MUTED, "va": "bottom", "transform": axes.get_xaxis_transform()}
    foot = -0.3 / (height - FOOT_IN - EDGE_IN)
    axes.text(-0.5, foot, plot.first, ha="left", **written)
    axes.text(now, foot, _("now") + " ▸ ", ha="right", **written)
    axes.text(days - 0.5, foot, plot.last, ha="right", **written)
    return png_of(drawn)


def _draw_row(axes: Any, row: TrendRow, base: float, recent_days: int) -> None:
    written = {"transform": axes.get_yaxis_transform(), "size": LARGE, "va": "bottom"}
    axes.text(0, base + 0.55, f"{row.number}", color=ACCENT, weight="bold", **written)
    axes.text(0.085, base + 0.55, shortened(row.label, LABEL), color=TEXT, **written)
    axes.text(1, base + 0.55, row.told, color=MUTED, ha="right", **written)
    most = max(1, *row.days)
    past = len(row.days) - recent_days
    for day, articles in enumerate(row.days):
        high = 0.36 * articles / most
        if day < past:  # hollow: colour is not the only difference
            axes.bar(day, high, 0.7, bottom=base, fc=BACKGROUND, ec=ACCENT, lw=0.8)
        else:
            axes.bar(day, high, 0.8, bottom=base, fc=WARNING, ec=WARNING, lw=0.8)
    axes.axhline(base, color=LINE, lw=0.7)
