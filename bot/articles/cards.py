"""Parts of a page that announce other articles: cards with a title and a teaser, streams, tickers. Pure, linear.

They are recognised because several look alike, and each has a title that leads elsewhere on the site. The parts of
a stream begin with that title and stand below each other.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.articles.blocks import Block, Outline

LINKED = 0.6
"""From this share of text in links, a block counts as a link rather than text, unless it is a sentence."""
CARDS = 0.6
"""The largest share of the prose in cards; an article may itself be a list of linked things."""
HEADLINE_WORDS = 5
"""Words of a headline; names of things have fewer."""
BESIDE_CARDS = 25
"""Words of prose outside all cards that allow a larger share, if the article begins there."""
STREAM = 4
"""The fewest parts of a stream. They may hold long teasers, and some may have no title, as in a live ticker."""
TITLED = 0.5
"""The share of the parts of a stream that have a title."""
BESIDE_STREAM = 120
"""Words of prose that a page must have outside a stream; with fewer, the stream is the subject of the page."""
_CARD_WORDS = 45
_CARD_PROSE = 2
_CARDS = 2
"""The most words and blocks of prose in a card beside its linked title, and the fewest cards in a group."""
_STREAM_WORDS = 150
_TITLE_WORDS = 3
_CARD_TAGS = frozenset(["div", "li", "article", "section", "td", "a"])
_NUMBERED = re.compile(r"(?:[^\W\d]+\s)?#?\d{1,3}[.):]\s")
_Look = tuple[str, str, str]


def cards_of(
    outline: Outline, weights: Sequence[float], prose: Sequence[float], article: AbstractSet[int]
) -> tuple[set[int], set[int]]:
    """Return the containers that announce other articles, and which of these do so evidently.

    `weights` is the number of words of prose in each block, and `prose` in each container; `article` are those in
    which it certainly begins.
    """
    begins, begins_with_headline = (
        _begin_with_titles(outline, fewest) for fewest in (_TITLE_WORDS, HEADLINE_WORDS)
    )
    headlines = outline.totals(_is_title(block, HEADLINE_WORDS) for block in outline.blocks)
    paragraphs = outline.totals(weight > 0 for weight in weights)
    cards: defaultdict[_Look, list[int]] = defaultdict(list)
    parts: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    for index, container in enumerate(outline.containers):
        if container.tag not in _CARD_TAGS or paragraphs[index] > _CARD_PROSE or prose[index] > _STREAM_WORDS:
            continue
        name = (container.element.get("class") or "")[:200]
        if headlines[index] and 0 < prose[index] <= _CARD_WORDS:
            cards[container.tag, name, outline.containers[container.parent].tag].append(index)
        if begins[index] or prose[index]:
            parts[container.tag, name, container.parent].append(index)
    found = {index for same in cards.values() if len(same) >= _CARDS for index in same}
    inside = _prose_in(found, outline, prose)
    beyond = apart_from(article, outline)
    apart = prose[0] - inside >= BESIDE_CARDS and all(beyond[index] and headlines[index] for index in found)
    found = found if apart or inside <= CARDS * prose[0] else set()
    streams = {
        index
        for same in parts.values()
        if _is_stream(same, begins if beyond[same[0]] else begins_with_headline, article)
        for index in same
    }
    evident = found if apart else set()
    both = found | streams
    return both if _prose_in(both, outline, prose) <= prose[0] - BESIDE_STREAM else found, evident


def apart_from(article: AbstractSet[int], outline: Outline) -> list[bool]:
    """Return for each container whether it stands outside the part of the page in which the article begins.

    That is the `article` element around its first paragraph, or else the container of that paragraph.
    """
    innermost = max(article, default=0)
    own = next(
        (index for index in sorted(article, reverse=True) if outline.containers[index].tag == "article"),
        outline.containers[innermost].parent,
    )
    inside = [False] * len(outline.containers)
    inside[own] = True
    for index in range(1, len(inside)):
        inside[index] |= inside[outline.containers[index].parent]
    return [bool(article) and not each for each in inside]


def _is_title(block: Block, fewest: int) -> bool:
    """Return whether a block is a link to a page of the site; numbered ones are the items of an article."""
    return block.announcing >= LINKED and block.words >= fewest and not _NUMBERED.match(block.text)


def _begin_with_titles(outline: Outline, fewest: int) -> list[bool]:
    """Return for each container whether its first text, labels aside, is a linked title with enough words."""
    begins: list[bool | None] = [None] * len(outline.containers)
    for block in outline.blocks:
        if block.words < _TITLE_WORDS:
            continue
        index = block.container
        while begins[index] is None:
            begins[index] = _is_title(block, fewest)
            index = outline.containers[index].parent
    return [bool(each) for each in begins]


def _is_stream(parts: Sequence[int], begins: Sequence[bool], article: AbstractSet[int]) -> bool:
    titled = sum(begins[index] for index in parts)
    return titled >= max(STREAM, TITLED * len(parts)) and article.isdisjoint(parts)


def _prose_in(containers: AbstractSet[int], outline: Outline, prose: Sequence[float]) -> float:
    """Return the words of prose in `containers`, some of which may be inside others."""
    total, covered = 0.0, [False] * len(outline.containers)
    for index in range(1, len(covered)):
        around = covered[outline.containers[index].parent]
        covered[index] = around or index in containers
        if covered[index] and not around:
            total += prose[index]
    return total
