"""Which parts of a page probably hold something other than its article. Pure, linear.

Names are suspicions (`bot.articles.regions`): they are ignored for a part that holds most of the page's prose, or
its title. The contents and layout of a part are evidence (`bot.articles.cards`, `threads`, `other_parts`), as long
as it is known where the article begins.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.articles.blocks import HEADINGS, Outline
from bot.articles.cards import cards_of
from bot.articles.other_parts import consent_texts, letter_boxes, other_articles
from bot.articles.regions import Region
from bot.articles.threads import threads_of

MOST = 0.6
"""A suspected region with more than this share of the page's prose is cleared of the suspicion."""
TITLED = 0.2
"""The same for one that holds the page's heading."""
ENOUGH = 0.25
"""The share of the prose that must remain outside the suspected regions; if there is less, the kind of region that
holds most of it is trusted again.
"""
OPENING_WORDS = 100
"""The fewest words of prose in a suspected region that make it the article if that begins in it, below the title.
"""
_CERTAIN = frozenset([Region.COMMENTS])
"""Kinds of regions that may hold most of a page."""
_SHORT = frozenset([Region.NEWSLETTER, Region.BYLINE])
LONGEST_SHORT = 250
"""Words of prose that a newsletter box, or a line about the author, never reaches."""
_LAST_DOUBTED = frozenset([Region.COMMENTS, Region.NAVIGATION, Region.FOOTER])


@dataclass(frozen=True, slots=True)
class Weighed:
    """A page with the words of prose of each block, and of each container."""

    outline: Outline
    weights: Sequence[float]
    prose: Sequence[float]
    article: AbstractSet[int]
    """The containers in which the article certainly begins; empty if that is not known."""


def believed_regions(page: Weighed, title: str, place: int | None) -> tuple[list[Region], list[bool]]:
    """Return for each container what it probably holds, and whether that is evident.

    `place` is the index of the block with the `title`.
    """
    return _Belief(page, title, place).regions()


class _Belief:
    def __init__(self, page: Weighed, title: str, place: int | None) -> None:
        self._page = page
        outline, weights, prose, article = page.outline, page.weights, page.prose, page.article
        self._headings = outline.totals(block.tag == "h1" for block in outline.blocks)
        self._cards, evident = cards_of(outline, weights, prose, article)
        self._evident: dict[int, Region] = {}
        if article and place is not None:
            self._evident |= dict.fromkeys(evident, Region.CARDS)
            self._evident |= dict.fromkeys(threads_of(outline, weights, prose, article), Region.COMMENTS)
            self._evident |= dict.fromkeys(consent_texts(outline, weights, prose, title, article), Region.CONSENT)
            self._evident |= dict.fromkeys(letter_boxes(outline, prose, article), Region.NEWSLETTER)
            self._evident |= dict.fromkeys(other_articles(outline, prose, place), Region.RELATED)

    def regions(self) -> tuple[list[Region], list[bool]]:
        """Return the regions, with as few suspicions as leave enough prose for an article."""
        doubted: set[Region] = set()
        regions, sure = self._regions(doubted)
        for _ in range(len(Region)):
            prose: dict[Region, float] = dict.fromkeys(Region, 0.0)
            for block, weight in zip(self._page.outline.blocks, self._page.weights, strict=True):
                if not sure[block.container]:
                    prose[regions[block.container]] += weight
            left = prose.pop(Region.NONE)
            written = left + sum(prose.values()) - prose[Region.COMMENTS]
            if left >= ENOUGH * written > 0 or not any(prose.values()):
                break
            doubted.add(max(prose, key=lambda region: (region not in _LAST_DOUBTED, prose[region])))
            regions, sure = self._regions(doubted)
        return regions, sure

    def _regions(self, doubted: AbstractSet[Region]) -> tuple[list[Region], list[bool]]:
        """Return for each container its region, and whether that is evident."""
        containers = self._page.outline.containers
        regions, sure = [Region.NONE] * len(containers), [False] * len(containers)
        for index, container in enumerate(containers[1:], 1):
            regions[index], sure[index] = regions[container.parent], sure[container.parent]
            if regions[index]:
                continue
            if evident := self._evident.get(index):
                regions[index], sure[index] = evident, True
                continue
            own = Region.CARDS if index in self._cards else container.region
            if own and own not in doubted and not self._is_mistaken(index, own):
                regions[index] = own
        return regions, sure

    def _is_mistaken(self, index: int, region: Region) -> bool:
        prose, total = self._page.prose, self._page.prose[0]
        if self._headings[index] and prose[index] > TITLED * total:
            return True
        if index in self._page.article and prose[index] >= OPENING_WORDS and region is not Region.COMMENTS:
            return True
        if region is Region.SIDEBAR and self._is_between(index):
            return True
        if region in _SHORT and prose[index] > LONGEST_SHORT:
            return True
        return region not in _CERTAIN and prose[index] > MOST * total

    def _is_between(self, index: int) -> bool:
        """Return whether an `aside` of prose without a heading stands among the article's paragraphs."""
        containers = self._page.outline.containers
        own, home = containers[index], containers[max(self._page.article, default=0)].parent
        if own.tag != "aside" or own.parent != home or not home or not self._page.prose[index]:
            return False
        return not any(each.tag in HEADINGS for each in own.element.iterdescendants())
