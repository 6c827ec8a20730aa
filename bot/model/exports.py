"""Answers as files."""

from dataclasses import dataclass
from enum import StrEnum


class ExportFormat(StrEnum):
    """In which form an answer is exported."""

    CSV = "csv"
    JSON = "json"
    BIBTEX = "bibtex"
    CSL = "csl"
    """CSL-JSON, which citation managers read."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file, with how many claims or trends it holds; there may be `more` than fit."""

    name: str
    content: bytes
    number: int
    of: str
    more: bool = False
