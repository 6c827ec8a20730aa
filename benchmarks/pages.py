"""Pages: how much of an article Hearsay reads, and how much else, beside trafilatura's modes in the same run.

The pages are those made for the tests (`tests/unit/articles/made_pages`), and those of each folder in the folder
that HEARSAY_PAGES names: rows {"file", "text", "url"} in its `pages.jsonl`, HTML beside it. No page of others
is in this repository. F1 is that of the words of a page's text, compared as multisets.
"""

import json
import logging
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import trafilatura
from rich.console import Console
from rich.table import Table

from bot.articles.text import page_text
from bot.errors import HearsayError
from bot.fetching.encodings import decoded
from bot.model.articles import Wall
from tests.unit.articles.made_pages import made_pages

URL = "https://news.example/a-story"
_WORD = re.compile(r"\w+")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")

Reader = Callable[[bytes, str], tuple[str, Wall | None]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the text that should be read of it."""

    name: str
    html: bytes
    text: str
    url: str = URL
    wall: Wall | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What one reader made of one page: precision, recall and F1 of its words, seconds of the processor."""

    page: Page
    precision: float
    recall: float
    f1: float
    wall: Wall | None
    seconds: float


def run(console: Console) -> None:
    """Print a table for each set of pages."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    sets = {"made pages": [Page(p.name, p.html.encode(), p.text, p.url, p.wall) for p in made_pages()]}
    folder = os.environ.get("HEARSAY_PAGES")
    if folder:
        sets |= {path.parent.name: pages_in(path) for path in sorted(Path(folder).glob("*/pages.jsonl"))}
    for name, pages in sets.items():
        _table(console, name, [page for page in pages if page.text or page.wall])
    if not folder:
        console.print("Pages of others are read from the folder that HEARSAY_PAGES names; none is named.")


def pages_in(rows: Path) -> list[Page]:
    """Return the pages that a `pages.jsonl` lists."""
    with rows.open(encoding="utf-8") as lines:
        listed = [json.loads(line) for line in lines if line.strip()]
    return [
        Page(row["file"], (rows.parent / row["file"]).read_bytes(), row["text"], row.get("url") or URL)
        for row in listed
    ]


def _table(console: Console, name: str, pages: list[Page]) -> None:
    table = Table(title=f"{name}: {len(pages)} pages")
    for heading in (
        "reader",
        "F1",
        "precision",
        "recall",
        "worst page",
        "< .5",
        "< .9",
        "false walls",
        "ms",
    ):
        table.add_column(heading, justify="left" if heading in ("reader", "worst page") else "right")
    scores: dict[str, list[Score]] = {reader: [] for reader in READERS}
    for page in pages:  # all readers in turn, so that a busy machine is busy for all
        for reader, read in READERS.items():
            scores[reader].append(score(page, read))
    for reader, own in scores.items():
        worst = min(own, key=lambda one: one.f1)
        false = sum(one.wall is not None and one.page.wall is None for one in own)
        table.add_row(
            reader,
            f"{mean(one.f1 for one in own):.4f}",
            f"{mean(one.precision for one in own):.3f}",
            f"{mean(one.recall for one in own):.3f}",
            f"{worst.f1:.2f} {worst.page.name[:28]}",
            str(sum(one.f1 < 0.5 for one in own)),
            str(sum(one.f1 < 0.9 for one in own)),
            str(false) if reader == "Hearsay" else "",
            f"{1000 * mean(one.seconds for one in own):.1f}",
        )
    console.print(table)


def score(page: Page, read: Reader) -> Score:
    """Read a page and compare the text with what it should be."""
    started = time.process_time()
    text, wall = read(page.html, page.url)
    seconds = time.process_time() - started
    found, wanted = (Counter(_WORD.findall(one.lower())) for one in (text, page.text))
    shared = (found & wanted).total()
    if not wanted:
        right = float(not found)
        return Score(page, right, right, right, wall, seconds)
    precision = shared / found.total() if found else 0.0
    recall = shared / wanted.total()
    f1 = 2 * precision * recall / (precision + recall) if shared else 0.0
    return Score(page, precision, recall, f1, wall, seconds)


def _hearsay(html: bytes, url: str) -> tuple[str, Wall | None]:
    try:
        page = page_text(html, url, None)
    except HearsayError:
        return "", None
    return page.text, page.wall


def _trafilatura(*, fast: bool = False, favor_precision: bool = False, favor_recall: bool = False) -> Reader:
    def read(html: bytes, url: str) -> tuple[str, Wall | None]:
        tree = trafilatura.load_html(_XML_DECLARATION.sub("", decoded(html, None), count=1))
        document = trafilatura.bare_extraction(
            tree,
            url=url,
            fast=fast,
            favor_precision=favor_precision,
            favor_recall=favor_recall,
            include_comments=False,
            include_tables=False,
            with_metadata=False,
        )
        return getattr(document, "text", None) or "", None

    return read


READERS: dict[str, Reader] = {
    "Hearsay": _hearsay,
    "trafilatura": _trafilatura(),
    "… fast": _trafilatura(fast=True),
    "… fast, precise": _trafilatura(fast=True, favor_precision=True),
    "… fast, full": _trafilatura(fast=True, favor_recall=True),
}
