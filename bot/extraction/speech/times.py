"""When something was said, in the article's words: "on Thursday", "late on Monday", "earlier this week"."""

import re
from collections.abc import Iterator

from bot.extraction.speech.around_the_cue import Surroundings
from bot.model.claims import Claim, Span

_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_PART = r"(?:morning|afternoon|evening|night|lunchtime)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?:19|20)\d\d)?"
_DATE = rf"(?:{_NUMBER}\s+{_MONTH}{_YEAR}|{_MONTH}\s+{_NUMBER}(?!\w){_YEAR})"
_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?)"
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|a\s+few|many|\d{1,3})"
_PERIOD = rf"(?:day|week|month|year|morning|afternoon|evening|night|weekend|spring|summer|autumn|winter|{_MONTH})"
TIME = re.compile(
    rf"\b(?:(?:(?:early|earlier|late|later)\s+)?(?:(?:on|last|this)\s+)?(?:(?:early|late)\s+)?(?:in\s+the\s+early\s+hours\s+of\s+)?"
    rf"{_DAY}(?:\s+{_PART})?(?:,?\s+{_DATE})?|"
    rf"on\s+{_DATE}|"
    rf"(?:(?:early|late|back|earlier|later)\s+)?in\s+(?:(?:early|late|mid)[\s-])?(?:{_MONTH}{_YEAR}|(?:19|20)\d\d)|"
    rf"(?:(?:early|earlier|late|later)\s+)?(?:yesterday|today)(?:\s+{_PART})?|tonight|overnight|"
    rf"(?:(?:early|earlier|late|later)\s+)?(?<!the )(?:this|last|that|"
    rf"the\s+same|the\s+following|the\s+next|the\s+previous)\s+{_PERIOD}|"
    rf"(?:earlier|later)\s+in\s+the\s+{_PERIOD}|"
    rf"{_COUNT}\s+{_UNIT}\s+(?:ago|earlier|later|before)|at\s+the\s+weekend|over\s+the\s+weekend|"
    rf"at\s+(?:noon|midnight|dawn)|in\s+recent\s+{_UNIT})(?![a-z0-9])(?!['’]s\b)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-Z]")
_ANOTHERS = re.compile(
    r"\b(?:(?:who|which|whose|where|ahead\s+of|before|since|until|till)\s[^,;]*|(?:and|but)\s+\w[^,;]*|"
    r"(?:of|from|since|by|until|till|for|between|about|over|against|to|before|after|than)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
"""Before a time: it is the time of something else ("ahead of the vote on Tuesday")."""
_LEADS_ON = re.compile(r"\W*(?:(?:and|but|however|meanwhile|in\s+[A-Z]\w+)\W*)?", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"\W*(?:and\s+|but\s+)?(?:in|at|during|speaking|writing|after|following|on|asked|addressing)\b", re.IGNORECASE
)


def time_of_speech(text: str, claim: Claim, around: Surroundings) -> Span | None:
    """Return the words that say when the claim was made, or None. The claim has a cue."""
    for gap in (*around.after, *around.between, *claim.cue):
        for found in _times(text, gap):
            return found
    for found in _times(text, around.behind):
        if not text[around.behind[0] : found[0]].strip():
            return found
    for found in _times(text, around.before):
        if _opens(text, found, around.before):
            return found
    return None


def _times(text: str, gap: Span) -> Iterator[Span]:
    """Yield the times that stand in `gap` and are not those of something else, in order."""
    for found in TIME.finditer(text, *gap):
        if not _CAPITAL.search(found.group()) and re.search(r"\b(?:may|march)\b", found.group()):
            continue
        if not _ANOTHERS.search(text[gap[0] : found.start()]):
            yield found.span()


def _opens(text: str, time: Span, gap: Span) -> bool:
    """Return whether a time before a claim belongs to it: nothing but adjuncts may stand beside it."""
    if _LEADS_ON.fullmatch(text, time[1], gap[1]):
        return not text[gap[0] : time[0]].strip(" \n\t,;:”\"’'") or bool(_ADJUNCT.match(text, *gap))
    rest = text[time[1] : gap[1]].rstrip()
    first = not text[gap[0] : time[0]].strip()
    return rest.endswith(",") and bool(_ADJUNCT.match(rest) if first else _ADJUNCT.match(text, *gap))
