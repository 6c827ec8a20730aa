"""The article in a page. Runs in a worker process; nothing here touches the network."""

import re
from typing import Any

import trafilatura
from lxml import etree

from bot.articles.html_guard import check_html
from bot.articles.metadata import metadata_of
from bot.articles.page_readings import best_reading
from bot.articles.walls import wall_of_page, without_appeals
from bot.fetching.encodings import decoded
from bot.model.articles import PageText, ReadBy, Wall
from bot.text.legal_characters import without_illegal_references

VISIBLE_LENGTH = 5_000
"""How many characters of a page are searched for the reason why it has no article."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_UNSEEN = frozenset(["script", "style", "template", "head", "title"])


def extracted_page(body: bytes, url: str, content_type: str | None, *, thorough: bool = False) -> PageText:
    """See `bot.articles.text.page_text`. Raises NoText for a page that would stall."""
    page = without_illegal_references(_XML_DECLARATION.sub("", decoded(body, content_type), count=1))
    if not page.strip():
        return PageText("")
    check_html(page)
    try:
        tree = trafilatura.load_html(page)
    except (etree.LxmlError, ValueError, TypeError, RecursionError):
        tree = None
    if tree is None:
        return PageText("")
    head = metadata_of(tree, url)
    visible, scripts = _visible(tree), tree.find(".//script") is not None
    window_title = _window_title(tree)
    reading = best_reading(tree, url, head, thorough=thorough)
    wall = wall_of_page(
        window_title,
        reading.text,
        visible,
        ending=reading.ending,
        after=reading.after,
        free=head.free,
        scripts=scripts,
        length=head.words,
    )
    text = without_appeals(reading.text) if wall in (None, Wall.PAYWALL) else ""
    return PageText(
        text=text,
        title=head.title,
        author=head.author,
        published_at=head.published_at,
        image_url=head.image_url,
        site_name=head.site_name,
        language=head.language,
        canonical_url=head.canonical_url,
        wall=wall,
        read_by=reading.by if text else ReadBy.NOTHING,
    )


def _visible(tree: Any) -> str:
    """Return the beginning of all visible text of the page, including what it shows without JavaScript."""
    shown: list[str] = []
    length = 0
    for element in tree.iter():
        silent = element.tag in _UNSEEN or not isinstance(element.tag, str)
        for text in (None if silent else element.text, element.tail):
            if text and (words := text.strip()):
                shown.append(words)
                length += len(words)
        if length > VISIBLE_LENGTH:
            break
    return " ".join(" ".join(shown).split())


def _window_title(tree: Any) -> str:
    title = tree.find(".//title")
    return "" if title is None else " ".join(str(title.text_content()).split())
