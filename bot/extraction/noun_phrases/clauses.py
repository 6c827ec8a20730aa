"""What hangs on a description and is no part of who it means: clauses, times, words that only count.

"A study published on Wednesday in the journal" is a study; "several readers" are readers; "three people present
at a meeting on Saturday" are three people present at a meeting.
"""

import re

from bot.extraction.noun_phrases.spelling import folded, trimmed, words_of
from bot.extraction.wordlists.lexicon import ORGANISATIONS, PLURAL_PEOPLE, ROLES

AGE = re.compile(r"(?:aged\s+)?\d{1,3}")
RELATIVE = re.compile(
    r",?\s+\b(?:who|which|whose|whom|where|when)\b.*|"
    r"(?<=[a-z])(?<!\bbehind)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bat)(?<!\bby)(?<!\bfrom),?\s+that\s+(?=[a-z]).*",
    re.DOTALL,
)
COUNTING = re.compile(
    r"^(?:one\s+(?!of\b)(?:of\s+(?:his|her|its|their|the)\s+)?|"
    r"an?\s+(?:(?:new|large|small|growing)\s+)?(?:number|set|handful|couple|string|majority|lot)\s+of\s+|"
    r"(?:tens|dozens|scores|hundreds|thousands|millions)\s+of\s+(?:(?:thousands|millions)\s+of\s+)?)"
    r"(?!(?:them|us|you|these|those|whom)\b)(?=\w)",
    re.IGNORECASE,
)
IRREGULAR = (
    "seen|written|taken|made|sent|led|drawn|shown|brought|caught|found|put|given|run|kept|drafted|built|held|bought|"
    "sold|shot|hit|hurt|lost|set|set up|carried out|drawn up|put together"
)
JOINED = (
    "by|in|on|at|to|for|from|with|last|this|earlier|late|yesterday|as|under|after|over|via|during|among|against|"
    "off"
)
PARTICIPLE = re.compile(
    rf"(?<=[^\W\d_])\s+(?:(?:newly|recently|jointly|first|also|just)\s+)?(?:[a-z]{{2,}}ed|{IRREGULAR})\s+(?:{JOINED})\b.*"
    r"|(?<=[^\W\d_])\s+to\s+be\s+[a-z]+\b.*",
    re.DOTALL,
)
THOSE = re.compile(
    rf"(?:those|these)\s+(?:(?:[a-z]{{2,}}ed|[a-z]{{3,}}ing|{IRREGULAR}|left|lost|born|present|involved|responsible)\b|"
    rf"(?:{JOINED}|of|near|inside|outside|behind|close)\s)",
    re.IGNORECASE,
)
"""People of whom only the clause tells who they are: "those dismissed", "those in the queue"."""
NOT_CUT = re.compile(r"\s+(?:identified|described|named|called|known|dubbed|based|born)\b")
NO_NOUN = frozenset(
    [
        "a",
        "an",
        "the",
        "those",
        "these",
        "some",
        "many",
        "several",
        "one",
        "others",
        "people",
        "person",
        "men",
        "man",
        "women",
        "woman",
        "and",
        "or",
        "not",
        "is",
        "was",
    ]
)
BELONGING = re.compile(r"\s+(?:on|in)\s+(?:the\s+)?[\w ]+['’]s?\s+(?:own\s+)?[\w ]+$")
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
TIME = re.compile(
    rf"\s+(?:(?:on|by|late on|early on|since|from)\s+)?(?:(?:last|this|next|earlier this|late last)\s+"
    rf"(?:week|month|year|spring|summer|autumn|fall|winter|night|{DAY})|(?:on\s+|late\s+|early\s+){DAY}"
    rf"(?:\s+(?:morning|afternoon|evening|night))?|{DAY}(?:\s+(?:morning|afternoon|evening|night))?|"
    r"in\s+(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+(?:19|20)\d\d)?|(?:19|20)\d\d)|yesterday|today)$"
)
MADE_AT = re.compile(rf"\s+(?:released|published|issued|conducted|taken|completed|held)(?={TIME.pattern})")
"""What was done at a time with something to be read, before that time: "a poll released Wednesday"."""
COUNTED_OF = re.compile(
    r"(?:one|two|three|some|several|many|most|all|none|both|another|each|any)\s+of\b", re.IGNORECASE
)
ONE_OF_THEM = re.compile(r"(?:one|another|the\s\w+)\sof\s(?:them|those|us|these)", re.IGNORECASE)
COUNTED = re.compile(
    r"(?:(?:less|more|fewer|greater)\s+than|at\s+(?:least|most)|up\s+to|nearly|almost|about|around|roughly|over|under|only|just|some)?"
    r"\s*(?:[\d.,]+|one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:\d+|ten|five|four|three)$",
    re.IGNORECASE,
)
"""A share of people, without a noun: "less than 2 in 10"."""


def core_and_tail(text: str) -> tuple[str, str]:
    """Return a description without the participle clause and the time behind its noun, and those."""
    core = text
    found = PARTICIPLE.search(text)
    if found and not NOT_CUT.match(found.group()):
        before = text[: found.start()]
        if before.split()[-1].casefold() not in NO_NOUN:
            core = before
    page = BELONGING.search(core)
    if page and page.start():
        core = core[: page.start()]
    time = MADE_AT.search(core) or TIME.search(core)
    if (time and len(core[: time.start()].split()) > 1) or (
        time and time.start() and core.split()[0].casefold() not in NO_NOUN
    ):
        core = core[: time.start()]
    return core, text[len(core) :].strip()


def without_time(text: str) -> str:
    """Return `text` without a time at its end."""
    return TIME.sub("", text)


def uncounted(text: str) -> str:
    """Return a description without words in front that only say how many there are, numbers apart."""
    return re.sub(
        r"^((?:the|an?)\s+)?late\s+(?!-)", lambda found: found.group(1) or "", COUNTING.sub("", text, count=1)
    )


LISTS = re.compile(
    r"\b(?:(?:spokes\w+|officials?|sources?)\s(?:for|of|at|in)\sthe\s(?:[Dd]epartment|[Mm]inistry|[Cc]ommittee|[Cc]ommission)|"
    r"[Mm]inister|[Ss]ecretary)\s(?:for|of|on)\s(?:the\s)?[A-ZÀ-Þ]\w+(?:,\s[A-ZÀ-Þ]\w+)*$"
)
"""Somebody of a body that lists its fields, up to a comma in it: "a spokesman for the Department for Roads"."""
LISTED = re.compile(r"[A-ZÀ-Þ]\w+")
LAST_LISTED = re.compile(r"(?:[A-ZÀ-Þ]\w+\s)?(?:and|&)\s[A-ZÀ-Þ]\w+")


def apposed(text: str) -> list[str]:
    """Return what commas and dashes part, without ages; two adjectives with a comma between them stay together."""
    parts = [trimmed(part) for part in re.split(r"\s*[,;:]\s+|\s+[–—―-]+\s+", text)]
    parts = [part for part in parts if words_of(part) and not AGE.fullmatch(part)] or parts[:1]
    last = next((place for place, part in enumerate(parts) if place and not LISTED.fullmatch(part)), 0)
    if last and LISTS.search(parts[0]) and LAST_LISTED.fullmatch(parts[last]):
        parts[: last + 1] = [", ".join(parts[: last + 1])]
    if len(parts) > 1 and _only_adjective(parts[0]) and re.match(r"[a-z\d]", parts[1]):
        parts[:2] = [f"{parts[0]} {parts[1]}"]  # "the bespectacled, grey-haired diplomat"
    return parts


def _only_adjective(text: str) -> bool:
    """Return whether a phrase is an article and a word in small letters that is no noun for somebody."""
    words = words_of(text)
    return (
        len(words) == 2
        and folded(words[0]) in ("the", "a", "an")
        and words[1].islower()
        and folded(words[1]) not in ROLES | ORGANISATIONS | PLURAL_PEOPLE
        and not words[1].endswith("s")
    )
