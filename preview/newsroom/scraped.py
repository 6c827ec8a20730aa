"""Text as a careless scraper leaves it: no punctuation, paragraphs glued together."""

import unicodedata
from collections.abc import Iterable


def scraped(paragraphs: Iterable[str]) -> str:
    """Return the paragraphs as one run of text, without any punctuation and with nothing between them.

    "He went." and "She stayed." become "He wentShe stayed"; "don't" becomes "dont"; both spaces around a dash
    stay.
    """
    return "".join(
        "".join(char for char in paragraph if not unicodedata.category(char).startswith("P")).strip()
        for paragraph in paragraphs
    )
