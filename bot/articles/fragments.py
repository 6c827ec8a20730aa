"""The text of an entry's own HTML. Runs in a worker process."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree, html

from bot.articles.blocks import outline_of
from bot.articles.boilerplate import is_boilerplate
from bot.articles.html_guard import check_html
from bot.articles.paragraphs import joined
from bot.errors import NoText
from bot.text.counting import word_count
from bot.text.legal_characters import legal

LONGEST = 1_000_000
_SILENT = frozenset(
    ["figure", "figcaption", "form", "button", "select", "label", "nav", "menu", "dialog", "template"]
)
"""Elements whose text is not the entry\'s own."""
_TAG = re.compile(r"<[a-zA-Z/!]")
_TAIL = re.compile(
    r"^(?:the post .{1,300} (?:appeared first on|first appeared on) .{1,100}"
    r"|(?:continue reading|read more|read the full (?:story|article)|more to come)\b.{0,120}"
    r"|\[?(?:…|\.\.\.)\]?)$",
    re.IGNORECASE,
)


def fragment_text(fragment: str) -> str:
    """Return the text of a piece of HTML (or of plain text), paragraphs separated by one empty line.

    Input that would stall the parser has no text.
    """
    fragment = legal(fragment[:LONGEST]).strip()
    if not fragment:
        return ""
    if not _TAG.search(fragment):
        paragraphs = [
            paragraph
            for paragraph in re.split(r"\n\s*\n", unescape(fragment))
            if not is_boilerplate(paragraph.strip(), word_count(paragraph), 0.0)
        ]
    else:
        try:
            check_html(fragment)
            root = html.document_fromstring(
                f"<html><body>{fragment}</body></html>".encode(),
                parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True),
            )
        except (etree.LxmlError, ValueError, NoText):
            return ""
        paragraphs = list(_paragraphs(root))
    kept = [paragraph for paragraph in paragraphs if paragraph.strip()]
    while kept and _TAIL.match(" ".join(kept[-1].split())):
        kept.pop()
    return joined(kept)


def _paragraphs(root: Any) -> Iterator[str]:
    """Yield the texts of an entry's blocks, without those marked as boilerplate by their element or words."""
    outline = outline_of(root)
    silent = [False] * len(outline.containers)
    for index, container in enumerate(outline.containers):
        silent[index] = silent[container.parent] or container.element.tag in _SILENT
    for block in outline.blocks:
        if not silent[block.container] and not is_boilerplate(block.text, block.words, block.linked):
            yield block.text
