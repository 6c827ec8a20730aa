"""What punctuation says, kept for copies of an article that have lost it.

Where a quotation goes on, and where a writer paused, is what a claim's edges hang on. A network that is asked for
both in text without marks learns to hear them; at run time nobody asks.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.extraction.claims.quotations import quotations
from training.corpus import Article, Pause

PAUSES = ("none", "within a sentence", "end of a sentence")
AFTER = r"""(?=["”’')\]]*(?:\s|$))"""
"""A mark inside a number or a word is none of these."""
MARK = re.compile(rf"(?P<end>[.!?…]){AFTER}|(?P<within>[,;:—–]){AFTER}")


def pauses_of(text: str) -> tuple[Pause, ...]:
    """The pauses of `text`, in order. An abbreviation's full stop counts too: the same word is met without it."""
    return tuple(
        Pause(match.start(), PAUSES.index("end of a sentence" if match["end"] else "within a sentence"))
        for match in MARK.finditer(text)
    )


def with_marks(articles: Iterable[Article]) -> list[Article]:
    """The articles, each with its quotations and pauses noted."""
    return [replace(x, quoted=tuple(quotations(x.text)), pauses=pauses_of(x.text)) for x in articles]
