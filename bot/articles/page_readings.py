"""The text of an article from several readings of its page, chosen by evidence. Runs in a worker process.

First come the page's own paragraphs (`bot.articles.main_text`), which are right on most pages and cheap to find.
If much prose lies outside them, or there are few, trafilatura reads the page as well, once, in its balanced mode
and without parts that cannot be the article. Its slow mode, which compares further extractors, runs only on
request. The body in the page's linked data (schema.org `articleBody`) is used if the page itself shows less.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import trafilatura

from bot.articles.blocks import Outline, outline_of
from bot.articles.fragments import fragment_text
from bot.articles.main_text import MainText, main_text
from bot.articles.metadata import Metadata
from bot.articles.paragraphs import is_prose, joined, word_runs
from bot.model.articles import ReadBy
from bot.text.counting import word_count

FEW_WORDS = 25
"""A reading with fewer words probably missed the article."""
SURE_WORDS = 80
"""With at least this many words, the page's own paragraphs can be trusted alone."""
SURE_SHARE = 0.45
"""The share of the page's prose that they must contain for that."""
LONG_WORDS = 250
CLEAR_SHARE = 0.85
"""The same for long articles, without prose known to be something else."""
CONFIRMED = 0.4
"""The share of the page's paragraphs that trafilatura must also have found for its end of the article to count."""
WHOLE_WORDS = 200
"""The most words of a page that is taken as a whole."""
FULLER = 1.3
"""How many times longer a reading must be to be preferred to one that it contains."""
CONTAINED = 0.6
"""Share of a reading's words that must be in another one to count as contained in it."""
HELD = 0.5
"""The same for a paragraph."""
OPENING_WORDS = 150
"""Words that a reading needs to be preferred, because it has the prose below the title, to a longer one without
it.
"""
_RUN = 3
"""The number of consecutive words by which texts are compared."""
_LIST_MARK = re.compile(r"^(?:- |\* |• )")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, its number of words, and how it was found."""

    text: str
    by: ReadBy
    words: int
    ending: str = ""
    after: str = ""
    """The text on the page below and after its own paragraphs, such as an appeal to subscribe."""


def best_reading(tree: Any, url: str, head: Metadata, *, thorough: bool = False) -> Reading:
    """Return the article of the parsed page at `url` with this `head`. May remove parts of the tree.

    `thorough` asks for trafilatura's slow mode as well.
    """
    outline = outline_of(tree, url)
    found = main_text(outline, head.title, head.author)
    own = _reading(found.paragraphs, ReadBy.PARAGRAPHS)
    chosen = _with_linked_data(own, head.body)
    if chosen is own and (thorough or not _is_sure(found)):
        chosen = _with_trafilatura(tree, url, found, own, thorough=thorough)
    if not chosen.words:
        chosen = _whole(outline)
    return replace(chosen, ending=found.ending, after=found.after)


def _whole(outline: Outline) -> Reading:
    """Return the whole text of a page without prose, if it is short and has no links: a note, not a menu."""
    words = sum(block.words for block in outline.blocks)
    more = any(container.region for container in outline.containers) or any(
        block.linked for block in outline.blocks
    )
    if words > WHOLE_WORDS or more:
        return _reading((), ReadBy.NOTHING)
    return _reading((block.text for block in outline.blocks), ReadBy.WHOLE)


def _is_sure(found: MainText) -> bool:
    if found.opening or found.other_end:
        return False
    if found.words >= LONG_WORDS and found.words >= CLEAR_SHARE * (found.words + found.unexplained):
        return True
    return found.words >= SURE_WORDS and found.words >= SURE_SHARE * (found.words + found.elsewhere)


def _with_trafilatura(tree: Any, url: str, found: MainText, own: Reading, *, thorough: bool) -> Reading:
    """Return the page's own paragraphs unless trafilatura does better. Removes parts of the tree."""
    for element in found.needless:
        element.drop_tree()
    other = _extracted(tree, url, ReadBy.THOROUGH if thorough else ReadBy.BALANCED)
    if other.words < FEW_WORDS or not is_prose(other.text):
        return own
    if own.words < FEW_WORDS:
        return _longer(own, other)
    contained = _contained(own.text, other.text)
    fuller = contained and other.words >= FULLER * own.words
    another = not contained and (
        other.words >= own.words or (other.words >= OPENING_WORDS and _opens(found, other))
    )
    if fuller or (another and not thorough):
        return other
    return _reading(_confirmed(found, other.text), ReadBy.PARAGRAPHS)


def _opens(found: MainText, other: Reading) -> bool:
    """Return whether another reading has the first prose below the title, which the page's paragraphs lack."""
    return bool(found.opening) and _share(found.opening, word_runs(other.text, _RUN)) > HELD


def _longer(one: Reading, other: Reading) -> Reading:
    return other if other.words > one.words else one


def _confirmed(found: MainText, other: str) -> tuple[str, ...]:
    """Return the paragraphs from the first to the last that another reading has, too, if it has enough of them.

    The text that begins below the page's title stays.
    """
    paragraphs = found.paragraphs
    runs = word_runs(other, _RUN)
    shared = [_share(paragraph, runs) > HELD for paragraph in paragraphs]
    words = [word_count(paragraph) for paragraph in paragraphs]
    if sum(count for count, is_shared in zip(words, shared, strict=True) if is_shared) < CONFIRMED * sum(words):
        return paragraphs
    last = len(shared) - shared[::-1].index(True)
    return paragraphs[0 if found.begins else shared.index(True) : last]


def _with_linked_data(own: Reading, body: str) -> Reading:
    """Return the body in the linked data if the page shows only a part of it, or nothing."""
    if not body:
        return own
    data = _reading(fragment_text(body).split("\n\n"), ReadBy.LINKED_DATA)
    if data.words < max(FEW_WORDS, FULLER * own.words) or not is_prose(data.text):
        return own
    return data if own.words < FEW_WORDS or _contained(own.text, data.text) else own


def _contained(text: str, other: str) -> bool:
    return _share(text, word_runs(other, _RUN)) >= CONTAINED


def _share(text: str, runs: set[tuple[str, ...]]) -> float:
    own = word_runs(text, _RUN)
    return len(own & runs) / len(own)


def _extracted(tree: Any, url: str, how: ReadBy) -> Reading:
    try:
        document = trafilatura.bare_extraction(
            tree,
            url=url,
            fast=how is not ReadBy.THOROUGH,
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 - a page may hold anything; what cannot be read has no text
        document = None
    text = getattr(document, "text", None)
    lines = text.split("\n") if isinstance(text, str) else []
    return _reading((_LIST_MARK.sub("", line) for line in lines), how)


def _reading(paragraphs: Iterable[str], by: ReadBy) -> Reading:
    text = joined(paragraphs)
    return Reading(text, by if text else ReadBy.NOTHING, word_count(text))
