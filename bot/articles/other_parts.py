"""Parts of a page not recognisable by name: another article, a text on cookies, a box that asks for an address.

They are judged in relation to the article that the page is about, which begins below its title. Pure, linear.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any

from bot.articles.blocks import Outline
from bot.articles.paragraphs import QUOTED

FEWEST_WORDS = 60
"""The fewest words of prose in the article and in another one beside it."""
CONSENT_WORDS = 40
"""Words of prose in a text on cookies."""
BOX_WORDS = 80
"""The most words of prose in a box that asks for an address."""
CONSENT_PARAGRAPHS = 2
"""The fewest paragraphs of it that mention cookies: one may be about a bakery."""
CONSENT = 0.6
"""The share of its prose in paragraphs that mention cookies."""
_COOKIES = re.compile(r"\bcookies?\b(?!-)", re.IGNORECASE)
_SITE = re.compile(r"\b(?:we|our|you|your|web\s?sites?|sites?|browsers?|partners|consent)\b", re.IGNORECASE)
_PRIVACY = re.compile(r"\b(?:cookies?|privacy|consent|gdpr|tracking)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:^|[\s_-])(?:article|story|post|entry|hentry)(?=$|[\s_\-])", re.IGNORECASE)


def other_articles(outline: Outline, prose: Sequence[float], title: int) -> set[int]:
    """Return the containers of articles beside the one whose title is the block with index `title`.

    They look like its own container, and also have a heading of the same rank and prose. `prose` is the number of
    words of it in each container.
    """
    containers = outline.containers
    rank = outline.blocks[title].tag
    headings = outline.totals(block.tag == rank for block in outline.blocks)
    around: dict[int, int] = {}
    index = outline.blocks[title].container
    while index:
        around[containers[index].parent] = index
        index = containers[index].parent
    found = set()
    for index, container in enumerate(containers):
        own = around.get(container.parent)
        if own is None or index in (0, own) or not headings[index]:
            continue
        if min(prose[index], prose[own]) >= FEWEST_WORDS and _is_article(
            containers[own].element, container.element
        ):
            found.add(index)
    return found


def _is_article(own: Any, other: Any) -> bool:
    name = own.get("class") or ""
    if own.tag != other.tag or name != (other.get("class") or ""):
        return False
    return own.tag == "article" or _ARTICLE.search(name[:200]) is not None


def letter_boxes(outline: Outline, prose: Sequence[float], article: AbstractSet[int]) -> set[int]:
    """Return the containers, apart from the `article`, with little but a form that asks for an e-mail address."""
    fields = outline.containers[0].element.iterfind(".//input[@type='email']")
    asking = {form for field in fields for form in islice(field.iterancestors("form"), 1)}
    boxes = {container.parent for container in outline.containers if container.element in asking}
    return {index for index in boxes if index and index not in article and prose[index] <= BOX_WORDS}


def consent_texts(
    outline: Outline, weights: Sequence[float], prose: Sequence[float], title: str, article: AbstractSet[int]
) -> set[int]:
    """Return the containers, apart from the `article`, whose prose is mostly about cookies.

    There are none on a page whose title is about such things.
    """
    if _PRIVACY.search(title):
        return set()
    words = [
        weight if weight and _is_about_cookies(block.text) else 0.0
        for block, weight in zip(outline.blocks, weights, strict=True)
    ]
    about, paragraphs = outline.totals(words), outline.totals(count > 0 for count in words)
    return {
        index
        for index in range(1, len(outline.containers))
        if index not in article
        and paragraphs[index] >= CONSENT_PARAGRAPHS
        and prose[index] >= CONSENT_WORDS
        and about[index] >= CONSENT * prose[index]
    }


def _is_about_cookies(text: str) -> bool:
    return bool(_COOKIES.search(text) and _SITE.search(text)) and not QUOTED.search(text)
