"""Who wrote an article, by the line under its heading. Runs in a worker process.

Many pages name their authors only there: in links with `rel=author`, in microdata, or in elements called byline or
author. Only names that look like those of people are read.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

MOST = 30
"""How many elements are examined."""
LONGEST = 120
LONGEST_PERSON = 50
MOST_WORDS = 5
NEAR = 30
"""The most elements between two links to authors of the same article."""
_NODES = 40
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|author-?names?|autor(?:en)?|auteurs?|writers?|reporters?)(?:__?\w+|-+name|-+link)?(?=$|\s)",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(r"comment|related|recommend|reply|widget|sidebar|teaser|card|promo|footer", re.IGNORECASE)
_BY = re.compile(
    r"^\W*(?:(?:written|posted|reported|published|edited|story|words|text|article)\s+by|by|von|par|por|di|door|av|af|text|texte|texto"
    r"|autor(?:in|en)?|auteur|author|authors|reporter|foto|from)\b[\s:]*",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"\s+for\s+(?:the\s+)?[A-Z].*$", re.IGNORECASE)
_JOINS = re.compile(r"(?:^|\s)(?:by|and|und|et|y|e|en|og|och|&|,)\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|\||•|·|/|–|—|\n|\s-\s|\s(?:and|und|et|y|e|en|og|och|&)\s)\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]{0,25})$")
_PARTICLES = frozenset(
    "de di da du do dos das del della der den la le van von zu zur bin ibn al el y ter ten".split()  # noqa: SIM905
)
_LATIN_SMALL = re.compile(r"(?![dlo]['’][^a-z])[a-zß-öø-ÿ]")
_NO_NAME = re.compile(
    r"\b(?:staff|editors?|reporters?|correspondents?|writers?|journalists?|contributors?|updated?|published|posted|read|min|news|press|agency"
    r"|redaktion|team|desk|author|profile|follow|share|email|e-mail|more|all|view|about|bio|the|comments?|photo|image|by|january|february|march"
    r"|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|uhr|januar|februar|märz|mai|juni|juli|oktober|dezember|am|um|on|at|for|today|yesterday|ago|of|in)\b",
    re.IGNORECASE,
)


def authors_below_heading(tree: Any) -> list[str]:
    """Return the people named as authors below a page's heading; the most certain line decides."""
    found: dict[int, list[str]] = {}
    last = 0
    for place, rank, text in islice(_lines(tree), MOST):
        known = found.setdefault(rank, [])
        # several links stand close together; for other elements, the first line is complete
        if known and (rank > 0 or place - last > NEAR):
            continue
        names = [name for name in people_in(text) if name not in known]
        known += names
        last = place if names and rank == 0 else last
    return next((found[rank] for rank in sorted(found) if found[rank]), [])


def people_in(line: str) -> list[str]:
    """Return the names of people in a byline: "By Ann Author and Bo Byline, Political Editor | 4 March"."""
    for group in " ".join(line.split()).split("|"):  # a place, a date or a role follows a bar
        parts = _BETWEEN.split(_FOR_WHOM.sub("", _BY.sub("", group)))
        if people := [name for part in parts[:8] if is_person(name := part.strip(" .:\u200b"))]:
            return people
    return []


def is_person(name: str) -> bool:
    """Return whether `name` looks like a person's: two to five words with capitals, none of them a common one."""
    words = name.split()
    if not 2 <= len(words) <= MOST_WORDS or len(name) > LONGEST_PERSON or _NO_NAME.search(name):
        return False
    if words[-1] in _PARTICLES:
        return False
    return all(_WORD.match(word) and (word in _PARTICLES or not _LATIN_SMALL.match(word)) for word in words)


def _lines(tree: Any) -> Iterator[tuple[int, int, str]]:
    """Yield the texts of elements below the first heading that may name authors.

    Each comes with its place in the page and its rank, 0 being the most certain.
    """
    headed = tree.find(".//h1") is None
    for place, element in enumerate(tree.iter("*")):
        headed = headed or element.tag == "h1"
        rank = _rank(element) if headed else None
        if rank is not None and not _is_elsewhere(element):
            yield place, rank, _line(element)


def _line(element: Any) -> str:
    """Return the text of `element`, with bars between pieces not joined by a link, "and" or a comma."""
    line = ""
    for text, linked in islice(_pieces(element), _NODES):
        if not text or len(line) > LONGEST:
            continue
        joins = _JOINS.fullmatch(text) or _JOINS.search(line)
        line += f" {text}" if joins else f", {text}" if linked and line else f" | {text}" if line else text
    return line[:LONGEST]


def _pieces(element: Any) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of text in `element` in order, and whether each is the text of a link."""
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(part.tag, str):
            continue
        if event == "start":
            yield (part.text or "").strip()[:LONGEST], part.tag == "a"
        elif part is not element:
            yield (part.tail or "").strip()[:LONGEST], False


def _rank(element: Any) -> int | None:
    if "author" in (element.get("rel") or "").lower().split():
        return 0
    if (element.get("itemprop") or "").lower() == "author":
        return 1
    return 2 if _NAMED.search((element.get("class") or "")[:200]) else None


def _is_elsewhere(element: Any) -> bool:
    """Return whether an element stands among comments or other articles."""
    while element is not None and element.tag not in ("body", "main", "html"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
        if element.tag in ("aside", "nav") or _NOT_HERE.search(names):
            return True
        element = element.getparent()
    return False
