"""Draws timelines: a row for each position, with a mark for each time it was said. Only workers import this."""

from datetime import datetime, timedelta
from typing import Any

from matplotlib.dates import date2num

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
from bot.delivery.plots import Mark, TimelinePlot, TimelineRow
from bot.languages.formats import by_skeleton, clock_time
from bot.languages.translations import _, pgettext

ROW_IN, STRIP_IN, FOOT_IN, EDGE_IN = 0.5, 0.38, 0.6, 0.06
LABEL, LABEL_WITH_CONTRARY = 38, 32
"""The greatest length of a row's label, in characters."""
_SHAPES = {Mark.OWN_WORDS: "o", Mark.PARAPHRASE: "o", Mark.DENIAL: "X"}
_SIGNS = {Mark.OWN_WORDS: "●", Mark.PARAPHRASE: "○", Mark.DENIAL: "✕"}


def drawn_timeline(plot: TimelinePlot) -> bytes:
    """Return a timeline as a PNG file."""
    shown = sum(len(row.marks) for row in plot.rows)
    strip = STRIP_IN if shown < len(plot.moments) else 0.0
    height = EDGE_IN + len(plot.rows) * ROW_IN + strip + FOOT_IN
    drawn = figure(height)
    bottom = FOOT_IN / height
    axes = drawn.add_axes((0.04, bottom, 0.92, 1 - bottom - EDGE_IN / height))
    low, high = _span(plot.moments)
    axes.set_xlim(date2num(low), date2num(high))
    axes.set_ylim(-len(plot.rows) - strip / ROW_IN, 0)
    for place, row in enumerate(plot.rows):
        _draw_row(axes, row, -place - 0.72)
    if strip:
        y = -len(plot.rows) - 0.5 * strip / ROW_IN
        axes.text(0, y + 0.1, _("all claims"), transform=axes.get_yaxis_transform(), color=MUTED, size=SMALL)
        axes.plot([date2num(at) for at in plot.moments], [y - 0.18] * len(plot.moments), "|", color=MUTED, ms=5)
    _draw_days(axes, low, high)
    drawn.text(0.04, 0.08 / height, _legend(plot), color=MUTED, size=SMALL, va="bottom")
    return png_of(drawn)


def _draw_row(axes: Any, row: TimelineRow, y: float) -> None:
    label = shortened(row.label, LABEL if row.contrary is None else LABEL_WITH_CONTRARY)
    written = {"transform": axes.get_yaxis_transform(), "size": LARGE, "va": "bottom"}
    axes.text(0, y + 0.26, f"{row.number}", color=ACCENT, weight="bold", **written)
    axes.text(0.075, y + 0.26, label, color=TEXT, **written)
    if row.contrary is not None:
        axes.text(1, y + 0.26, f"≠ {row.contrary}", color=WARNING, weight="bold", ha="right", **written)
    axes.axhline(y, color=LINE, lw=0.7, zorder=1)
    days = [date2num(at) for at, _mark in row.marks]
    axes.plot([min(days), max(days)], [y, y], color=ACCENT, lw=2, zorder=2, solid_capstyle="round")
    colour = ACCENT if row.contrary is None else WARNING
    for day, (_at, mark) in zip(days, row.marks, strict=True):
        inside = BACKGROUND if mark is Mark.PARAPHRASE else colour
        axes.plot([day], [y], _SHAPES[mark], ms=7, mfc=inside, mec=colour, mew=1.2, zorder=3, clip_on=False)


def _draw_days(axes: Any, low: datetime, high: datetime) -> None:
    span = high - low
    days = [low + span * share for share in (0.04, 0.5, 0.96)]
    axes.set_xticks([date2num(day) for day in days], [_day_shown(day, span) for day in days])
    axes.tick_params(axis="x", colors=MUTED, labelsize=SMALL, length=3)
    for place, label in enumerate(axes.get_xticklabels()):
        label.set_horizontalalignment(("left", "center", "right")[place])
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.set_facecolor(BACKGROUND)


def _day_shown(moment: datetime, span: timedelta) -> str:
    if span < timedelta(days=3):
        return f"{by_skeleton('MMMd', moment)} {clock_time(moment.time())}"
    return by_skeleton("MMMd" if span < timedelta(days=300) else "yMMM", moment)


def _span(moments: tuple[datetime, ...]) -> tuple[datetime, datetime]:
    first, last = min(moments), max(moments)
    pad = max((last - first) * 0.04, timedelta(hours=6))
    return first - pad, last + pad


def _legend(plot: TimelinePlot) -> str:
    used = {mark for row in plot.rows for _at, mark in row.marks}
    told = [f"{_SIGNS[mark]} {pgettext('claim', mark)}" for mark in Mark if mark in used]
    if any(row.contrary is not None for row in plot.rows):
        told.append("≠ " + _("contrary of"))
    return "  ".join(told)
