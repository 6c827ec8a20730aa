"""Words and names as they are written, trimmed and compared."""

import re

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:(?:[-.'’&@]|_+)[^\W_]+)*|&")
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}")
EDGES = " \t\r\n\xa0,;:.!?\"“”‘’'`«»()[]{}–—―-…"


def words_of(text: str) -> list[str]:
    """Return the words of `text` without punctuation around them."""
    return WORD.findall(text)


def folded(word: str) -> str:
    """Return a word as it is looked up: lower case, no full stops."""
    return word.casefold().replace(".", "")


def trimmed(text: str) -> str:
    """Return `text` on one line without spaces and punctuation around it, full stops of abbreviations kept."""
    stripped = " ".join(text.split()).strip(EDGES)
    return (
        stripped + "."
        if re.search(r"\b(?:[A-Z]\.)+[A-Z]$|\b[JS]r$", stripped) and stripped + "." in text
        else stripped
    )


def without_possessive(text: str) -> str:
    """Return `text` without a possessive ending: "Russia's" is "Russia"."""
    return re.sub(r"['’]s?$", "", text) if re.search(r"(?:['’]s|s['’])$", text) else text


def without_article(text: str) -> str:
    """Return `text` without the article in front."""
    return re.sub(r"^(?:both\s+)?(?:a|an|the)\s+", "", text, flags=re.IGNORECASE)


def initials_of(name: str) -> str:
    """Return what an acronym and the name it stands for have in common."""
    if ACRONYM.fullmatch(name):
        return name.replace(".", "")
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def is_acronym(short: str, full: str) -> bool:
    """Return whether `short` is made of the initials of `full`: CFPB, U.N."""
    return bool(ACRONYM.fullmatch(short)) and len(full.split()) > 1 and initials_of(short) == initials_of(full)


def in_small_letters(name: str) -> str:
    """Return a person's name in capitals, as transcripts have it, as it is written elsewhere: "Ann McKay"."""
    if not name.isupper() or not re.search(r"[^\W\d_]{4}", name):
        return name
    small = re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)
    small = re.sub(r"(?<=['’])S\b", "s", small)
    return re.sub(r"\b(Mc)([a-z])", lambda found: found[1] + found[2].upper(), small)
