"""Finds the article among the blocks of a page: the container that holds nearly all of its prose. Pure, linear.

Prose is text in sentences. The article is where prose stands close together, outside regions that hold something
else (`bot.articles.regions`). The idea is Readability's (Arc90, 2009) and jusText's (Pomikálek, 2011); the values
were chosen on the development half of WCXB (CC BY 4.0) and the test pages of mozilla/readability and
postlight/parser.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.articles.believed_regions import Weighed, believed_regions
from bot.articles.blocks import HEADINGS, Block, Outline
from bot.articles.boilerplate import (
    ends_article,
    introduced,
    is_biography,
    is_boilerplate,
    is_tail,
    opens_other_section,
)
from bot.articles.cards import LINKED
from bot.articles.opening import is_standfirst, opening_place, title_place
from bot.articles.paragraphs import LONGEST_TEXT, ends_as_sentence, is_sentence
from bot.articles.regions import Region
from bot.articles.repeats import without_repeats
from bot.articles.walls import SUBSCRIBE, is_appeal

NEARLY_ALL = 0.85
"""The share of a container's prose that an inner container must hold to take its place."""
LEFT_OUT = 100
"""The most words of prose that it may leave out: the template's text beside an article has no more, however long
the article is.
"""
LEAD = 12
"""How many paragraphs may stand apart between the heading and the rest of the article."""
ALIKE = 0.5
"""If at least this share of that prose is in paragraphs that look like the article's, the article continues there.
"""
OTHER_END = 20
"""Words of prose at the end, elsewhere on the page and different in look, from which another reading is tried."""
AFTER = 6
"""How many blocks after an article are checked for why it ends there."""
REST = 0.35
"""The largest share of the prose in another section at the end of an article."""
REST_BELOW_LABEL = 0.2
"""The same if no heading opens it: a label such as "Read more" may also be a button."""
_ITEMS = frozenset(["li", "td", "th", "dd", "dt", "tr"])
_ITEM_WEIGHT = 0.5
_CELLS = frozenset(["td", "th"])
_NAMED_WORDS = 4
"""The fewest words of a link to another site that name a subject of the article, rather than a network to share it
on.
"""
_ANNOUNCED = 0.3
"""The share of a cell in links to pages of the site from which it announces them."""
_LEAVES = frozenset(["p", "li", "td", "blockquote", "dd", "h1", "h2", "h3", "h4", "h5", "h6"])


@dataclass(frozen=True, slots=True)
class MainText:
    """The paragraphs of the article, and how much prose the page has outside it."""

    paragraphs: tuple[str, ...]
    words: int
    """Words of prose in it."""
    elsewhere: int
    """Words of prose in the rest of the page; readers' comments do not count."""
    unexplained: int = 0
    """The same, without regions that hold something else."""
    ending: str = ""
    """The text of its container below the last prose, separated by empty lines."""
    after: str = ""
    """The text after that on the page, without navigation."""
    needless: tuple[Any, ...] = ()
    """Elements that other readings need not see: readers' comments, cards, menus without prose."""
    opening: str = ""
    """The first prose below the page's title, if it is outside the text that was found."""
    begins: bool = False
    """Whether it has the first prose below the page's title."""
    other_end: bool = False
    """Whether it ends with prose elsewhere on the page that looks different from most of it."""


def main_text(outline: Outline, title: str = "", author: str | None = None) -> MainText:
    """Return the article of a page with the heading `title`; it has no paragraphs if the page has no prose."""
    choice = _Choice(outline, title)
    chosen = choice.container()
    indexes = choice.indexes_in(chosen)
    blocks = choice.from_first_to_last_prose(indexes)
    kept = choice.paragraphs(blocks, title, author)
    inside = sum(choice.weights[index] for index in indexes)
    written = choice.total - sum(
        weight
        for block, weight in zip(outline.blocks, choice.weights, strict=True)
        if choice.regions[block.container] is Region.COMMENTS
    )
    return MainText(
        tuple(block.text for block in kept),
        round(inside),
        round(written - inside),
        round(choice.clean_total - inside),
        *(choice.after(kept[-1], indexes) if kept else ("", "")),
        choice.needless(),
        choice.missed_opening(kept),
        choice.has_opening(kept),
        choice.ends_differently(kept),
    )


class _Choice:
    """The blocks and containers of a page, with their scores."""

    def __init__(self, outline: Outline, title: str = "") -> None:
        self.outline = outline
        self.weights = [_weight(block) for block in outline.blocks]
        self._title = title_place(outline.blocks, title)
        self._opening = None if self._title is None else opening_place(outline, self.weights, self._title)
        self._around_opening = self._containers_around(self._opening)
        self._prose = outline.totals(self.weights)
        self.total = self._prose[0]
        page = Weighed(outline, self.weights, self._prose, self._around_opening)
        self.regions, self._evident = believed_regions(page, title, self._title)
        self._clean = outline.totals(
            0.0 if self.regions[block.container] else weight
            for block, weight in zip(outline.blocks, self.weights, strict=True)
        )
        self.clean_total = self._clean[0]

    def container(self) -> int:
        """Return the index of the smallest container with nearly all of the prose."""
        heaviest: dict[int, int] = {}
        for index in range(1, len(self._clean)):
            parent = self.outline.containers[index].parent
            best = heaviest.get(parent)
            if best is None or self._clean[index] > self._clean[best]:
                heaviest[parent] = index
        current = 0
        while (best := heaviest.get(current)) is not None:
            least = max(NEARLY_ALL * self._clean[current], self._clean[current] - LEFT_OUT)
            if not self._clean[best] or self._clean[best] < least:
                break
            if self.outline.containers[best].tag in _LEAVES:
                break
            current = best
        return current

    def indexes_in(self, container: int) -> list[int]:
        """Return the indexes of the blocks of `container` that are not in a region for something else."""
        inside = self._inside(container)
        blocks = self.outline.blocks
        indexes = [
            index
            for index, block in enumerate(blocks)
            if inside[block.container] and not self.regions[block.container]
        ]
        return [*self._lead(indexes[0]), *indexes] if indexes else []

    def _lead(self, first: int) -> list[int]:
        """Return the indexes of the prose between the page's heading and the block with index `first`."""
        blocks = self.outline.blocks
        heading = self._title
        if heading is None or heading >= first:
            heading = next((index for index in range(first - 1, -1, -1) if blocks[index].tag == "h1"), first)
        lead = [
            index
            for index in range(heading + 1, first)
            if self.weights[index] and not self.regions[blocks[index].container]
        ]
        return lead if len(lead) <= LEAD else []

    def needless(self) -> tuple[Any, ...]:
        """Return the outermost elements of parts known to be something else, and of regions without prose."""
        covered = [False] * len(self.regions)
        found = []
        for index, container in enumerate(self.outline.containers):
            covered[index] = covered[container.parent]
            region = self.regions[index]
            known = region is Region.COMMENTS or self._evident[index]
            if region and not covered[index] and (known or not self._prose[index]):
                covered[index] = True
                found.append(container.element)
        return tuple(found)

    def missed_opening(self, kept: list[Block]) -> str:
        """Return the first prose below the title if it comes before or after the kept blocks."""
        if self._opening is None or not kept or self.has_opening(kept):
            return ""
        return self.outline.blocks[self._opening].text

    def has_opening(self, kept: list[Block]) -> bool:
        """Return whether the kept blocks have the first prose below the title."""
        if self._opening is None:
            return False
        block = self.outline.blocks[self._opening]
        return any(block is other for other in kept)

    def ends_differently(self, kept: list[Block]) -> bool:
        """Return whether prose follows the smallest container of all that looks like most of the article."""
        looks: Counter[tuple[str, ...]] = Counter()
        prose = [block for block in kept if _weight(block)]
        for block in prose:
            looks[self._look(block)] += block.words
        if len(looks) < 2:
            return False
        usual = looks.most_common(1)[0][0]
        home = self._common_container([block.container for block in prose if self._look(block) == usual])
        inside = self._inside(home)
        after = 0
        for block in reversed(prose):
            if inside[block.container]:
                break
            after += block.words
        return after >= OTHER_END

    def _inside(self, container: int) -> list[bool]:
        """Return for each container whether it is `container` or inside of it."""
        inside = [False] * len(self.outline.containers)
        inside[container] = True
        for index in range(1, len(inside)):
            inside[index] |= inside[self.outline.containers[index].parent]
        return inside

    def _common_container(self, containers: list[int]) -> int:
        """Return the smallest container around all of `containers`; each has a higher index than its parent."""
        common = containers[0]
        for container in containers[1:]:
            while common != container:
                if common > container:
                    common = self.outline.containers[common].parent
                else:
                    container = self.outline.containers[container].parent  # noqa: PLW2901 - climbs
        return common

    def _containers_around(self, block: int | None) -> frozenset[int]:
        if block is None:
            return frozenset()
        around = [self.outline.blocks[block].container]
        while around[-1]:
            around.append(self.outline.containers[around[-1]].parent)
        return frozenset(around)

    def after(self, block: Block, indexes: list[int]) -> tuple[str, str]:
        """Return the texts after `block`: those with `indexes`, and all but menus and comments."""
        place = next(place for place, other in enumerate(self.outline.blocks) if other is block)
        blocks = self.outline.blocks
        below = (blocks[index].text for index in indexes if index > place)
        following = (
            other.text
            for other in islice(blocks, place + 1, None)
            if self.regions[other.container] not in (Region.NAVIGATION, Region.FOOTER, Region.COMMENTS)
        )
        return "\n\n".join(islice(below, AFTER)), "\n\n".join(islice(following, AFTER))

    def from_first_to_last_prose(self, indexes: list[int]) -> list[Block]:
        """Return the blocks with `indexes`, without those at either end that are not prose."""
        prose = [place for place, index in enumerate(indexes) if self.weights[index]]
        if not prose:
            return []
        first = prose[0]
        title = -1 if self._title is None else self._title
        while first and indexes[first - 1] > title >= 0 and is_standfirst(self.outline.blocks[indexes[first - 1]]):
            first -= 1
        last = prose[-1]
        while last + 1 < len(indexes) and self._goes_on(indexes[last], indexes[last + 1]):
            last += 1
        return [self.outline.blocks[index] for index in indexes[first : last + 1]]

    def _goes_on(self, index: int, following: int) -> bool:
        """Return whether the article continues beside the block with `index`.

        It does with a short sentence, an item of a list, or a link that is a sentence.
        """
        one, other = self.outline.blocks[index], self.outline.blocks[following]
        homes = [self.outline.containers[block.container].parent for block in (one, other)]
        return (
            other.tag not in HEADINGS
            and homes[0] in (homes[1], self.outline.containers[homes[1]].parent)
            and (not other.linked or (other.tag == "p" and is_sentence(other.text, other.words)))
            and (other.tag == "li" or ends_as_sentence(other.text))
        )

    def paragraphs(self, blocks: list[Block], title: str, author: str | None) -> list[Block]:
        """Return those of `blocks` that are the article's."""
        kept = [
            block
            for block in _first(self._before_other_sections(blocks))
            if _is_text(block, title) and not is_biography(block.text, block.words, author)
        ]
        kept = without_repeats(kept, self.outline)
        if kept and _introduces_a_guest(kept[0], kept[1:]):
            kept = kept[1:]
        while kept and (
            kept[-1].tag in HEADINGS
            or is_tail(kept[-1].text, kept[-1].words, author)
            or _introduces_a_guest(kept[-1], kept[:-1])
        ):
            kept.pop()
        return kept

    def _before_other_sections(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks up to a heading that opens something else, if little after it looks like them."""
        weights = [_weight(block) for block in blocks]
        looks = [self._look(block) for block in blocks]
        total = after = sum(weights)
        above: Counter[tuple[str, ...]] = Counter()
        below: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for look, weight in zip(looks, weights, strict=True):
            below[look] += weight
        usual: tuple[str, ...] = ()
        for place, block in enumerate(blocks):
            if after <= REST * total and is_appeal(block.text, SUBSCRIBE):
                return blocks[:place]
            rest = REST if block.tag in HEADINGS or block.text.endswith(":") else REST_BELOW_LABEL
            if (
                block.words <= 8
                and not weights[place]
                and after <= rest * total
                and opens_other_section(block.text)
            ):
                if ends_article(block.text) or below[usual] < ALIKE * after:
                    return blocks[:place]
            elif weights[place]:
                above[looks[place]] += block.words
                usual = max(usual, looks[place], key=lambda look: above[look])
            after -= weights[place]
            below[looks[place]] -= weights[place]
        return blocks

    def _look(self, block: Block) -> tuple[str, ...]:
        """Return the look of a text's paragraphs: the names of their containers."""
        own = self.outline.containers[block.container]
        around = self.outline.containers[own.parent]
        return own.tag, own.element.get("class") or "", around.tag, around.element.get("class") or ""


def _introduces_a_guest(block: Block, others: list[Block]) -> bool:
    """Return whether a block says who somebody is that the `others` do not speak of: who wrote it."""
    surname = introduced(block.text)
    return surname is not None and not any(surname in other.text for other in others)


def _first(blocks: list[Block]) -> Iterator[Block]:
    """Yield blocks until they have as many characters as an article may have."""
    length = 0
    for block in blocks:
        if length > LONGEST_TEXT:
            return
        length += len(block.text)
        yield block


def _weight(block: Block) -> float:
    """Return how much prose a block is, in words."""
    if block.posted:
        return float(block.words)
    if block.tag in HEADINGS or block.linked >= LINKED or not is_sentence(block.text, block.words):
        return 0.0
    return block.words * (_ITEM_WEIGHT if block.tag in _ITEMS else 1.0)


def _is_text(block: Block, title: str) -> bool:
    if block.posted:
        return True
    whole = is_sentence(block.text, block.words) and ends_as_sentence(block.text)
    if _only_leads_elsewhere(block) and not whole:
        return False
    if block.tag in _CELLS and block.announcing >= _ANNOUNCED:
        return False
    if block.tag in HEADINGS and (block.tag == "h1" or block.text == title or opens_other_section(block.text)):
        return False
    return not is_boilerplate(block.text, block.words, block.linked)


def _only_leads_elsewhere(block: Block) -> bool:
    """Return whether a block is merely a link, rather than a heading or item that names something elsewhere."""
    names = block.tag in HEADINGS or block.tag == "li"
    return block.linked >= LINKED and not (names and block.announcing < LINKED and block.words >= _NAMED_WORDS)
