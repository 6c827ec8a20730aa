"""Sources cut in the wrong place: names that look like verbs, numbers without "less than", what only goes along.

The tagger takes the name Said for the verb, leaves "less than" off "2 in 10", and takes what stands before a verb
for its subject: "Kovacs is not convinced and, with a hard frost in the valley, expects".
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.claims.sources_in_between import with_sources_apart
from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import ROLES
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS
from bot.model.claims import Claim, Span

IN_NAME = re.compile(r"(?<![\w’'-])[a-z]+\s$")
"""A word in small letters before "Said", which is no verb then: "the band Said The Whale"."""
NAME_AS_VERB = re.compile(r"(?<![\w’'-])Said(?=\s+$)")
"""A name that is spelled like a verb, right before the position where a text is cut."""
APPOSED_TO_SAID = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+\sSaid,\s+$")
"""A person whose last name is Said, right before what is said of him or her."""
SAID_WHO = re.compile(r"(?<![\w’'-])Said,\s+$")
"""The last name Said at the start of a sentence, before "who took over in March"."""
NAME_WORDS = r"[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){0,3}"
REACH = 24
LONGEST = 100
"""Characters from a document to the name of who saw it."""
MOST_CLAIMS = 10
"""Claims of one sentence that are looked at."""
AS_VERB = re.compile(r"Said\b")
SAID_BEHIND = re.compile(r"\s+(?P<name>Said)(?=[.,;:]|\n|$)")
"""The name Said behind the verb: "“We wait,” said Said."."""
SAID_SPEAKS = re.compile(
    r"Said\s+(?P<cue>(?:later\s+|also\s+|had\s+)?(?:told|said|says|added|adds|asked|wrote|recalled|explained|denied|insisted|replied))\b"
)
"""The name Said before the verb that reports, which the tagger passed over for it."""
HALF = re.compile(r"['’]s?\s")
OWNER = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w-]*$")
"""A source that starts with the end of a possessive, and the name before that."""
QUOTE_BEFORE = re.compile(r"[,.?!—–-][”\"’']\s*$")
ABOUT = re.compile(
    r"(?<![\w’'-])(?:(?:(?:a\s+little|slightly|far|well|no)\s+)?(?:less|more|fewer|greater)\s+than|at\s+(?:least|most)|up\s+to|"
    r"close\s+to|as\s+many\s+as|nearly|almost|about|around|roughly|over|under|just|only|some)\s+$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|half|a\s+(?:third|quarter|half))\b)", re.IGNORECASE
)
PART_OF = re.compile(
    r"(?:Just|Only|Nearly|Almost|About|Around|Over|Under|Well)\s(?:under|over|half|a|one|two|three)\b|Half\b|Most\b"
)
FEW_WORDS = 5
"""Words with which a number of people opens a sentence: "Just under half, despite the grant, say"."""
_BESIDE = (
    r"(?:,|\band\b|\bbut\b|\bor\b)\s*,?\s*"
    r"(?:with|without|despite|amid|given|after|before|during|facing|following|unlike|like|besides)"
)
GOING_ALONG = re.compile(rf"{_BESIDE}\s+$", re.IGNORECASE)
"""Before a noun phrase between commas that is no subject."""
ASIDE = re.compile(rf"{_BESIDE}\s[^.,;:“”\"\n]{{3,80}},\s$")
"""A whole phrase of that kind, right before the cue."""
SEEN_BY = re.compile(
    r"(?:^|(?<=[.!?”\n])\s*|(?<=,\s)|(?<=\b(?:but|and)\s))"
    r"(?P<document>(?:(?:the|an?|some)\s)?(?:[\w-]+\s){0,2}?(?:e-?mails?|messages?|documents?|letters?|memos?|minutes|papers|"
    r"files|records|texts|notes|footage|recordings?|transcripts?|slides|figures|data))\s(?:(?:exclusively|first)\s)?"
    r"(?:seen|obtained|reviewed|viewed|read|examined|leaked|sent|shown|passed|provided|handed)\s(?:by|to)\s(?:the\s)?$",
    re.IGNORECASE,
)
"""A document and what was done to it, right before the name of who did: the document speaks, not the newspaper."""
SAID_OF = re.compile(r"(?P<who>(?:[\w.’'-]+\s){1,5}?[A-ZÀ-Þ][\w’'-]+)\sof\s(?:his|her|their)\s")
"""Who said something behind the verb, and of whom: "said trainer Al Webb of his boxer, Kenny Moss"."""
APART = re.compile(r"\s*,\s*(?:\w+ly\s+)?")
NAMED_BEHIND = re.compile(r"[,.?!—–][”\"]\s(?P<name>[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){1,3}),\s$")
"""A name right behind a quotation, before what is told of its bearer: "“It is shut,” Ines Holm, a cook, said"."""
TOLD = re.compile(
    r"(?:was|were|been|being|is|are|gets?|got)\s+(?:(?:\w+ly|also|then|even|not|never|repeatedly)\s+)*(?:advised|told|warned|urged|"
    r"asked|ordered|informed|instructed|reminded|notified|assured|encouraged|invited|directed|commanded)"
    r"(?:\s?(?:if|whether|about|why|how|what)\w*(?:\s\w+)?)?$",
    re.IGNORECASE,
)
"""A verb in the passive that makes its subject the one who is spoken to: "She was advised to wait, and said"."""
THROUGH = re.compile(
    r"\b(?:Through|Via|With|Alongside|Flanked\sby|Next\sto)\s(?:his|her|their|its|an?|the)\s[\w’' -]{1,40},\s$"
)
"""Whom a name goes along with, right before it: "Through her lawyer, Petra Hain, the singer Mona Rill said"."""
BEHIND_NAME = re.compile(rf"{NAME_WORDS},\s(?P<who>\S.*)$")
BEFORE_NOUN = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Aa]nother|[Oo]ne|[Tt]wo|[Ss]everal|[Ss]ome)\s(?:[a-z-]+\s){0,3}[A-ZÀ-Þ][\w’'-]*$"
)
"""A source that ends with a name, and opens as a description does: "A new Dale"."""
NOUN = re.compile(
    r"\s(?!(?:has|had|have|is|are|was|were|will|would|can|could|may|might|who|that|which|and|or|but|in|on|at|of|for|to|from|with|by|also|"
    r"then|later|now|once|never|not|\w+ly)\b)[a-z][\w-]*(?:\s(?!(?:who|that|which|and|but)\b)[\w’'.-]+){0,9}\s$"
)
"""The noun that such a name only describes, up to the verb: "appointee to the harbour office"."""
ORDERED = re.compile(r"ordered|instructed|forced|told", re.IGNORECASE)
TO_DO = re.compile(r"\s+to\s+[a-z]+")
WHOM = re.compile(r",\s(?:who|whom|which)\s(?P<who>[\w’'.-]+(?:\s[\w’'.-]+){0,7})$")
"""Who speaks about somebody in a relative clause without a comma behind it: "Kang, who union leader Oh"."""
NUMBERED_NAME = re.compile(
    r"(?<![\w’'-])(?!(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\s)[A-ZÀ-Þ][\w’'-]*\s\d{1,2}\s$"
)
"""The beginning of a name with a number in it, right before a source: "Farmers 4 Marsh"."""
LISTED = re.compile(
    r"(?:(?:[Aa]n?|[Tt]he)\s)?(?:\w+\s)?(?:spokes\w+|[Mm]inister|[Ss]ecretary|[Dd]epartment|[Mm]inistry|[Cc]ommittee|[Cc]ommission)\s(?:for|of|on)\s"
    r"[^.;:“”\"\n]{0,60}\b(?:[Dd]epartment|[Mm]inistry|[Cc]ommittee|[Cc]ommission|[Mm]inister|[Ss]ecretary)\s(?:for|of|on)\s"
    r"[A-ZÀ-Þ]\w+(?:,\s[A-ZÀ-Þ]\w+)*,\s$|"
    r"(?:[Tt]he\s)?(?:[Dd]epartment|[Mm]inistry|[Cc]ommittee|[Cc]ommission)\s(?:for|of|on)\s[A-ZÀ-Þ]\w+(?:,\s[A-ZÀ-Þ]\w+)*,\s$"
)
"""The name of a body that lists its fields, up to a comma in it: "the Department for Roads, [Rail and Sea]"."""
LAST_LISTED = re.compile(r"[A-ZÀ-Þ]\w+,?\s(?:and|&)\s[A-ZÀ-Þ]\w+")
FINITE = re.compile(
    r"\s(?:\w+ly\s|also\s|once\s|never\s)?(?:had|has|was|is|were|are|would|will|should|could|might|may|must|can|did|does)\b"
)


TAG = re.compile(r"(?:said|says|added|adds|wrote|writes|argued|argues|explained|recalled|warned)$")
NAMED = re.compile(NAME_WORDS)
DESCRIBED = re.compile(
    r"(?P<who>(?:[a-z][\w’'-]*\s){0,2}?(?P<noun>[a-z]+))(?:\s(?:as|in|after|over|amid|at|on|with|of)\s.*)?$"
)
"""Who speaks at the end of a headline, and what goes along: "peer as PM blinks"."""
ENDED = re.compile(r"[.!?][”\"’']?\s")
"""A sentence that is over: the line is no headline."""


def with_whole_sources(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims`, in order, with sources that name whoever speaks; `sentences` are those of `text`."""
    found: list[Claim] = []
    for claim in claims:
        claim = with_sources_apart(_turned(claim, text, sentences), found, text, sentences)  # noqa: PLW2901
        if claim.cue and (named := SAID_SPEAKS.match(text, claim.cue[0][0])):
            name = (named.start(), named.start() + len("Said"))
            if claim.source and not text[claim.source[0][1] : name[0]].strip():
                name = (claim.source[0][0], name[1])
            claim = replace(claim, source=(name,), cue=(named.span("cue"),))  # noqa: PLW2901
        elif claim.cue:
            source = _source(claim, found, text, sentences)
            if source != claim.source:
                low = min([claim.evidence[0], *(start for start, _ in source)])
                content = _before_source(claim.content, source, text)
                claim = replace(claim, source=source, content=content, evidence=(low, claim.evidence[1]))  # noqa: PLW2901
        found.append(claim)
    names = {claim.source[0] for claim in found if claim.source}
    return [
        claim
        for claim in found
        if not (
            claim.cue
            and AS_VERB.fullmatch(text, *claim.cue[0])
            and (
                any(start <= claim.cue[0][0] < end for start, end in names)
                or IN_NAME.search(text, max(0, claim.cue[0][0] - REACH), claim.cue[0][0])
            )
        )
    ]


def _before_source(content: tuple[Span, ...], source: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content without the name behind a quotation that now is the beginning of its source."""
    found = []
    for start, end in content:
        cut = next((low for low, _ in source if start < low < end), end)
        found.append((start, start + len(text[start:cut].rstrip())))
    return tuple(found)


def _turned(claim: Claim, text: str, sentences: Sequence[Span]) -> Claim:
    """Return a claim whose content is its speaker the right way round.

    As in "Divers saw it, said Kahale." and, in headlines, "Reform is dead, says peer as PM blinks".
    """
    if not claim.content or not claim.cue or not claim.source or claim.source[0][1] > claim.cue[0][0]:
        return claim
    (start, end), cue = claim.content[0], claim.cue[0]
    if start - cue[1] != 1 or not TAG.match(text, *cue):
        return claim
    line = text.rfind("\n", 0, start) + 1
    described = DESCRIBED.match(text, start, text.find("\n", start) % (len(text) + 1))
    said = text[line : cue[0]].rstrip()
    if (
        described
        and folded(described["noun"]) in ROLES | PERSON_NOUNS
        and said.endswith(",")
        and not ENDED.search(said)
    ):
        return replace(claim, source=(described.span("who"),), content=((line, line + len(said) - 1),))
    if len(claim.content) > 1 or not NAMED.fullmatch(text[start:end].rstrip(".")):
        return claim
    sentence = sentences[max(0, bisect_right(sentences, cue[0], key=lambda span: span[0]) - 1)]
    said = text[sentence[0] : cue[0]].rstrip()
    if not said.endswith(",") or text[end - 1 : end + 1].strip()[-1:] not in (".", ";", ""):
        return claim
    content = (sentence[0], sentence[0] + len(said) - 1)
    return replace(claim, source=((start, start + len(text[start:end].rstrip("."))),), content=(content,))


def _source(  # noqa: C901, PLR0911, PLR0912 - one return for each way in which sources are cut
    claim: Claim, before: Sequence[Claim], text: str, sentences: Sequence[Span]
) -> tuple[Span, ...]:
    cue = claim.cue[0]
    if not claim.source:
        name = _named_said(text, cue[0])
        behind = SAID_BEHIND.match(text, cue[1])
        if behind:
            return (behind.span("name"),)
        if name is not None:
            return ((name, name + len("Said")),)
        aside = ASIDE.search(text, max(0, cue[0] - LONGEST), cue[0])
        return _subject_before(aside.start(), before, text, sentences) if aside else ()
    start, end = claim.source[0]
    if BEFORE_NOUN.fullmatch(text, start, end) and NOUN.fullmatch(text, end, cue[0]):
        return ((start, end + len(text[end : cue[0]].rstrip())), *claim.source[1:])
    listed = (
        LISTED.search(text, max(0, start - LONGEST), start) if LAST_LISTED.fullmatch(text, start, end) else None
    )
    if listed:
        return ((listed.start(), end), *claim.source[1:])
    numbered = NUMBERED_NAME.search(text, max(0, start - REACH), start) if text[start].isupper() else None
    if numbered:
        return ((numbered.start(), end), *claim.source[1:])
    if end <= cue[0] and TOLD.search(text, *cue) and not text[end : cue[0]].strip():
        return ()
    to_do = claim.content and TO_DO.match(text, cue[1])
    if end <= cue[0] and ORDERED.fullmatch(text, *cue) and to_do and to_do.end() > claim.content[0][0]:
        return ()  # "Agency ordered to ban it": a headline without "was"
    if cue[1] <= start and (of_whom := SAID_OF.match(text, start, end)):
        return (of_whom.span("who"),)
    if end <= cue[0] and (inner := _in_relative_clause(text, start, end, cue)):
        return (inner,)
    along = end <= cue[0] and THROUGH.search(text, max(0, start - LONGEST), start)
    if along and (who := BEHIND_NAME.match(text, start, end)):
        return (who.span("who"),)
    if HALF.match(text, start) and (owner := OWNER.search(text, max(0, start - REACH), start)):
        return ((owner.start(), end), *claim.source[1:])
    if text[end : cue[0]].strip() == "Said":
        return ((start, text.index("Said", end) + len("Said")), *claim.source[1:])
    name = _named_said(text, start) if end <= cue[0] else None
    if name is not None and name != cue[0]:
        return ((name, end), *claim.source[1:])
    named = NAMED_BEHIND.search(text[max(0, start - LONGEST) : start]) if end <= cue[0] else None
    if named and text.startswith(("the ", "a ", "an "), start):
        return ((max(0, start - LONGEST) + named.start("name"), end), *claim.source[1:])
    apposed = _apposed_to_said(text, start) if end <= cue[0] else None
    if apposed is not None:
        return ((apposed, end), *claim.source[1:])
    seen = SEEN_BY.search(text[max(0, start - LONGEST) : start]) if end <= cue[0] else None
    if seen:
        return ((max(0, start - LONGEST) + seen.start("document"), end), *claim.source[1:])
    if COUNTED.match(text, start):
        counted = ABOUT.search(text, max(0, start - REACH), start)
        if counted:
            return ((counted.start(), end), *claim.source[1:])
    beside = GOING_ALONG.search(text, max(0, start - REACH), start) if end <= cue[0] else None
    if beside and APART.fullmatch(text, end, cue[0]):
        return _subject_before(beside.start(), before, text, sentences)
    return claim.source


def _in_relative_clause(text: str, start: int, end: int, cue: Span) -> Span | None:
    """Return who speaks about the one before: "union leader Oh" of "Kang, who union leader Oh said had lied"."""
    found = WHOM.search(text, start, end)
    if found is None or text[end : cue[0]].strip() or not FINITE.match(text, cue[1]):
        return None
    return found.span("who")


def _apposed_to_said(text: str, start: int) -> int | None:
    """Return where the name of a person called Said stands, right before what is said of him or her."""
    found = APPOSED_TO_SAID.search(text, max(0, start - 2 * REACH), start)
    if found is not None:
        return found.start()
    alone = SAID_WHO.search(text, max(0, start - REACH), start) if text.startswith("who ", start) else None
    return alone.end() - len(alone.group().lstrip()) if alone else None


def _named_said(text: str, position: int) -> int | None:
    """Return where the name Said stands, right before `position`: not as the verb that follows a quotation."""
    found = NAME_AS_VERB.search(text[max(0, position - REACH) : position])
    if found is None:
        return None
    start = max(0, position - REACH) + found.start()
    return None if QUOTE_BEFORE.search(text, max(0, start - 4), start) else start


def _subject_before(
    position: int, before: Sequence[Claim], text: str, sentences: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the source of the last claim before `position` in the same sentence, or how many people open it."""
    number = bisect_right(sentences, position, key=lambda sentence: sentence[0]) - 1
    start = sentences[max(number, 0)][0] if sentences else 0
    for claim in reversed(before[-MOST_CLAIMS:]):
        if claim.source and start <= claim.source[0][0] < position:
            return claim.source
    opening = text[start:position]
    counted = ABOUT.match(opening) or COUNTED.match(opening) or PART_OF.match(opening)
    return ((start, start + len(opening.rstrip())),) if counted and len(opening.split()) <= FEW_WORDS else ()
