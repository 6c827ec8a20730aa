"""What punctuation says, kept for copies of an article that have lost it.

The edges of a claim depend on where a quotation continues and where the writer paused. A network that must predict
both in text without punctuation learns to recognise them. The predictions are not used at run time.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.extraction.claims.quotations import quotations
from training.corpus import Article, Pause

PAUSES = ("none", "within a sentence", "end of a sentence")
AFTER = r"""(?=["”’')\]]*(?:\s|$))"""
"""A mark inside a number or a word does not count."""
MARK = re.compile(rf"(?P<end>[.!?…]){AFTER}|(?P<within>[,;:—–]){AFTER}")


def pauses_of(text: str) -> tuple[Pause, ...]:
    """Return the pauses of `text`, in order. An abbreviation's full stop counts, too, because the word also occurs
    without."""
    return tuple(
        Pause(match.start(), PAUSES.index("end of a sentence" if match["end"] else "within a sentence"))
        for match in MARK.finditer(text)
    )


def with_marks(articles: Iterable[Article]) -> list[Article]:
    """Return the articles, each with its quotations and pauses."""
    return [replace(x, quoted=tuple(quotations(x.text)), pauses=pauses_of(x.text)) for x in articles]
