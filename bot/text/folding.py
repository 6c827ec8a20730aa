"""How text is compared: folded words, so that case, accents and punctuation do not matter. Pure.

Stored text, search terms and filters all use it, so SQLite, PostgreSQL and filters see the same words.
"""

import re
import unicodedata

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
"""Letters with strokes, and ligatures, which Unicode does not decompose."""

_APOSTROPHES = "'’‘ʼ＇"
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}]s\b")
_INNER_APOSTROPHE = re.compile(rf"(?<=\w)[{_APOSTROPHES}](?=\w)")
WORD = re.compile(r"[^\W_]+")

_BEYOND_ASCII = re.compile(r"([^\x00-\x7f]+)")

WORD_LIMIT = 64
"""Only this many characters of a word count; real words are not longer."""


def fold(text: str) -> str:
    """Return `text` in lower case and without accents, in compatibility form."""
    # ASCII only needs lower case, which is much faster; nothing outside of it combines with it
    pieces = _BEYOND_ASCII.split(text)
    return "".join(_folded(piece) if number % 2 else piece.lower() for number, piece in enumerate(pieces))


def _folded(text: str) -> str:
    lowered = unicodedata.normalize("NFKD", text).casefold().translate(_UNDECOMPOSED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare)


def words_of(text: str) -> list[str]:
    """Return the folded words of `text`; "Syria's" is "syria", "O'Brien" is "obrien", "al-Assad" is two words."""
    folded = _INNER_APOSTROPHE.sub("", _POSSESSIVE.sub("", fold(text)))
    return [word[:WORD_LIMIT] for word in WORD.findall(folded)]
