"""Entries of one feed that share a link: versions in a changelog, lines of a ticker, links to the front page.
Pure.

An entry is a separate article if its words differ from those of the others. The page is used only if it contains
its words and not theirs; otherwise the feed's own text is.
"""

import re
from collections.abc import Sequence

RUN = 4
"""The number of consecutive words by which texts are compared."""
ALIKE = 0.6
"""From this share of common runs, two texts say the same: an update keeps most words."""
HELD = 0.5
"""The smallest share of a text's runs on a page that shows it; headlines and markup break some."""
MOST_WORDS = 2_000
_WORD = re.compile(r"[^\W_]+")

Runs = frozenset[int]


def is_apart(own: str, others: Sequence[str]) -> bool:
    """Return whether the text of an entry differs from those of the entries that share its link."""
    runs = _runs(own)
    if not runs:
        return False
    return not any(_share(runs, other) >= ALIKE or _share(other, runs) >= ALIKE for other in map(_runs, others))


def is_page_of(page: str, own: str, others: Sequence[str]) -> bool:
    """Return whether a page shows the text of an entry, and that of no other entry that links to it."""
    shown = _runs(page, most=10 * MOST_WORDS)
    if _share(_runs(own), shown) < HELD:
        return False
    return not any(_share(other, shown) >= HELD for other in map(_runs, others))


def _runs(text: str, most: int = MOST_WORDS) -> Runs:
    words = _WORD.findall(text.casefold())[:most]
    return frozenset(map(hash, zip(*(words[start:] for start in range(RUN)), strict=False)))


def _share(runs: Runs, of: Runs) -> float:
    return len(runs & of) / len(runs) if runs else 0.0
