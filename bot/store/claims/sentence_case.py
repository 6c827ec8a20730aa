"""Words in CAPITALS given back the case in which the rest of their text writes them. Pure."""

import re

_WORD = re.compile(r"[^\W\d_]+")
LEAST = 3
"""So many words in capitals are more than an acronym or two."""
LOOKED_AT = 50_000
"""Characters of a text in which the usual case of its words is looked for."""


def shouted(words: str) -> bool:
    """Tell whether `words`, three or more of them, have capitals only."""
    found = _WORD.findall(words)
    return len([word for word in found if len(word) > 1]) >= LEAST and words.upper() == words


def usual_forms(text: str) -> dict[str, str]:
    """Return for each word of `text`, in small letters, how `text` writes it where it does not shout.

    Small letters go before a capital, which may only be that of a sentence, but is kept where there is nothing
    else: it may be a name's. A capital goes before capitals. A word in capitals beside another counts as shouted.
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


def spoken(words: str, forms: dict[str, str]) -> str:
    """Return `words`, all in capitals, as `forms` writes them; others in small letters, the first with a capital.

    Where `forms` is empty, nothing tells names from other words, and all stays as it is.
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
