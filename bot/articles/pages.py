"""The article that a page holds, by trafilatura. Runs in a worker process; nothing here touches the network."""

import logging
import re
from typing import Any

import trafilatura
from lxml import etree

from bot.articles.html_guard import check_html
from bot.articles.metadata import metadata_of
from bot.articles.paragraphs import joined, word_count
from bot.articles.walls import wall_of_page, without_appeals
from bot.fetching.encodings import decoded
from bot.model.articles import PageText
from bot.text.legal_characters import without_illegal_references

FEW_WORDS = 25
"""Below this, precise extraction is taken to have missed the article, and the balanced one is tried."""
VISIBLE_LENGTH = 5_000
"""Characters of a page that are looked at to tell why it holds no article."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_LIST_MARK = re.compile(r"^(?:- |\* |• )")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extracted_page(body: bytes, url: str, content_type: str | None) -> PageText:
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
    document = _extracted(tree, url, precise=True)
    text = _text(document)
    if word_count(text) < FEW_WORDS:
        balanced = _extracted(tree, url, precise=False)
        if word_count(_text(balanced)) > word_count(text):
            document, text = balanced, _text(balanced)
    wall = wall_of_page(_window_title(tree), text, visible, free=head.free, scripts=scripts)
    return PageText(
        text=without_appeals(text),
        title=head.title or _string(document, "title"),
        author=head.author or _string(document, "author") or None,
        published_at=head.published_at,
        image_url=head.image_url,
        site_name=head.site_name,
        language=head.language,
        canonical_url=head.canonical_url,
        wall=wall,
    )


def _visible(tree: Any) -> str:
    """Return the beginning of all that the page shows, what it shows without JavaScript included."""
    shown: list[str] = []
    length = 0
    for element in tree.iter():
        silent = element.tag in ("script", "style", "template", "head", "title") or not isinstance(
            element.tag, str
        )
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


def _extracted(tree: Any, url: str, *, precise: bool) -> Any:
    try:
        return trafilatura.bare_extraction(
            tree,
            url=url,
            fast=True,
            favor_precision=precise,
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 - a page may hold anything; what cannot be read has no text
        return None


def _text(document: Any) -> str:
    lines = (_string(document, "text")).split("\n")
    return joined(_LIST_MARK.sub("", line) for line in lines)


def _string(document: Any, name: str) -> str:
    value = getattr(document, name, None)
    return value.strip() if isinstance(value, str) else ""
