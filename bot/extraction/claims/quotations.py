"""Where quotation marks stand around words, in every common style, paragraph by paragraph."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bot.model.claims import Span, Wording

PAIRS = {
    "“": '”"',
    "«": "»",
    "„": "“”",
    "‹": "›",
    "「": "」",
    "『": "』",
    "〝": "〞",
    "‘": "’'",
    "'": "’'",
    "`": "’'",
}
PAIRS |= {'"': '"”', "＂": "＂"}
"""What opens a quotation, and what may close it."""
STRAIGHT = "\"＂'`"
"""Marks that open or close by where they stand, and open only before a word."""
SINGLE = "’'"
MARK = re.compile("[" + "".join(PAIRS) + "".join(PAIRS.values()) + "]")
PARAGRAPH = re.compile(r"\s*\n\s*\n\s*|(?<=[.!?…:;”\"’»)\]])\s*\n\s*|\s*\n\s*(?=[“\"«„‘A-ZÀ-Þ0-9•*–—-])")
"""Where a paragraph ends: lines that only wrap go on."""
LINKS = re.compile(r"\W*(?:(?:that|and|but|how|as|saying)\b\W*)?", re.IGNORECASE)
"""What may lead from the report to a quotation without being part of what was said."""
MOST = 0.95
"""Share of a content's letters within quotation marks from which on it counts as verbatim."""


def quotations(text: str) -> list[Span]:
    """Return the spans of `text` within quotation marks, the marks left out, in order.

    A quotation that is not closed in its paragraph goes to the end of it where the next paragraph opens with a
    mark again, as quotations over several paragraphs do; else its mark is taken for a slip. An apostrophe is no
    mark.
    """
    spans: list[Span] = []
    start = 0
    for match in PARAGRAPH.finditer(text):
        spans += _within(text, start, match.start(), continued=text[match.end() : match.end() + 1] in PAIRS)
        start = match.end()
    spans += _within(text, start, len(text), continued=False)
    return spans


def _within(text: str, start: int, end: int, *, continued: bool) -> Iterator[Span]:
    """Yield the quotations of one paragraph."""
    opened: int | None = None
    closers = ""
    for mark in MARK.finditer(text, start, end):
        index, char = mark.start(), mark.group()
        before = text[index - 1] if index > start else " "
        after = text[index + 1] if index + 1 < end else " "
        if opened is None:
            closers = _closers(char, before, after)
            opened = index + 1 if closers else None
        elif char in closers and (
            char not in SINGLE or _closes(before, after, text[index + 1 : min(end, opened + 200)])
        ):
            yield opened, index
            opened = None
    if opened is not None and continued and opened < end:
        yield opened, end


def _closers(char: str, before: str, after: str) -> str:
    """Return what closes the quotation that `char` opens between two characters; nothing if it opens none."""
    if char in STRAIGHT and (after.isspace() or before.isalnum() or before in ".,!?"):
        return ""
    if char == "”" and before.isspace() and not after.isspace():
        return "”"  # a common slip
    return PAIRS.get(char, "")


def _closes(before: str, after: str, rest: str) -> bool:
    """Tell a closing single mark from an apostrophe within a word, or after an s ("voters' views")."""
    if before.isalnum() and after.isalnum():
        return False
    return before != "s" or not re.search(r"\w['’](?!\w)", rest)


def wording(content: Sequence[Span], quoted: Sequence[Span], text: str) -> Wording:
    """Say whose words `content` is in, `quoted` being the quotations of `text` in order.

    Text without quotation marks (badly scraped text too) is paraphrased: words are shown as someone's own only
    where the article itself marks them so.
    """
    letters = inside = 0
    lead = _lead(content, quoted, text)
    for start, end in content:
        letters += _letters(text, start, end)
        for low, high in quoted[bisect_right(quoted, start, key=lambda span: span[1]) :]:
            if low >= end:
                break
            inside += _letters(text, max(low, start), min(high, end))
    if not inside:
        return Wording.PARAPHRASED
    own = lead and not LINKS.fullmatch(lead)
    linking = 0 if own else sum(map(str.isalnum, lead))
    return Wording.MIXED if own or inside < MOST * (letters - linking) else Wording.VERBATIM


def _lead(content: Sequence[Span], quoted: Sequence[Span], text: str) -> str:
    """Return the words of a content before its first quotation: “it”, or “that”, which is the reporter's."""
    if not content:
        return ""
    start, end = content[0]
    first = next((low for low, _ in quoted[bisect_right(quoted, start, key=lambda span: span[1]) :]), end)
    return text[start : max(start, min(first, end))]


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))
