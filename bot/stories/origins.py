"""Independent origins of a story: who found it out, as opposed to who printed it. Pure.

Ten outlets that print a text by Reuters are one origin. So are copies with a new headline, and an outlet that
retells another one's report.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.text.shingles import shingles_of

NEAR_COPY = 0.5
"""Two texts have one origin if at least this share of the shorter one's shingles is in the other."""
SHORTEST_NAME = 3
"""How many letters an outlet's name needs to be searched for in other texts."""
_AGENCIES = {
    "Reuters": r"Reuters",
    "AP": r"AP|Associated Press",
    "AFP": r"AFP|Agence France[- ]Presse",
    "dpa": r"dpa",
    "PA Media": r"PA Media|PA|Press Association",
    "ANI": r"ANI",
    "PTI": r"PTI|Press Trust of India",
    "IANS": r"IANS",
    "Xinhua": r"Xinhua",
    "TASS": r"TASS",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "EFE": r"EFE",
    "ANSA": r"ANSA",
    "UPI": r"UPI",
    "Bloomberg": r"Bloomberg(?: News)?",
    "The Canadian Press": r"The Canadian Press",
    "AAP": r"AAP",
}
_ANY = "|".join(f"(?P<a{number}>{names})" for number, names in enumerate(_AGENCIES.values()))
_NAMES = tuple(_AGENCIES)
_DATELINE = re.compile(rf"^\W{{0,3}}[^\n(]{{0,80}}\((?:{_ANY})\)\s*[-–—:]?")
"""“LONDON, July 3 (Reuters) -” before the text."""
_CREDIT = re.compile(
    rf"(?:^|[\n.!?”\"]\s*)[(\[]?(?:[-–—]\s*|Source:\s*|Credit:\s*|©\s*(?:\d{{4}}\s*)?)?(?:{_ANY})[)\]]?\.?\s*$"
)
"""“– AFP”, “(AP)” or “Source: Reuters” after the text."""
_BYLINE = re.compile(rf"^(?:by\s+)?(?:the\s+)?(?:{_ANY})$", re.IGNORECASE)
_TELLS = r"(?:first\s+)?(?:report(?:s|ed)|sa(?:id|ys)|wr(?:ote|ites)|reveal(?:s|ed)|claim(?:s|ed)|quoted)"


@dataclass(frozen=True, slots=True)
class PublishedText:
    """An article of a story."""

    article_id: int
    outlet: str
    author: str | None
    text: str


def origins_of(articles: Sequence[PublishedText]) -> dict[int, str]:
    """Return the name of the origin of each article by its id, the same for articles with one origin.

    It is an agency, or else the outlet that published first; `articles` are in that order. Two articles of one
    outlet are one origin.
    """
    groups = _Groups(articles)
    shingles = {article.article_id: shingles_of(article.text) for article in articles}
    agencies = {article.article_id: agency_of(article) for article in articles}
    for place, article in enumerate(articles):
        for earlier in articles[:place]:
            one, other = article.article_id, earlier.article_id
            same_agency = agencies[one] is not None and agencies[one] == agencies[other]
            if same_agency or article.outlet == earlier.outlet or _near(shingles[one], shingles[other]):
                groups.join(one, other)
    for article in articles:
        if (told := _retold(article, articles, agencies)) is not None:
            groups.join(article.article_id, told)
    names: dict[int, str] = {}
    named = [(article, agencies[article.article_id]) for article in articles]
    for article, name in [*named, *((article, article.outlet) for article in articles)]:
        if name is not None:
            names.setdefault(groups.first(article.article_id), name)
    return {article.article_id: names[groups.first(article.article_id)] for article in articles}


class _Groups:
    """Articles in groups, each identified by its first article."""

    def __init__(self, articles: Sequence[PublishedText]) -> None:
        self._order = {article.article_id: place for place, article in enumerate(articles)}
        self._leads_to = {article.article_id: article.article_id for article in articles}

    def first(self, article_id: int) -> int:
        """Return the first article of the group of an article."""
        while (nearer := self._leads_to[article_id]) != article_id:
            article_id = nearer
        return article_id

    def join(self, one: int, other: int) -> None:
        """Make the groups of two articles one."""
        first, second = sorted((self.first(one), self.first(other)), key=self._order.__getitem__)
        self._leads_to[second] = first


def agency_of(article: PublishedText) -> str | None:
    """Return the agency that an article credits: in the byline, before the text or after it."""
    text = article.text.strip()
    last = text[-120:]
    found = _BYLINE.match((article.author or "").strip()) or _DATELINE.match(text) or _CREDIT.search(last)
    if found is None:
        return None
    return next(_NAMES[n] for n in range(len(_NAMES)) if found[f"a{n}"] is not None)


def _retold(
    article: PublishedText, articles: Sequence[PublishedText], agencies: Mapping[int, str | None]
) -> int | None:
    """Return the article that `article` retells: the one of an outlet that it names as its source early on."""
    opening = article.text[:1_200]
    for other in articles:
        if other.outlet == article.outlet or agencies[article.article_id] is not None:
            continue
        bare = other.outlet.removeprefix("The ").strip()
        if len(bare) < SHORTEST_NAME:
            continue
        # with its capitals: "told people" is not "told People"
        name = r"(?:[Tt]he\s+)?" + re.escape(bare)
        cited = r"(?i:told|reported\s+by|according\s+to|report\s+(?:in|by))"
        if re.search(rf"\b(?:{name}\s+(?i:{_TELLS})|{cited}\s+{name})\b", opening):
            return other.article_id
    return None


def _near(one: frozenset[int], other: frozenset[int]) -> bool:
    fewer = min(len(one), len(other))
    return bool(fewer) and len(one & other) >= NEAR_COPY * fewer
