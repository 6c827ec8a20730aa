"""Seams of badly scraped text: where two sentences or headlines were glued into one word.

"… said ThursdayThe aim is …" reads as two sentences again once the word is cut before "The". The text itself is
never changed: the cuts only say where a word ends, so offsets stay those of the text as it came.
"""

import re
from collections.abc import Callable

WORD = re.compile(r"\b(?![A-Z]?[a-z]++\b)\w{3,}")
"""A word that is more than small letters, or a capital and small letters."""
SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
ENDS_IN_WORD = re.compile(r"[A-Z]{3,}[AI]$")
FOLLOWED = re.compile(r" [a-z]")
SURROGATE = re.compile("[\ud800-\udfff]")


def seams(text: str, known: Callable[[str], bool]) -> list[int]:
    """Return the offsets inside words of `text` before which a new word starts, in order.

    A word is cut where a capital follows a small letter or digit ("ThursdayThe"), and before the last capital of
    a run ("USAThe"), unless the whole word, in lower case, is `known` ("YouTube"). An acronym that ends in the
    word "A" or "I" ("ISISA fraction") is cut where the text has it by itself, too.
    """
    cuts: list[int] = []
    glued: list[re.Match[str]] = []
    acronyms: set[str] = set()
    for match in WORD.finditer(text):
        word = match.group()
        if word.islower() or word.isdigit():
            continue
        if word.isupper():
            acronyms.add(word)
            if ENDS_IN_WORD.match(word) and FOLLOWED.match(text, match.end()):
                glued.append(match)
        found = [match.start() + seam.start() for seam in SEAM.finditer(word)]
        if found and not known(word.lower()):
            cuts += found
    cuts += [match.end() - 1 for match in glued if match.group()[:-1] in acronyms]
    return sorted(cuts)


def well_formed(text: str) -> str:
    """Return `text` with each lone surrogate replaced by U+FFFD, so that it can be encoded; the length stays."""
    return SURROGATE.sub("�", text)
