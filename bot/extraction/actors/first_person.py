"""Whether quoted words speak of the speaker alone ("I", not "we"): then one person says them."""

import re

from bot.model.claims import Span

I_SAY = re.compile(r"(?:^|[\s“\"‘'(—–-])(?:I(?:['’](?:m|ve|d|ll)\b|\s+[a-z])|[Mm]y\s+[a-z])")
"""Not the number of a king or a war."""


def speaks_of_itself(text: str, span: Span) -> bool:
    """Return whether the words of `span` have "I" or "my" in them."""
    return I_SAY.search(text, *span) is not None
