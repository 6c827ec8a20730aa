"""Quotations on lines of their own, the speaker's name behind, before, under or above: "“We wait.” — Anna Kovacs".

Such a quotation is a claim without a cue, of whoever is named; what else was found in it gives way. One that only
repeats what the article quotes elsewhere is none.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.extraction.claims.claim_kind import kind_of
from bot.model.claims import Claim, Span, Wording

LINE = re.compile(r"[^\n]+")
OPENS = '“”"«„'
CLOSES = '”“"»'
"""Marks may be the wrong way round, as careless editors set them."""
NAME = r"[A-ZÀ-Þ][^\W\d_]*[\w.’'-]*(?:[ ](?:[a-z]{1,3}[ ])?[A-ZÀ-Þ][\w.’'-]*){0,4}"
SIGNED = re.compile(rf"\s*[—–―-]{{1,2}}\s*(?P<name>{NAME}(?P<role>,\s[^\n“”\"«»]{{2,80}})?)\s*$")
_HANDLE = r"@\w{1,30}(?:@[\w.-]{3,60})?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
POSTED = re.compile(
    rf"\s*[—–―-]{{1,2}}\s*(?P<name>[^\s@()“”\"][^@()\n“”\"]{{0,60}}?)\s*\({_HANDLE}\)"
    rf"(?:[,\s]+(?:on\s)?(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s(?:19|20)\d\d)?)?\s*[.”\"]?\s*$"
)
"""What stands behind a post that is set into an article: "— Lila Verne (@lilaverne) November 3, 2024"."""
IN_CAPITALS = re.compile(
    r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?:[ ][A-ZÀ-Þ.’'-]{2,}){1,3}(?P<role>,\s(?:an?|the|who)?[^,\n“”\"«»]{2,80})?)"
    r"(?=,\s(?:on|in|about|after)\b|\.?\s*$)"
)
"""What opens the line under a quotation of the day: "ANNA KOVACS, a retired driver, on why she stays."."""
_ROLE = r"(?:(?:the|our|[A-ZÀ-Þ][\w’'-]*|[a-z][\w’'-]{2,})[ ]){0,4}?"
FROM = re.compile(
    r"(?:(?:[Aa]nd|[Aa]lso|[Tt]hen|[Nn]ext),?[ ])?(?:(?:[Tt]his|[Tt]hese|[Oo]ne)[ ])?"
    r"(?:[Ff]rom[ ]the[ ]desk[ ]of|[Ff]rom|"
    r"(?:[Aa][ ])?(?:[Ss]tatement|[Cc]omments?|[Rr]emarks|[Qq]uote|[Mm]essage|[Ww]ord|[Nn]ote|[Ll]etter)"
    r"[ ](?:from|by|of))"
    rf"[ ]{_ROLE}(?P<name>{NAME}(?P<role>,\s[^\n“”\"«»:]{{2,90}}?)?)\s*[:.]?\s*$"
)
"""A line that says who is quoted on the next one: "From the desk of Anna Kovacs, head of research."."""
LABELLED = re.compile(
    rf"(?:[-–—•*·]\s)?(?P<name>{NAME}(?P<role>,\s[^\n“”\"«»:.!?]{{2,90}}?)?)\s?(?::|\s[–—-]{{1,2}})\s?"
    r"(?=[“\"«][^“”\"«»\n]*[”\"»]\W*$)",
    re.MULTILINE,
)
"""A line of a survey: "Anna Kovacs, 44, baker: “We wait.”"."""
REPORTS = re.compile(r"\b(?:said|says|told|tells|added|adds|wrote|writes|asked|asks|replied|recalled|put\sit)\b")
"""What a role does not hold: such a line is a sentence."""
AGED = re.compile(r",\s\d{1,3}\b(?=,|$)")
LEADS = re.compile(
    r"(?:\d{1,2}[:.]\d\d\s*(?:[–—-]\s)?)?(?:[Pp]ost|[Tt]weet|[Mm]essage|[Ss]tatement|[Cc]omment|[Rr]eaction|[Rr]eply|"
    rf"[Rr]esponse|[Ll]etter|[Nn]ote|[Ee]-?mail)[ ](?:from|by)[ ]{_ROLE}(?P<name>{NAME})\s*:\s*(?=[{OPENS}])"
)
"""What stands before a quotation on its line: "22:48 Post from Anna Kovacs: “Stay calm.”"."""
LONGEST_NAME = 160
"""Characters at the end of a line in which name and role stand."""
SHORTEST = 5
"""Characters of a quotation, its marks among them."""
TITLED = 4
"""Letters of words that have a capital in titles."""
FEWEST, MANY = 3, 9
"""Words of a quotation that ends as sentences do, and of one that does not, from which on it is one."""
LOOKED_UP = 200
"""Pull quotes up to which each is looked for elsewhere in the text."""
GAP = 3
"""Line ends between a quotation and the name under it from which on it is not under it."""
CONFIDENCE = 0.9
"""As of the turn of an interview whose label names the speaker."""


def pull_quotes(text: str) -> list[tuple[Span, Span]]:
    """Return the pull quotes of `text`: the spans of what is quoted, and of the name with the role behind it."""
    found: list[tuple[Span, Span]] = []
    quote: Span | None = None
    above: tuple[int, Span] | None = None
    labels: list[tuple[Span, Span]] = []
    before: Span | None = None
    for start, stop in _lines(text):
        named_above = above[1] if above and text.count("\n", above[0], start) < GAP else None
        above = _announced(text, start, stop)
        under = None
        if quote and text.count("\n", quote[1], start) < GAP:
            capitals = IN_CAPITALS.match(text, start, stop)
            under = _signed(text, start, stop) or (capitals.span("name") if capitals else None)
        if quote and under:
            found.append((quote, under))
        quote = None
        post, before = _posted(text, start, stop, before), (start, stop)
        if post or (post := _led_in(text, start, stop)):
            found.append(post)
            continue
        if labelled := _labelled(text, start, stop):
            labels.append(labelled)
        elif text[start] in OPENS and stop - start >= SHORTEST:
            signed = _with_name_behind(text, start, stop)
            if signed:
                found.append(signed)
            elif named_above and text[stop - 1] in CLOSES:
                found.append(((start, stop), named_above))
            elif text[stop - 1] in CLOSES:
                quote = start, stop
    # One line alone may be headed by anything: "Quote of the Day: “We wait.”".
    surveyed = len(labels) > 1 or any(AGED.search(text, *name) for _, name in labels)
    return sorted([*found, *labels]) if surveyed else found


def _posted(text: str, start: int, stop: int, before: Span | None) -> tuple[Span, Span] | None:
    """Return the spans of a post that is set into the article and of who posted it, if the line ends with that.

    `before` is the line before, which is the post if nothing else stands on this one.
    """
    low = max(start, stop - LONGEST_NAME)
    found = POSTED.search(text, low, stop) if "@" in text[low:stop] else None
    if found is None:
        return None
    post = before if found.start() - start < SHORTEST else (start, found.start())
    return (post, found.span("name")) if post else None


def _led_in(text: str, start: int, stop: int) -> tuple[Span, Span] | None:
    """Return the spans of a quotation that ends the line and of the speaker named in the words before it."""
    lead = LEADS.match(text, start, min(stop, start + LONGEST_NAME))
    return ((lead.end(), stop), lead.span("name")) if lead and text[stop - 1] in CLOSES else None


def _announced(text: str, start: int, stop: int) -> tuple[int, Span] | None:
    """Return where a line ends and the span of the name in it, if it says who is quoted on the next line."""
    found = FROM.fullmatch(text, start, stop) if stop - start <= LONGEST_NAME else None
    return (stop, found.span("name")) if found else None


def _labelled(text: str, start: int, stop: int) -> tuple[Span, Span] | None:
    """Return the spans of the quotation and the name on a line that opens with who says the rest of it."""
    found = LABELLED.match(text, start, stop)
    role = found["role"] or "" if found else ""
    if found is None or REPORTS.search(role):
        return None
    if not AGED.match(role) and " " not in found["name"].removesuffix(role):
        return None
    return (found.end(), stop), found.span("name")


def _with_name_behind(text: str, start: int, stop: int) -> tuple[Span, Span] | None:
    """Return the spans of the quotation and the name on the line from `start` to `stop`, if a name ends it."""
    low = max(start + SHORTEST - 1, stop - LONGEST_NAME)
    for mark in re.finditer(rf"[{CLOSES}]", text[low:stop]):
        name = _signed(text, low + mark.end(), stop)
        if name:
            return (start, low + mark.end()), name
    return None


def _lines(text: str) -> Iterator[Span]:
    """Yield the lines of `text` that hold anything, without the white space around them."""
    for line in LINE.finditer(text):
        words = line.group().strip()
        if words:
            start = line.start() + line.group().index(words)
            yield start, start + len(words)


def _signed(text: str, start: int, stop: int) -> Span | None:
    """Return the span of the name, if there is nothing but a dash and a name from `start` to `stop`."""
    if stop - start > LONGEST_NAME:
        return None
    found = SIGNED.match(text[start:stop])
    if found is None:
        return None
    name = found["name"] if found["role"] else found["name"].rstrip(".")
    return start + found.start("name"), start + found.start("name") + len(name)


def with_pull_quotes(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return the claims and, in place of those within them, the pull quotes of `text`, in order."""
    found = [(content, name) for content, name in pull_quotes(text) if _is_speech(text[slice(*content)])]
    if len(found) <= LOOKED_UP:
        found = [(content, name) for content, name in found if _said_once(text[slice(*content)], text)]
    if not found:
        return list(claims)
    ends = [end for (_, end), _ in found]

    def is_quoted(low: int, high: int) -> bool:
        """Return whether a span shares characters with a pull quote."""
        index = bisect_right(ends, low)
        return index < len(ends) and found[index][0][0] < high

    kept = [rest for claim in claims if (rest := _without(claim, is_quoted)) is not None]
    kept += [_claim(content, name, text) for content, name in found]
    return sorted(kept, key=lambda claim: min((*claim.source, *claim.cue, *claim.content)))


def _without(claim: Claim, is_quoted: Callable[[int, int], bool]) -> Claim | None:
    """Return what `claim` holds besides pull quotes; None for nothing, or if its speaker was sought in them."""
    rest = tuple(span for span in claim.content if not is_quoted(*span))
    if len(rest) == len(claim.content):
        return claim
    apart = (
        rest and claim.cue and claim.source and not any(is_quoted(*span) for span in (*claim.cue, *claim.source))
    )
    return replace(claim, content=rest) if apart else None


def _is_speech(quote: str) -> bool:
    """Return whether a quotation is a sentence, and no title: "“Cruel Summer” – Taylor Swift" says nothing."""
    words = re.findall(r"[^\W\d_][\w’'-]*", quote)
    long = [word for word in words if len(word) >= TITLED]
    titled = len(long) > 1 and all(word[0].isupper() for word in long)
    ends = quote.rstrip(OPENS + CLOSES + " \xa0")[-1:] in (".", "!", "?", "…", ",")
    return not titled and len(words) >= (FEWEST if ends else MANY)


def _said_once(quote: str, text: str) -> bool:
    return text.count(quote[1:-1].rstrip(".,!? ")) == 1


def _claim(content: Span, name: Span, text: str) -> Claim:
    return Claim(
        source=(name,),
        cue=(),
        content=(content,),
        actor=None,
        kind=kind_of("", text[slice(*content)]),
        verbatim=Wording.VERBATIM,
        confidence=CONFIDENCE,
        evidence=(content[0], name[1]),
    )
