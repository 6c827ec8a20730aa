"""A page as a list of blocks of text, each with the container it stands in. One pass, linear in the page.

Runs in a worker process.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from lxml import etree

from bot.articles.embedded_posts import post_in
from bot.articles.regions import Region, is_inline_caption, region_of
from bot.text.counting import word_count

_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "svg",
        "math",
        "iframe",
        "textarea",
        "object",
        "video",
        "audio",
        "canvas",
        "input",
        "head",
        "title",
        "picture",
        "map",
        "option",
        "datalist",
        "progress",
        "embed",
        "source",
        "track",
        "frameset",
        "rt",
        "rp",
    ]
)
"""Elements that hold no text of the page; everything inside them is skipped. `rt` shows how a word is pronounced.
"""
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "label",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LONG_TEXT = 600
"""Length from which blank lines in a text divide paragraphs, as `white-space: pre-line` shows them."""
_BLANK_LINE = re.compile(r"(?<=[.!?”\"])[ \t]*\r?\n[ \t]*\r?\n\s*")
_SENTENCE_END = re.compile(r"[.!?…。:;,][\"'”’»)\]]*\s*$")


_CAPTIONS = frozenset(["span", "small"])
_TITLED_BY = frozenset([*HEADINGS, "summary"])
_NOWHERE = re.compile(r"\s*(?:#|javascript:|mailto:|tel:)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:[a-z]{1,10}:)?//([^/?#:@\s]{1,250})", re.IGNORECASE)


class _Link(Enum):
    """The target of a link."""

    HERE = auto()
    SITE = auto()
    ELSEWHERE = auto()


@dataclass(slots=True)
class Container:
    """An element that contains blocks. `parent` is its index; the root has index 0 and is its own parent."""

    element: Any
    tag: str
    parent: int
    region: Region = Region.NONE


@dataclass(slots=True)
class Block:
    """A paragraph, heading, item or cell, as one line of text."""

    text: str
    tag: str
    container: int
    """Index of the container of its text."""
    words: int
    linked: float
    """Share of its characters that are in links to other pages, 0 to 1."""
    announcing: float = 0.0
    """The share in links to pages of the same site."""
    posted: bool = False
    """Whether it is an embedded post, shown as a quotation followed by its author."""


@dataclass(slots=True)
class Outline:
    """The blocks of a page in their order, and the containers, each after its parent."""

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)

    def totals(self, values: Iterable[float]) -> list[float]:
        """Return for each container the sum of the values of its blocks; `values` has one for each block."""
        totals = [0.0] * len(self.containers)
        for block, value in zip(self.blocks, values, strict=True):
            totals[block.container] += value
        for index in range(len(totals) - 1, 0, -1):
            totals[self.containers[index].parent] += totals[index]
        return totals


def outline_of(tree: Any, url: str = "") -> Outline:
    """Return the blocks and containers of the parsed page at `url`."""
    return _Walk(tree, url).outline


class _Walk:
    """The state of one pass over a tree."""

    def __init__(self, root: Any, url: str) -> None:
        self._hosts = _hosts_of(root, url)
        self.outline = Outline(containers=[Container(root, "html", 0)])
        self._open = [0]
        self._pieces: list[str] = []
        self._linked = self._announcing = 0
        self._links: list[_Link] = []
        self._quotations: list[str] = []
        """The closing mark of each open quotation."""
        self._regions: dict[str, Region] = {}
        self._captions: list[Any] = []
        """The enclosing inline elements that hold a caption, and count as blocks."""
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if element is root:
                continue
            if event == "start":
                if element.tag in _SILENT or not self._start(element, element.tag):
                    walker.skip_subtree()
            else:
                if event == "end" and element.tag not in _SILENT:
                    self._end(element, element.tag)
                if element.tail:
                    self._add(element.tail)
        self._flush()

    def _start(self, element: Any, tag: str) -> bool:
        """Record an element; return whether to walk its children, too."""
        if self._is_block(element, tag):
            parent = self._open[-1]
            if tag == "p" and self.outline.containers[parent].tag == "li":
                tag = "li"
            self._begin(element, tag, region_of(element, element.tag, self._regions))
            if tag == "blockquote" and (post := post_in(element)) is not None:
                if post:
                    self.outline.blocks.append(
                        Block(post, "blockquote", self._open[-1], word_count(post), 0.0, posted=True)
                    )
                return False
        elif tag == "a":
            self._links.append(self._link(element.get("href") or "#"))
        elif tag == "br":
            self._break()
        elif tag == "q":
            self._open_quotation(element.text or "")
        elif tag in _CAPTIONS and is_inline_caption(element, self._regions):
            self._captions.append(element)
            self._begin(element, tag, Region.CAPTION)
        if element.text:
            self._add(element.text)
        return True

    def _begin(self, element: Any, tag: str, region: Region) -> None:
        self._flush()
        parent = self._open[-1]
        self._open.append(len(self.outline.containers))
        self.outline.containers.append(Container(element, tag, parent, region))

    @staticmethod
    def _is_block(element: Any, tag: str) -> bool:
        """Return whether an element is a block; a button in a heading only unfolds the text under it."""
        return tag in _BLOCKS and not (tag == "button" and element.getparent().tag in _TITLED_BY)

    def _end(self, element: Any, tag: str) -> None:
        if self._is_block(element, tag):
            self._flush()
            self._open.pop()
        elif self._captions and self._captions[-1] is element:
            self._captions.pop()
            self._flush()
            self._open.pop()
        elif tag == "a":
            self._links.pop()
        elif tag == "q":
            self._pieces.append(self._quotations.pop())

    def _open_quotation(self, text: str) -> None:
        """Add the quotation marks of a `q` element, as browsers do (HTML, 4.5.7), unless its author wrote them."""
        if text.lstrip()[:1] in ('"', "“", "‘", "'", "«"):
            self._quotations.append("")
            return
        inner = sum(1 for mark in self._quotations if mark) % 2
        self._pieces.append("‘" if inner else "“")
        self._quotations.append("’" if inner else "”")

    def _break(self) -> None:
        """Two line breaks divide paragraphs; one does after the end of a sentence."""
        so_far = next((piece for piece in reversed(self._pieces[-3:]) if piece.strip()), "")
        if (self._pieces and self._pieces[-1] == "\n") or _SENTENCE_END.search(so_far[-20:]):
            self._flush()
        self._pieces.append("\n")

    def _add(self, text: str) -> None:
        if not text.strip() and self._pieces and self._pieces[-1] == "\n":
            return
        self._pieces.append(text)
        if self._links and self._links[-1] is not _Link.HERE:
            length = len(text.strip())
            self._linked += length
            self._announcing += length if self._links[-1] is _Link.SITE else 0

    def _link(self, href: str) -> _Link:
        if _NOWHERE.match(href[:20]):
            return _Link.HERE
        found = _ADDRESS.match(href.strip())
        if found is None:
            return _Link.SITE
        return _Link.SITE if found.group(1).lower().removeprefix("www.") in self._hosts else _Link.ELSEWHERE

    def _flush(self) -> None:
        if not self._pieces:
            return
        raw = "".join(self._pieces)
        linked, announcing = self._linked, self._announcing
        self._linked = self._announcing = 0
        self._pieces.clear()
        parts = _BLANK_LINE.split(raw) if len(raw) >= LONG_TEXT else (raw,)
        for part in parts:
            words = part.split()
            if words:
                text = " ".join(words)
                container = self._open[-1]
                tag = self.outline.containers[container].tag
                length = len(text) if len(parts) == 1 else len(raw)
                block = Block(
                    text,
                    tag,
                    container,
                    len(words) if text.isascii() else word_count(text),
                    min(1.0, linked / length),
                )
                block.announcing = min(1.0, announcing / length)
                self.outline.blocks.append(block)


def _hosts_of(root: Any, url: str) -> frozenset[str]:
    """Return the hosts of the page: the one it was fetched from, and the one it names as its own."""
    named = [url, *(link.get("href") or "" for link in root.iterfind("head/link[@rel='canonical']"))]
    found = (_ADDRESS.match(address.strip()) for address in named[:3])
    return frozenset(match.group(1).lower().removeprefix("www.") for match in found if match)
