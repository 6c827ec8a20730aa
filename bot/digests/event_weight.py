"""How weighty the event of a story is: how many people it affects and how badly, and how senior its actors are.
Pure.

Weights are counted in doublings of independent origins: 1.0 outweighs twice as many sources.
"""

import math
import re
from collections.abc import Iterable

from bot.digests.amounts import amounts_read
from bot.text.folding import fold

HARM = 1.5
"""Weight of a headline about people who died, were hurt or had to flee."""
LIVELIHOOD = 0.75
"""Weight of a headline about lost jobs, bankruptcy or a shrinking economy: half of harm."""
PEOPLE = 0.25
"""Weight of each factor of ten in the number of people affected: 1,000 dead count for 0.5 more than 10."""
MOST_PEOPLE = 1e7
"""Larger numbers count no more, so that a misread figure cannot carry a story to the top."""
HIGHEST = 0.75
"""Weight of a head of state or government, as an actor or in a headline."""
HIGH = 0.4
"""Weight of a minister, a parliament, a central bank or a supreme court."""

_HARM = re.compile(
    r"\b(?:dead|dies?|died|deaths?|(?<!make a )(?<!made a )kill(?:ed|s|ing)?(?! off)|injur(?:ed|es|ing)|wounded|"
    r"missing(?! out)|evacuat(?:ed|es|ion)|"
    r"displaced|massacre|famine|earthquake|cyclone|hurricane|typhoon|flood(?:s|ed|ing)?|"
    r"(?<!trade )(?<!price )(?<!tariff )(?<!bidding )(?<!culture )(?<!cold )war|invasion|bombing|"
    r"shooting|outbreak)\b"
)
_LIVELIHOOD = re.compile(
    r"\b(?:(?:jobs?|posts?) (?:cuts?|lost|losses|go)|(?:cut|cuts|cutting|axes?|slash|slashes|sheds?)\b.{0,20} "
    r"(?:jobs|posts|staff|workers)|layoffs?|lays? off|redundanc(?:y|ies)|bankruptcy|insolven(?:t|cy)|recession)\b"
)
_HIT = (
    r"(?:dead|die[ds]?|deaths?|killed|injured|wounded|hurt|missing|evacuated|displaced|homeless|people|persons|"
    r"residents|refugees|children|passengers|jobs|posts|workers|staff|homes)"
)
_PEOPLE = re.compile(
    rf"#(?P<before>\d+)(?![\w.%])\s+(?:[\w-]+\s+){{0,2}}{_HIT}\b"
    rf"|\b(?:kill(?:s|ed|ing)?|injur(?:es|ed|ing)|evacuat(?:es|ed|ing)|displac(?:es|ed|ing))\s+(?:[\w-]+\s+){{0,2}}"
    r"#(?P<after>\d+)(?![\w.%])"
)
_FORMER = r"(?<!ex-)(?<!ex )(?<!former )(?<!late )(?<!deputy )(?<!vice )(?<!vice-)"
_HIGHEST = re.compile(
    rf"\b{_FORMER}(?:prime minister|president of the (?:republic|united states)|us president|"
    r"chancellor of germany|head of (?:state|government)|king|queen|pope|white house|downing street|"
    r"no 10|kremlin)\b"
    rf"|^(?:the )?{_FORMER}president\b(?! (?:and|of|&))"
)
_HIGH = re.compile(
    rf"\b{_FORMER}(?<!prime )(?:minister|secretary of state|"
    r"(?:home|foreign|transport|health|defen[cs]e|treasury|finance|interior) secretary|government|parliament|"
    r"senate|congress|house of (?:commons|representatives)|(?:central|reserve|federal) (?:bank|reserve)|"
    r"supreme court|high court|senators?)\b"
)


_POSSESSIVE = re.compile(r"\b\w+['’]s\b")


def event_weight(
    headlines: Iterable[str],
    roles: Iterable[str] = (),
    *,
    harm: float = HARM,
    livelihood: float = LIVELIHOOD,
    people: float = PEOPLE,
    highest: float = HIGHEST,
    high: float = HIGH,
) -> float:
    """Return the weight of the event that `headlines` report, in which people with these `roles` speak.

    Harm counts once, however many headlines mention it, and so does the highest office.
    """
    titles = [fold(headline) for headline in headlines]
    weight = 0.0
    if any(_HARM.search(title) for title in titles):
        weight += harm
    elif any(_LIVELIHOOD.search(title) for title in titles):
        weight += livelihood
    if weight:
        weight += people * math.log10(people_hit(titles))
    held = (_POSSESSIVE.sub("", fold(role)) for role in roles)  # the government's witness holds no office
    return weight + office([*titles, *held], highest=highest, high=high)


def people_hit(headlines: Iterable[str]) -> float:
    """Return the largest number of victims in the headlines, at least 1 and at most MOST_PEOPLE."""
    read = (" ".join(amounts_read(fold(headline)).split()) for headline in headlines)
    numbers = (match["before"] or match["after"] for text in read for match in _PEOPLE.finditer(text))
    return min(MOST_PEOPLE, max((float(number[:12]) for number in numbers), default=1.0) or 1.0)


def office(texts: Iterable[str], *, highest: float = HIGHEST, high: float = HIGH) -> float:
    """Return the weight of the highest office that headlines or roles name. Former holders count for nothing."""
    folded = [fold(text) for text in texts]
    if any(_HIGHEST.search(text) for text in folded):
        return highest
    return high if any(_HIGH.search(text) for text in folded) else 0.0
