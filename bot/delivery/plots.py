"""Plots as pictures: what each shows, and the functions that draw them in a worker process.

This module stays light: the main process imports it only to describe plots and to name the functions that a worker
runs. The drawing is in `bot.delivery.drawn_timelines` and `bot.delivery.drawn_trends`.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.languages.known_languages import ENGLISH, Language
from bot.languages.spoken import speaking, spoken_language
from bot.languages.translations import NP_

NOT_DRAWN = frozenset({"hi"})
"""Languages whose letters DejaVu Sans does not have."""
ALT_LIMIT = 1_024
"""Discord's limit for the description of a file."""


class Mark(StrEnum):
    """The meaning of a mark on a timeline. Each has its own shape."""

    OWN_WORDS = NP_("claim", "own words")
    PARAPHRASE = NP_("claim", "paraphrased")
    DENIAL = NP_("claim", "denies")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A position on a timeline: when it was said, in local time without a zone, and with which marks.

    `contrary` is the number of the earlier position that it contradicts.
    """

    number: int
    label: str
    marks: tuple[tuple[datetime, Mark], ...]
    contrary: int | None = None


@dataclass(frozen=True, slots=True)
class TimelinePlot:
    """The positions of a page, and when all claims of the timeline were published."""

    rows: tuple[TimelineRow, ...]
    moments: tuple[datetime, ...]
    language: Language = ENGLISH


@dataclass(frozen=True, slots=True)
class TrendRow:
    """Articles with an actor or a topic by day, the oldest day first, and the words beside the bars."""

    number: int
    label: str
    days: tuple[int, ...]
    told: str


@dataclass(frozen=True, slots=True)
class TrendPlot:
    """Trends, with how many of the days are recent, and the first and last day in words."""

    rows: tuple[TrendRow, ...]
    recent_days: int
    first: str
    last: str
    language: Language = ENGLISH


def drawn_language() -> Language:
    """Return the language of the words in a picture: the current one if the font has its letters, otherwise
    English.
    """
    spoken = spoken_language()
    return ENGLISH if spoken.code in NOT_DRAWN else spoken


def timeline_png(plot: TimelinePlot, cache: Path) -> bytes:
    """Return a timeline as a PNG file. Runs in a worker; `cache` is a folder for matplotlib's list of fonts."""
    _prepare(cache)
    from bot.delivery.drawn_timelines import drawn_timeline  # noqa: PLC0415 - matplotlib is for workers only

    with speaking(plot.language):
        return drawn_timeline(plot)


def trends_png(plot: TrendPlot, cache: Path) -> bytes:
    """Return trends as a PNG file. Runs in a worker; `cache` is a folder for matplotlib's list of fonts."""
    _prepare(cache)
    from bot.delivery.drawn_trends import drawn_trends  # noqa: PLC0415 - matplotlib is for workers only

    with speaking(plot.language):
        return drawn_trends(plot)


def _prepare(cache: Path) -> None:
    """Tell matplotlib where to write, and numpy to start no threads, because each takes address space."""
    os.environ["MPLCONFIGDIR"] = str(cache)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
