"""What a page shows twice: copies for small and large screens, quotations pulled from the text. Pure, linear."""

import re
from collections.abc import Sequence

from bot.articles.blocks import Block, Outline

FEWEST_WORDS = 8
"""Words of a paragraph that is a copy if it stands elsewhere as well."""
FEWEST_COPIES = 3
"""Different paragraphs that a second copy has at least; fewer may be refrains."""
PULLED = 0.8
"""Share of a pulled quotation that the text must have, too."""
_RUN = 4
"""Words in a row by which they are compared."""
_WORD = re.compile(r"\w+")


def without_repeats(blocks: Sequence[Block], outline: Outline) -> list[Block]:
    """Return `blocks` without second copies that stand in another container, and without pulled quotations."""
    first: dict[str, int] = {}
    copies = []
    for place, block in enumerate(blocks):
        home = outline.containers[block.container].parent
        if block.words >= FEWEST_WORDS and first.setdefault(block.text, home) != home:
            copies.append(place)
    copied = len({blocks[place].text for place in copies}) >= FEWEST_COPIES
    dropped = frozenset(copies) if copied else frozenset()
    kept = [block for place, block in enumerate(blocks) if place not in dropped]
    pulled = [block for block in kept if _may_be_pulled(block, outline)]
    if not pulled:
        return kept
    runs = {run for block in kept if block not in pulled for run in _runs(block.text)}
    return [block for block in kept if block not in pulled or not _is_in(runs, block.text)]


def _may_be_pulled(block: Block, outline: Outline) -> bool:
    """Return whether a block is in a figure without a picture, or an aside among the paragraphs."""
    index = block.container
    for _ in range(4):
        if outline.containers[index].tag in ("figure", "aside"):
            return True
        index = outline.containers[index].parent
    return False


def _is_in(runs: set[tuple[str, ...]], text: str) -> bool:
    own = _runs(text)
    return len(own & runs) >= PULLED * len(own)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[place : place + _RUN]) for place in range(max(1, len(words) - _RUN + 1))}
