"""Until when a promise is to be kept, in its own words: "by March 2027", "within two years"."""

import re
from collections.abc import Sequence

from bot.model.claims import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}|next\s+year))?"
_DATE = rf"(?:{_NUMBER}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_NUMBER}(?!\d)|{_MONTH}){_OF_YEAR}"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:hour|day|week|month|year|decade)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|Christmas|Easter)"
_COUNT = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|\d{1,3}|"
    r"a\s+few|several|a\s+couple\s+of)"
)
_PERIOD = (
    rf"(?:the\s+)?(?:end|start|beginning|middle)\s+of\s+(?:the\s+|this\s+|next\s+)?(?:{_UNIT}|{_SEASON}|{_DATE}|{_YEAR}|century)|"
    rf"(?:early|mid|late)[\s-](?:{_YEAR}|{_DATE})|"
    rf"(?:this|next|the\s+coming)\s+(?:{_UNIT}|{_SEASON}|{_DAY}|{_MONTH})|{_DATE}|{_YEAR}|{_SEASON}(?:\s+{_YEAR})?|{_DAY}|"
    r"tomorrow|tonight|the\s+(?:next\s+)?election"
)
DUE = re.compile(
    rf"\b(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|at\s+the\s+latest\s+by)\s+(?:{_PERIOD})(?![\w%])|"
    rf"\b(?:within|inside)\s+(?:the\s+(?:next|coming)\s+)?(?:{_COUNT}\s+)?{_UNIT}s?\b|"
    rf"\b(?:in|over|during)\s+(?:the\s+(?:next|coming)\s+)?{_COUNT}\s+{_UNIT}s?(?:['’]s?\s+time)?\b(?!\s+(?:ago|of))|"
    rf"\b(?:in|over)\s+the\s+(?:next|coming)\s+{_UNIT}s?\b|"
    rf"\b(?:in|on)\s+(?:(?:early|mid|late)[\s-])?(?:{_DATE}|{_YEAR}|{_DAY})(?!\w)|"
    rf"\b(?:this|next)\s+(?:{_UNIT}|{_SEASON}|{_DAY})\b|\b(?:tomorrow|tonight)\b"
)
ASIDE = re.compile(r"\b(?:if|unless|when|because|after|(?<!later )than|level|levels)\b")
"""What ends the promise itself: "to resign if the bridge is not open by Friday"."""
FIRM = re.compile(r"(?:by|before|until|till|no|not|at|within|inside)\b", re.IGNORECASE)
"""How a limit begins, which says more than another time in the same promise."""


def due_words(text: str, content: Sequence[Span]) -> Span | None:
    """Return the words in the content of a promise that say until when it is to be kept, or None."""
    found: list[Span] = []
    for start, end in content:
        aside = ASIDE.search(text, start, end)
        found += [match.span() for match in DUE.finditer(text, start, aside.start() if aside else end)]
    return next((span for span in found if FIRM.match(text, *span)), found[0] if found else None)
