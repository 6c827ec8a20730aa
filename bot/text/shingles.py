"""Shingles: the runs of words that two texts are compared by. Pure.

After Broder, "On the resemblance and containment of documents", 1997.
"""

import re
from hashlib import blake2b

SHINGLE = 5
"""Words of a shingle."""
FEWEST_WORDS = 40
"""A text with fewer words is compared with none: it may be a stock phrase."""
MOST_WORDS = 4_000
"""Words at the beginning of a text that are compared."""
_WORD = re.compile(r"[^\W_]+")


def shingles_of(text: str) -> frozenset[int]:
    """Return the shingles of `text` as signed 64-bit numbers; none if it is too short to compare."""
    words = _WORD.findall(text.replace("’", "'").casefold())[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(
        int.from_bytes(blake2b(" ".join(run).encode(errors="replace"), digest_size=8).digest(), signed=True)
        for run in zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    )
