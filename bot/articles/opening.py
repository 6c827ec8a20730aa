"""Where the article of a page begins: below the heading that shows its title. Pure, linear.

The title is evidence against parts of a page that hold much prose but are not the article, such as a consent
notice, a list of the latest news, or conditions for republishing.
"""

import re
from collections.abc import Sequence

from bot.articles.blocks import HEADINGS, Block, Outline
from bot.articles.regions import is_beside

ALIKE = 0.6
"""The share of words that a heading and the title must have in common for one to show the other."""
FEWEST_WORDS = 3
LONGEST_HEADING = 60
"""The most words of a heading that may show a title."""
STANDFIRST_WORDS = 12
"""Words from which a paragraph below the title is a standfirst, even without a full stop."""
_ITEMS = frozenset(["li", "td", "th", "dt", "dd"])
_WORD = re.compile(r"\w+")


def title_place(blocks: Sequence[Block], title: str) -> int | None:
    """Return the index of the block that shows `title`: a heading rather than another short block.

    If there is none, it is the page's only h1, since titles for sharing are often worded differently.
    """
    wanted = set(_WORD.findall(title.lower()))
    other = None
    headings: list[int] = []
    for index, block in enumerate(blocks):
        heading = block.tag in HEADINGS
        if block.tag == "h1":
            headings.append(index)
        if not wanted or block.words > LONGEST_HEADING or (other is not None and not heading):
            continue
        words = set(_WORD.findall(block.text.lower()))
        enough = 1.0 if len(wanted) < FEWEST_WORDS else ALIKE
        if len(words & wanted) >= enough * max(len(words), len(wanted)):
            if heading:
                return index
            other = index
    return headings[0] if len(headings) == 1 else other


def opening_place(outline: Outline, weights: Sequence[float], title: int) -> int | None:
    """Return the index of the first prose below the title with index `title`, captions and menus aside."""
    inside: list[bool] = []
    for index, container in enumerate(outline.containers):
        inside.append(is_beside(container.region) or (index > 0 and inside[container.parent]))
    for index in range(title + 1, len(outline.blocks)):
        if weights[index] and not inside[outline.blocks[index].container]:
            return index
    return None


def is_standfirst(block: Block) -> bool:
    """Return whether a block between the title and the prose is a standfirst."""
    return block.words >= STANDFIRST_WORDS and block.linked == 0 and block.tag not in _ITEMS
