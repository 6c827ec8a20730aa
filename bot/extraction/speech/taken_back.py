"""What was said first and taken back: "later retracted", "apologised for saying", "deleted the post in which".

What somebody refuses to take back, or is asked to, still stands.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.wordlists.lexicon import SINGULAR
from bot.model.claims import Claim, Span

REACH = 160
"""Characters behind a claim, in its sentence or the two that follow, in which it may be taken back."""
_NOUN = (
    r"(?:claims?|statements?|remarks?|comments?|accusations?|allegations?|assertions?|words|reports?|stor(?:y|ies)|"
    r"posts?|tweets?|messages?|promises?|pledges?|vows?|testimony|confession|suggestions?|predictions?|warnings?|"
    r"denials?|insults?|video|tweet)"
)
_LATER = r"(?:(?:later|since|then|quickly|subsequently|swiftly|promptly|now|also|publicly|eventually|\w+ly)\s+)*"
_AUX = r"(?:(?:has|have|had)\s+)?"
_RETRACTED = (
    r"(?:retracted|withdrew|withdrawn|recanted|disavowed|disowned|deleted|(?:took|taken)\s+back|walked\s+back|"
    r"rowed\s+back\s+(?:on|from)|backtracked(?:\s+on\s+\w+day)?\s+on|backed\s+(?:away|down)\s+from|"
    r"apologi[sz]ed(?:\s+(?:on\s+\w+day|publicly|to\s+[^.,;]{2,30}?))?\s+for|corrected)"
)
_UNDONE = (
    r"(?:retracted|withdrawn|recanted|disavowed|disowned|deleted|taken\s+(?:back|down)|walked\s+back|corrected)"
)
_WHO = r"(?:he|she|they|it|the\s+(?:[\w-]+\s){0,2}?[\w-]+)"
_JOKED = (
    r"(?:he|she|they|it)\s+(?:(?:was|were|had\s+been)\s+(?:only\s+|just\s+)?(?:joking|kidding|a\s+joke|"
    r"(?:meant|intended)\s+as\s+a\s+joke)|had\s+not\s+been\s+serious|(?:had\s+)?meant\s+it\s+as\s+a\s+joke)"
)
_BEHIND = re.compile(
    rf"[\s,;(—–-]*(?:in\s+)?(?:an?\s+|the\s+)?(?:{_NOUN}\s+)?(?:that\s+|which\s+)?{_WHO}\s+{_AUX}{_LATER}{_RETRACTED}\b|"
    rf"[\s,;(—–-]*(?:in\s+)?(?:an?|the)\s+{_NOUN}\s+(?:(?:that|which)\s+)?(?:was|were|has|have)?\s*{_LATER}"
    rf"(?:been\s+)?{_UNDONE}\b|"
    rf"[\s,;(—–-]*(?:in\s+)?(?:an?|the)\s+(?:since|now)-(?:deleted|retracted)\s+{_NOUN}|"
    r"[\s,;]*before\s+(?:deleting|retracting|withdrawing)\s+(?:it|them|the)\b|"
    r"[\s,;]*but\s+(?:\w+\s+)?(?:later|then)\s+(?:admitted|conceded|acknowledged|said)\s+(?:that\s+)?(?:he|she|they|it|this|that)\s+"
    r"(?:had\s+lied|was\s+lying|(?:was|were|had\s+been)\s+(?:wrong|mistaken|untrue|false|not\s+true))",
    re.IGNORECASE,
)
"""Right behind what was said, in the same sentence."""
_NEXT = re.compile(
    rf"(?:(?:On|Late|Early|Hours|Days|Weeks|Months|Minutes|Later|After|An?|The\s+next|The\s+following)\b[^.,;]{{0,30}}?,?\s+)?"
    rf"(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|(?:[Tt]he\s+)?[A-Z]?[\w’'-]+(?:\s+[A-Z][\w’'-]+){{0,2}})\s+{_AUX}{_LATER}"
    rf"(?:{_RETRACTED}\s+(?:the|his|her|its|their|that|those|this)\s+(?:\w+\s+)?{_NOUN}\b|{_RETRACTED}\s+(?:it|them)\b|"
    r"corrected\s+(?:himself|herself|itself|themselves)|"
    rf"(?:said|insisted|explained|claimed|added)\s+(?:that\s+)?{_JOKED})"
)
"""In one of the next sentences, with somebody who may be the speaker."""
_WAS = re.compile(
    rf"(?:The|This|That|Those|These|His|Her|Its|Their)\s+(?:\w+\s+)?{_NOUN}\s+(?:(?:was|were|has|have)\s+){_LATER}(?:been\s+)?{_UNDONE}\b"
)
_BEFORE = re.compile(
    rf"\b(?:[Ii]n|[Oo]n)\s+an?\s+(?:\w+\s+)?(?:(?:since|now)-(?:deleted|retracted)\s+{_NOUN}|{_NOUN}\s+(?:that\s+|which\s+)?"
    rf"(?:{_WHO}\s+)?(?:was|were|has|have|had)?\s*{_LATER}(?:been\s+)?{_UNDONE})\b[^.]{{0,40}}$"
)
_DELETED = re.compile(
    rf"\bdeleted\s+(?:an?|the|his|her|its|their)\s+(?:\w+\s+)?{_NOUN}\s+in\s+which\s*$", re.IGNORECASE
)
_OF = re.compile(rf"\b{_RETRACTED}\s+$", re.IGNORECASE)
"""What stands before source and cue: "in a since-deleted post", "deleted the post in which", "backtracked on"."""
_NOT = re.compile(
    r"\b(?:not|never|refus\w+|declin\w+|should|must|would|will|demand\w*|urg\w+|ask\w*|call\w*\s+(?:on|for)|without|wants?|if|"
    r"yet\s+to|n['’]t|failed|no)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(rf"^\W*{_AUX}{_LATER}(?:{_RETRACTED}|apologi[sz]ed)\W*$", re.IGNORECASE)
_INSIDE = re.compile(
    rf"\W*(?:for\s+)?(?:(?:(?:his|her|its|their|the|an?)\s+(?:[\w-]+\s+){{0,2}}?{_NOUN}|having\s+said|saying|claiming|suggesting|"
    r"alleging|promising|telling\s+\w+)\s+that\s+|(?P<verb>saying|claiming|suggesting|alleging|calling|describing)\s+)",
    re.IGNORECASE,
)
"""What was taken back is named: "his claim that", "for saying that", "for calling"."""
_ONLY_NAMED = re.compile(
    rf"\W*(?:for\s+)?(?:an?|the|his|her|its|their|that|those|it|them)(?:\s+\w+)?(?:\s+{_NOUN})?\W*", re.IGNORECASE
)


def with_what_was_taken_back(text: str, claims: Sequence[Claim], sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` with `taken_back` set; reports of taking back become claims of what was said first.

    `sentences` are those of `text`, in order. A report that names nothing ("apologised for the remark") is none.
    """
    found: list[Claim] = []
    ends = sorted((end, place) for place, claim in enumerate(claims) for _, end in claim.content[-1:])
    for place, claim in enumerate(claims):
        if claim.cue and claim.content and _TAKES_BACK.match(text[slice(*claim.cue[0])]):
            first = _said_first(text, claim)
            if first is not None:
                found.append(first)
            elif not _ONLY_NAMED.fullmatch(text, *claim.content[0]):
                found.append(claim)
            continue
        span = _behind(text, claim, sentences, ends, place) or _before(text, claim, sentences)
        found.append(replace(claim, taken_back=span) if span else claim)
    return found


def _said_first(text: str, claim: Claim) -> Claim | None:
    """Return what somebody said who "withdrew his claim that …", as a claim that was taken back."""
    (start, end), cue = claim.content[0], claim.cue[0]
    inside = _INSIDE.match(text, start, end)
    if inside is None or _NOT.search(text, max(0, cue[0] - 60), cue[0]):
        return None
    verb = inside.span("verb") if inside["verb"] else _trimmed(text, inside.start(), inside.end())
    return replace(claim, cue=(verb,), content=((inside.end(), end), *claim.content[1:]), taken_back=cue)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the words "for saying that" without what stands around the verb or the noun."""
    while start < end and not text[start].isalpha():
        start += 1
    words = text[start:end]
    start += len(words) - len(
        re.sub(r"^(?:for\s+)?(?:his\s+|her\s+|its\s+|their\s+|the\s+|an?\s+)?", "", words, flags=re.IGNORECASE)
    )
    return start, start + len(text[start:end].rstrip().removesuffix("that").rstrip())


def _behind(
    text: str, claim: Claim, sentences: Sequence[Span], ends: Sequence[tuple[int, int]], place: int
) -> Span | None:
    """Return the words behind a claim that take it back."""
    if not claim.content:
        return None
    end = max(end for spans in (claim.source, claim.cue, claim.content) for _, end in spans)
    number = bisect_right(sentences, end - 1, key=lambda sentence: sentence[0]) - 1
    close = min(sentences[max(number, 0)][1], end + REACH)
    found = _BEHIND.match(text, end, close)
    if found and not _NOT.search(found.group()):
        return _words(text, found.span())
    for first, stop in sentences[number + 1 : number + 3]:
        start = first + len(text[first:stop]) - len(text[first:stop].lstrip())
        if start - end > REACH or any(end < other <= start for other, at in ends if at != place):
            return None
        found = _NEXT.match(text, start, stop)
        if found and not _NOT.search(found.group()) and _may_be(text, claim, found["who"]):
            return _words(text, found.span())
        found = _WAS.match(text, start, stop)
        if found and not _NOT.search(found.group()):
            return _words(text, found.span())
    return None


def _before(text: str, claim: Claim, sentences: Sequence[Span]) -> Span | None:
    """Return the words before a claim that say it was deleted: "in a since-deleted post"."""
    first = min(start for spans in (claim.source, claim.cue, claim.content) for start, _ in spans)
    number = bisect_right(sentences, first, key=lambda sentence: sentence[0]) - 1
    low = max(sentences[max(number, 0)][0], first - REACH)
    found = next((f for p in (_BEFORE, _DELETED, _OF) if (f := p.search(text, low, first))), None)
    return _words(text, found.span()) if found and not _NOT.search(text, low, found.end()) else None


def _may_be(text: str, claim: Claim, who: str) -> bool:
    """Return whether `who`, a pronoun or a name, can be the source of a claim."""
    source = text[slice(*claim.source[0])] if claim.source else ""
    low = who.lower()
    if low in ("he", "she"):
        words = source.lower().split()
        return bool(source) and {SINGULAR.get(word) for word in words} <= {None, SINGULAR[low]}
    if low in ("they", "it"):
        return bool(source)
    return who.rsplit(maxsplit=1)[-1].lower() in source.lower().replace(",", " ").split()


def _words(text: str, span: Span) -> Span:
    """Return `span` without the marks and space at its ends."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
