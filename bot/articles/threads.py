"""Lists of readers' comments not recognisable by name: parts that look alike and can be answered. Pure, linear."""

import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.articles.blocks import Block, Outline

FEWEST = 3
"""The fewest comments that make a list."""
ANSWERABLE = 0.6
"""The share of the parts of a list that have a button or link for an answer."""
_CONTROL_WORDS = 6
_CONTROL = re.compile(
    r"(?:^|[\s·•|(])(?:reply|replies|answer|respond|report(?:\s+(?:abuse|comment))?|flag|upvote|downvote)(?:$|[\s·•|)\d])",
    re.IGNORECASE,
)


def threads_of(
    outline: Outline, weights: Sequence[float], prose: Sequence[float], article: AbstractSet[int]
) -> set[int]:
    """Return the containers that are one comment each.

    `weights` is the number of words of prose in each block, and `prose` in each container; `article` are those in
    which it certainly begins.
    """
    controls = outline.totals(
        not weight and _is_control(block) for block, weight in zip(outline.blocks, weights, strict=True)
    )
    if controls[0] < FEWEST:
        return set()
    parts: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    for index, container in enumerate(outline.containers):
        if prose[index]:
            name = (container.element.get("class") or "")[:200]
            parts[container.tag, name, container.parent].append(index)
    found: set[int] = set()
    for alike in parts.values():
        answerable = sum(controls[index] > 0 for index in alike)
        if answerable >= max(FEWEST, ANSWERABLE * len(alike)) and article.isdisjoint(alike):
            found.update(alike)
    return found


def _is_control(block: Block) -> bool:
    short = block.words <= _CONTROL_WORDS and block.text[-1:] not in ".?!"
    return short and _CONTROL.search(block.text) is not None
