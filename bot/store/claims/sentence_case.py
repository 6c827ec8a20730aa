"""Gives words in CAPITALS the case that they have in the rest of their text. Pure."""

import re

_WORD = re.compile(r"[^\W\d_]+")
LEAST = 3
"""Fewer words in capitals may be just an acronym or two."""
LOOKED_AT = 50_000
"""How many characters of a text are searched for the usual case of its words."""


def is_in_capitals(words: str) -> bool:
    """Return whether `words`, three or more of them, are all in capitals."""
    found = _WORD.findall(words)
    return len([word for word in found if len(word) > 1]) >= LEAST and words.upper() == words


def usual_forms(text: str) -> dict[str, str]:
    """Return how `text` writes each of its words, in lower case, where it is not in capitals.

    Lower case wins over a capital, which may be due to the start of a sentence. If there is only a capital, it is
    kept: it may be a name. An initial capital wins over capitals. A word in capitals next to another one does not
    count.
    """
    words = _WORD.findall(text[:LOOKED_AT])
    loud = [False, *(len(word) > 1 and word.isupper() for word in words), False]
    forms: dict[str, str] = {}
    for index, word in enumerate(words):
        small = word.lower()
        if not loud[index + 1]:
            if word == small or forms.get(small, small.upper()).isupper():
                forms[small] = word
        elif not (loud[index] or loud[index + 2]):
            forms.setdefault(small, word)
    return forms


def in_usual_case(words: str, forms: dict[str, str]) -> str:
    """Return `words`, all in capitals, as `forms` writes them, unknown words in lower case, and a first capital.

    If `forms` is empty, nothing distinguishes names from other words, and everything stays as it is.
    """
    if not forms:
        return words
    quiet = _WORD.sub(lambda found: forms.get(found.group().lower(), found.group().lower()), words)
    first = _WORD.search(quiet)
    return (
        quiet
        if first is None
        else quiet[: first.start()] + quiet[first.start()].upper() + quiet[first.start() + 1 :]
    )
