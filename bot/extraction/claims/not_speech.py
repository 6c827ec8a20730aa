"""Parts of a page that hold no claims: teasers, corrections, captions, notices, biographies, plots, horoscopes."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.claims.fictional_characters import characters_of
from bot.extraction.claims.plots import is_a_line, is_plot, is_review, plot_in
from bot.model.claims import Claim, Span

PARAGRAPH = re.compile(r"\S[^\n]*")
CORRECTION = re.compile(
    r"\W*(?:(?:this|the)\s(?:article|story|post|report|piece|page|headline|column)\s(?:was|has\sbeen|have\sbeen)\s"
    r"(?:\w+ly\s)?(?:amended|updated|corrected|edited|revised|changed|clarified|republished)|"
    r"(?:correction|clarification|editor['’]?s\snote)\b(?:\s?\([^()\n]{1,30}\))?[^.\n]{0,30}[:—–-]|"
    r"an\s(?:earlier|original|older)\s(?:version|headline|edition)\sof\sth(?:is|e)\b)",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\W*(?:an?|the)\s(?:earlier|previous|original|prior|older)\s(?:version|headline|edition|caption)\b",
    re.IGNORECASE,
)
"""The source of what a correction takes back."""
NOTICE = re.compile(
    r"\W*(?:sign\sup|subscribe|click\shere|read\smore|see\salso|related(?:\sstories|\sarticles)?:|most\sread|trending|"
    r"follow\s(?:us|him|her|them|\S+\son\s(?:twitter|x|facebook|instagram))|share\sthis|get\sthe\s(?:latest|newsletter)|advertisement\b|"
    r"(?:listen\sto|watch|download)\s(?:our|the|this)\s(?:\w+\s){0,2}(?:podcast|episode|video|interview|audio|newsletter|film|clip)\b|"
    r"this\s(?:interview|transcript|conversation|q&a)\b[^.\n]{0,60}\b(?:edited|condensed|abridged|shortened)|"
    r"(?:(?:with|additional)\s)?(?:reporting|editing|writing)\sby\s(?-i:[A-ZÀ-Þ])|"
    r"you(?:['’]ve|\shave)\s(?:\w+\s){0,3}(?:free|complimentary|bonus)\s(?:\w+\s)?articles?\b|"
    r"was\sthis\s(?:e-?mail|newsletter)\sforwarded|we['’]d\slove\sto\shear\sfrom\syou|"
    r"already\sa\s(?:member|subscriber)\?|(?:become|register\sas)\sa\s(?:member|subscriber)|to\scontinue\sreading|"
    r"(?:log|sign)\sin\sto|create\san\saccount|support\s(?:our|independent)\s|"
    r"the\s(?:views|opinions)\sexpressed|all\srights\sreserved|copyright\b|©)",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:\b(?:photo(?:graph)?|picture|image|illustration|video)s?(?:\s(?:credit|courtesy)\b|(?:\scaption)?\s?:)|\bcredit\s?:|"
    r"(?:^|[.!?)]\s)(?:photo(?:graph)?|picture|image|illustration)s?\sby\s|"
    r"\((?:ap|afp|reuters|getty|epa|pa)\b[^)\n]{0,40}\)\s*$|\b(?:getty\simages|ap\sphoto)\b|^\W*pictured\b|"
    r"^\W*(?:image|media)\s(?:copyright|caption|source)\b|\btoggle\scaption\b|"
    r"\[(?:file:|[^\[\]\n]{0,60}/(?:ap|afp|reuters|getty|epa|anadolu)\b)[^\[\]\n]{0,60}\]\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
FILE_PICTURE = re.compile(r"\W*FILE(?:\sPHOTO)?\s?[-–—:]|\W*(?:Cover|File photo|File picture):\s")
"""What the caption of a picture from the archives opens with, however long it is."""
POINTER = re.compile(
    r"(?:^|(?<=[.!?”\"’)\]\s]))(?:READ\s?MORE|READ\sALSO|ALSO\sREAD|READ\sNEXT|SEE\sALSO|(?i:read\smore|also\sread|read\salso|"
    r"read\snext|see\salso|watch(?:\salso)?|listen|related(?:\s(?:story|stories|articles?|coverage|news))?|recommended|"
    r"more\s(?:on\sthis(?:\sstory)?|stories|from\s[\w\s]{3,25})|most\sread|"
    r"(?:also|elsewhere|inside)(?:\s(?:on|in)\s(?:this|the|today['’]s|our|tomorrow['’]s)\s(?:\w+\s)?(?:page|pages|paper|site|"
    r"website|edition|issue|news|section|bulletin|programme|newsletter|magazine))?|in\s(?:other\snews|brief)|coming\sup|"
    r"from\s(?:the|our)\sarchives?|don['’]t\smiss|up\snext|next\sup|trending(?:\snow)?|"
    r"editor['’]?s['’]?\s(?:picks?|choice)|you\smay\s(?:also\s)?like|top\sstor(?:y|ies)|must[ -]read))"
    r"\s?[:|»>–—-]+\s?"
)
"""What points to another article within a paragraph: its headline follows, up to the end of the line."""
LIST = re.compile(
    r"\W*(?:most\s(?:read|popular|viewed|shared)|popular|trending|related|more\s(?:stories|news|from|on)|latest|top\sstories|"
    r"you\smay|read\s(?:more|next|also)|also\s(?:read|in)|recommended|editor['’]?s['’]?\s(?:picks?|choice)|in\sother\snews|don['’]t\smiss)"
    r"\b[^\n.!?]{0,30}\W*$",
    re.IGNORECASE,
)
"""A line above a list of other articles' headlines."""
MOST_LISTED = 12
ENDED_LINE = re.compile(r"[.!?…]\W*$")
ASKS = re.compile(
    r"\W*(?:What|Why|How|Who|When|Where|Which|Did|Does|Do|Is|Are|Was|Were|Has|Have|Will|Would|Could|Can|Should)\b[^“”\"«»\n]{3,110}\?"
)
"""A heading that asks what the paragraphs below it answer: "What has Mr Dale said?"."""
BARS = re.compile(r"\s[|•·]\s")
FEWEST_BARS = 2
LONGEST_NOTICE = 300
"""Characters of a notice or caption: more is an article's own paragraph."""
BIOGRAPHY = re.compile(
    r"\W*(?P<name>(?:[A-ZÀ-Þ][\w.’'-]*\s){2,4})(?:is|was)\s(?:an?|the)\s(?:[\w’'-]+\s){0,5}?(?:(?P<press>reporter|columnist|"
    r"correspondent|journalist|contributor|staff\swriter|freelance)|writer|author|editor|fellow|professor|lecturer|researcher|"
    r"photographer|illustrator|cartoonist|historian|novelist|director|broadcaster)\b|"
    r"\W*(?P<covering>(?:[A-ZÀ-Þ][\w.’'-]*\s){2,4})(?:covers|writes|reports)\s(?:about|on|for|from|[\w’'\s]{3,60}?\s(?:for|at))\s"
)
"""What introduces the author at the end of an article."""
CREDIT = r"\b(?i:(?:photo(?:graph|graphy)?|picture|image|illustration|word|text)s?(?:\sby|:))"
"""Words before the name of the person who made a picture."""
LAST = 2
"""Paragraphs at the end of a text that may do so."""
ZODIAC = re.compile(
    r"\W*(?P<sign>Aries|Taurus|Gemini|Cancer|Leo|Virgo|Libra|Scorpio|Sagittarius|Capricorn|Aquarius|Pisces)\b(?=\s*(?:[:(–—|-]|$|\.))",
    re.IGNORECASE | re.MULTILINE,
)
"""What opens a part of a horoscope."""
FEWEST_SIGNS = 3
LONG_WORD = 4
"""Letters of words that have a capital in titles."""
FEW, SHARE = 4, 0.8
"""Long words of a claim, and the share of them with a capital, from which on it is a headline's."""
SPEAKS = 0.5
"""Confidence from which on a maker of a work speaks about it; "the author tells of a keeper" is no claim."""
ENDED = re.compile(r"[a-z][.!?][”\"’']?\s")
"""A sentence that is over: what stands before the first is a text's own headline, however it is written."""


def without_boxes(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return the claims of `text` without those in teasers, corrections, captions, biographies and plays."""
    paragraphs = [(found.start(), found.end()) for found in PARAGRAPH.finditer(text)]
    headline = ENDED.search(text)
    body = headline.end() if headline else len(text)
    review = is_review(text)
    signs = _signs(text, paragraphs)
    characters = characters_of(text)
    plots: dict[int, int | None] = {}  # sought once in each paragraph, as one may have thousands of claims
    found: list[Claim] = []
    real: set[int] = set()  # paragraphs in which somebody speaks about a work, not in it
    for claim in claims:
        place = min((*claim.source, *claim.cue, *claim.content))[0]
        number = max(bisect_right(paragraphs, (place, len(text))) - 1, 0)
        paragraph = paragraphs[number]
        if number not in plots:
            plots[number] = plot_in(text, paragraph, retells=review and number > 0)
        if not (
            _is_teaser(claim, text, body)
            or _is_correction(claim, text, paragraph)
            or _is_notice(text, paragraph)
            or _is_listed(text, paragraphs, number)
            or not signs.isdisjoint((number, number - 1))
            or _is_pointed_to(claim, text, paragraph)
            or _is_asked(claim, text, paragraph)
            or (number >= max(1, len(paragraphs) - LAST) and _is_biography(text, paragraph))
            or (number not in real and is_plot(claim, text, paragraph, plots[number]))
            or is_a_line(claim, text)
            or characters.speak(claim, text)
        ):
            found.append(_within(claim, text, paragraphs, number))
            if (plot := plots[number]) is not None and plot <= place and claim.confidence >= SPEAKS:
                real.add(number)
    return found


def _signs(text: str, paragraphs: Sequence[Span]) -> set[int]:
    """Return the numbers of the paragraphs that open with a sign of the zodiac, if they are a horoscope's."""
    found = {
        number: sign["sign"].casefold()
        for number, place in enumerate(paragraphs)
        if (sign := ZODIAC.match(text, *place))
    }
    return set(found) if len(set(found.values())) >= FEWEST_SIGNS else set()


def _is_teaser(claim: Claim, text: str, body: int) -> bool:
    """Return whether a claim is of another article's headline, in capitals, in the text from `body` on."""
    if not claim.cue or not text[claim.cue[0][0]].isupper() or claim.cue[0][0] < body:
        return False
    start, end = claim.cue[0][0], max(end for _, end in (*claim.cue, *claim.content))
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip():
        return False
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text[start:end]) if len(word) >= LONG_WORD]
    return len(words) >= FEW and sum(word[0].isupper() for word in words) >= SHARE * len(words)


def _is_correction(claim: Claim, text: str, paragraph: Span) -> bool:
    if CORRECTION.match(text, *paragraph):
        return True
    return bool(claim.source) and EARLIER.match(text, *claim.source[0]) is not None


def _is_notice(text: str, paragraph: Span) -> bool:
    """Return whether a short paragraph is a caption, tells readers what to do, or is a row of headlines."""
    if FILE_PICTURE.match(text, *paragraph):
        return True
    if paragraph[1] - paragraph[0] > LONGEST_NOTICE:
        return False
    if len(BARS.findall(text, *paragraph)) >= FEWEST_BARS:
        return True
    return NOTICE.match(text, *paragraph) is not None or CAPTION.search(text, *paragraph) is not None


def _within(claim: Claim, text: str, paragraphs: Sequence[Span], number: int) -> Claim:
    """Return a claim of the paragraph `number` without what its content takes from notices behind it."""
    end = paragraphs[number][1]
    kept = tuple(
        span
        for span in claim.content
        if span[0] < end or not _is_notice(text, paragraphs[bisect_right(paragraphs, (span[0], len(text))) - 1])
    )
    return claim if kept == claim.content or not kept else replace(claim, content=kept)


def _is_listed(text: str, paragraphs: Sequence[Span], number: int) -> bool:
    """Return whether a line is one of a list of headlines, such as those that are most read."""
    for place in range(number, max(-1, number - MOST_LISTED), -1):
        start, end = paragraphs[place]
        if place < number and LIST.match(text, start, end):
            return True
        if ENDED_LINE.search(text, max(start, end - 4), end) or end - start > LONGEST_NOTICE:
            return False
    return False


def _is_pointed_to(claim: Claim, text: str, paragraph: Span) -> bool:
    """Return whether a claim is the headline of another article: "Read more: Minister says …"."""
    place = min((*claim.source, *claim.cue, *claim.content))[0]
    if POINTER.match(text, place):
        return True
    start = max(paragraph[0], place - LONGEST_NOTICE)
    pointer = max(POINTER.finditer(text, start, place), key=lambda found: found.end(), default=None)
    return pointer is not None and ENDED.search(text, pointer.end(), place) is None


def _is_asked(claim: Claim, text: str, paragraph: Span) -> bool:
    """Return whether all of a claim stands in a heading that asks something."""
    every = (*claim.source, *claim.cue, *claim.content)
    within = all(paragraph[0] <= start and end <= paragraph[1] for start, end in every)
    return within and ASKS.fullmatch(text, *paragraph) is not None


def _is_biography(text: str, paragraph: Span) -> bool:
    """Return whether a paragraph at the end introduces the author: somebody of the press, or named in a byline."""
    found = BIOGRAPHY.match(text, *paragraph)
    if found is None:
        return False
    if found["covering"]:
        return True
    name = re.escape(found["name"].strip())
    return (
        found["press"] is not None
        or re.search(rf"(?:(?i:^by)\s+{name}\s*$|{CREDIT}\s+{name}\b)", text, re.MULTILINE) is not None
    )
