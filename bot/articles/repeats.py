"""Repetitions on a page: copies for small and large screens, quotations pulled from the text. Pure, linear."""

from collections.abc import Sequence

from bot.articles.blocks import Block, Outline
from bot.articles.paragraphs import word_runs

FEWEST_WORDS = 8
"""The fewest words of a paragraph that is a copy if it also stands elsewhere."""
FEWEST_COPIES = 3
"""The fewest different paragraphs of a second copy; fewer may be refrains."""
PULLED = 0.8
"""The share of a pulled quotation that must also be in the text."""
_RUN = 4
"""The number of consecutive words by which they are compared."""


def without_repeats(blocks: Sequence[Block], outline: Outline) -> list[Block]:
    """Return `blocks` without second copies in another container, and without pulled quotations."""
    first: dict[str, int] = {}
    copies = []
    for place, block in enumerate(blocks):
        home = outline.containers[block.container].parent
        if block.words >= FEWEST_WORDS and first.setdefault(block.text, home) != home:
            copies.append(place)
    copied = len({blocks[place].text for place in copies}) >= FEWEST_COPIES
    dropped = frozenset(copies) if copied else frozenset()
    kept = [block for place, block in enumerate(blocks) if place not in dropped]
    pulled = [_may_be_pulled(block, outline) for block in kept]
    if not any(pulled):
        return kept
    text = [block.text for block, may_be in zip(kept, pulled, strict=True) if not may_be]
    runs = {run for paragraph in text for run in word_runs(paragraph, _RUN)}
    return [
        block for block, may_be in zip(kept, pulled, strict=True) if not may_be or not _is_in(runs, block.text)
    ]


def _may_be_pulled(block: Block, outline: Outline) -> bool:
    """Return whether a block is in a figure without a picture, or an aside among the paragraphs."""
    index = block.container
    for _ in range(4):
        if outline.containers[index].tag in ("figure", "aside"):
            return True
        index = outline.containers[index].parent
    return False


def _is_in(runs: set[tuple[str, ...]], text: str) -> bool:
    own = word_runs(text, _RUN)
    return len(own & runs) >= PULLED * len(own)
