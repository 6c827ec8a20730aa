"""What a check of the installation reports, line by line."""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """How a check ended."""

    GOOD = "✓"
    BAD = "✗"
    NOTE = "•"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a report."""

    mark: Mark
    text: str
