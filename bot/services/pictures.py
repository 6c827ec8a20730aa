"""Plots, drawn in a process of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.errors import WorkerFailed
from bot.services.engine import Services

Plot = TypeVar("Plot")
FONTS = "matplotlib"
"""The folder in the data directory where matplotlib keeps its list of fonts."""


async def picture_of(services: Services, draw: Callable[[Plot, Path], bytes], plot: Plot) -> bytes | None:
    """Return the file that `draw` produces for a plot, or None if that failed. The log says why."""
    try:
        return await services.drawers.run(draw, plot, services.settings.data_dir / FONTS)
    except WorkerFailed:
        return None
