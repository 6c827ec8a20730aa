"""The text of an entry's own HTML. Runs in a worker process."""

import re
from html import unescape
from typing import Any

from lxml import etree, html

from bot.articles.html_guard import check_html
from bot.articles.paragraphs import joined
from bot.errors import NoText
from bot.text.legal_characters import legal

LONGEST = 1_000_000
_SILENT = frozenset(
    [
        "script",
        "style",
        "iframe",
        "noscript",
        "template",
        "svg",
        "math",
        "form",
        "button",
        "select",
        "textarea",
        "figure",
        "figcaption",
        "nav",
        "object",
        "video",
        "audio",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_BREAK = "\n\n"
_TAG = re.compile(r"<[a-zA-Z/!]")
_TAIL = re.compile(
    r"^(?:the post .{1,300} (?:appeared first on|first appeared on) .{1,100}"
    r"|(?:continue reading|read more|read the full (?:story|article)|more to come)\b.{0,120}"
    r"|\[?(?:…|\.\.\.)\]?)$",
    re.IGNORECASE,
)


def fragment_text(fragment: str) -> str:
    """Return the text of a piece of HTML (or of plain text), paragraphs divided by one empty line.

    What would stall the parser has none.
    """
    fragment = legal(fragment[:LONGEST]).strip()
    if not fragment:
        return ""
    if not _TAG.search(fragment):
        paragraphs = re.split(r"\n\s*\n", unescape(fragment))
    else:
        try:
            check_html(fragment)
            root = html.document_fromstring(
                f"<html><body>{fragment}</body></html>".encode(),
                parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True),
            )
        except (etree.LxmlError, ValueError, NoText):
            return ""
        pieces: list[str] = []
        _collect(root, pieces)
        paragraphs = "".join(pieces).split(_BREAK)
    kept = [paragraph for paragraph in paragraphs if paragraph.strip()]
    while kept and _TAIL.match(" ".join(kept[-1].split())):
        kept.pop()
    return joined(kept)


def _collect(root: Any, pieces: list[str]) -> None:
    """Walk the tree without recursion: it may be nested deeper than Python allows."""
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += name in _SILENT
            if name in _BLOCKS:
                pieces.append(_BREAK)
            elif name == "br":
                pieces.append("\n")
            if not silent and element.text and name:
                pieces.append(_folded(element.text))
        else:
            silent -= name in _SILENT
            if name in _BLOCKS:
                pieces.append(_BREAK)
            if not silent and element.tail and element is not root:
                pieces.append(_folded(element.tail))


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
