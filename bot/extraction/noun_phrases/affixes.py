"""What is written around who speaks and is no part of it: brackets, party and state, ages, "himself"."""

import re

from bot.extraction.noun_phrases.organisations import NOUNS
from bot.extraction.noun_phrases.phrase import Names
from bot.extraction.noun_phrases.roles import TIES
from bot.extraction.noun_phrases.spelling import folded, is_acronym, trimmed, words_of
from bot.extraction.wordlists.lexicon import PREPOSITIONS, ROLES, SMALL_WORDS

BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
REFLEXIVE = re.compile(r"(?<=\w)\s+(?:himself|herself|itself|themselves|too|also|both|there|here)$")
LOOSE = re.compile(
    r"^(?:from|by|of|to|for|than)\s+(?=the\b|[A-ZÀ-Þ])|(?<=\w)\s+(?:at|in|of|on|for|to|by|from|with|over|and|or|that)$"
)
"""Prepositions on the edge of a source that was cut in the wrong place."""
PARTY = re.compile(
    r"(?<=[a-z])(?<!\bThe)(?<!\bBoth)\s+(?!DNC\b|RNC\b)[RDI]-?"
    r"(?:A[lrkz]|Ala|Alaska|Ariz|Ark|Calif|C[AOT]|Colo|Conn|D[CE]|Del|Fla|FL|G[Aa]|Hawaii|Idaho|I[LNAD]|Ill|Ind|Iowa|"
    r"Kan|K[SYy]|L[Aa]|Maine|Mass|Mich|Minn|Miss|Mont|M[ADEINOSTdo]|Neb|Nev|N[CDEHJMVY]|Ohio|O[HKR]|Okla|Ore|P[Aa]|RI|S[CD]|"
    r"Tenn|Tex|Texas|T[NX]|Utah|UT|V[ATat]|Wash|WVa|Wis|W[AIVY]|Wyo)\b"
)
"""A senator's party and state that lost their brackets: "Perdue RGa", but not "the DNC"."""
APPOSED = re.compile(r"\b([A-ZÀ-Þ][\w’'.-]*)\s+(?=(?:an?|the)\s+[a-z])")
"""A name right before "a" or "the", whose comma scraping has lost: "Clean Stitch Coalition a campaign group"."""

A_SORT = re.compile(r"(?<=\s)([A-ZÀ-Þ][\w’'.-]*)\s+(?=an?\s[\w’'-]+\s)")
ITS_ROLE = re.compile(
    r"(?<=\s)([A-ZÀ-Þ][\w’'.-]*)\s+(?=its\s(?:[\w’'-]+\s){0,3}[\w’'-]+$|the\s(?:[A-ZÀ-Þ][a-z]+\s)?[a-z]+\sof\s[\w’'\s-]+$)"
)
"""A name right before what it is in an organisation, or to something: "Ida Roth its secretary"."""
LONG_NAME = 2
"""Words with capitals beyond which a name is shortened."""
ACRONYM = re.compile(r"\s([A-Z]{3,7})$")
CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*")

NO_NAME = SMALL_WORDS | {"half", "quite", "nearly", "almost"}
"""Words before "a" and "the" that may open a sentence: "Half a dozen"."""
ADVERB = re.compile(r"(?<=\w)(?<!['’]s)\s([a-z]{2,}ly)$")
"""How somebody speaks, in a word behind the name: "inspector Ann Lee crisply"."""
MANNER = re.compile(
    r"^((?:[A-ZÀ-Þ][\w.’'-]*(?<!['’]s)\s+){1,4})(?P<how>[a-z]+(?:ly|ing))\b(?P<rest>.*)$", re.DOTALL
)
"""How somebody speaks, behind the name: "Nell contentedly from the window seat"."""


def without_trimmings(text: str) -> str:
    """Return the words of a source without those around who speaks."""
    return LOOSE.sub("", trimmed(PARTY.sub("", BRACKETS.sub("", text))))


def parted(text: str, names: Names, *, unpunctuated: bool = False) -> str:
    """Return `text` with the commas behind names that scraping has lost: before ages and what is said of them.

    In an `unpunctuated` article a role behind a person's full name is said of that person, and an acronym behind
    the name that it stands for was in brackets.
    """
    if unpunctuated:
        text = _with_commas(text, names)
    for name, label in names:
        if label == "PERSON" and name in text:
            text = re.sub(rf"({re.escape(name)})\s+\d\d(?=\s|$)", r"\1,", text)
    return APPOSED.sub(lambda found: found.group() if folded(found[1]) in NO_NAME else f"{found[1]}, ", text)


def _with_commas(text: str, names: Names) -> str:
    short = ACRONYM.search(text)
    if short:
        capitalised = CAPITALISED.findall(text[: short.start()])
        named = len(capitalised) > LONG_NAME and folded(short[1]) not in ROLES
        if named or is_acronym(short[1], " ".join(capitalised)):
            text = text[: short.start()]
    text = ITS_ROLE.sub(r"\1, ", text)
    people = [name for name, label in names if label == "PERSON" and " " in name and name in text]
    if len(people) == 1:
        before, _, after = text.partition(people[0])
        words = words_of(after)
        behind = after.startswith(" ") and len(words) > 1 and folded(words[0]) not in SMALL_WORDS
        if behind and not PREPOSITIONS & set(before.split()) and any(folded(word) in ROLES for word in words):
            return f"{before}{people[0]},{after}"
    return A_SORT.sub(r"\1, ", text)


def without_manner(text: str) -> str:
    """Return a name without how somebody speaks; "Moss ally Sid Roth", "Norr marketing chief Bo Lee" stay."""
    adverb = ADVERB.search(text)
    if adverb and folded(adverb[1]) not in NOUNS | TIES:
        return text[: adverb.start()]
    found = MANNER.match(text)
    if found is None:
        return text
    words = [found["how"], *words_of(found["rest"])]
    capital = next((number for number, word in enumerate(words) if word[:1].isupper()), 0)
    if any(folded(word) in ROLES | TIES for word in words[:capital]):
        return text
    return found[1].strip()
