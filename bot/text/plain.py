"""Titles and names as plain text."""

import html
import re

from bot.text.legal_characters import legal

_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--.*?--|![A-Za-z\[][^<>]*|\?[^<>]*)>", re.DOTALL)
_SPACE = re.compile(r"\s+")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_READ_AT_MOST = 20_000


def plain_text(markup: str, longest: int) -> str:
    """Return the text of a title or name: tags off, entities decoded (twice escaped ones too), spaces folded.

    What is longer than `longest` characters ends at a word, with an ellipsis.
    """
    text = _TAG.sub("", markup[:_READ_AT_MOST])
    for _ in range(2):
        if not _REFERENCE.search(text):
            break
        text = _TAG.sub("", html.unescape(text))
    text = _SPACE.sub(" ", legal(text)).strip()
    return clipped(text, longest)


def clipped(text: str, longest: int) -> str:
    """Return `text`, or its beginning up to a word's end with an ellipsis, in at most `longest` characters."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    word_end = head.rfind(" ")
    return (head[:word_end] if word_end > longest // 2 else head).rstrip(" ,;:–—-") + "…"
