"""Fingerprints of entries: address, title and content in a form similar for versions of one entry. Pure."""

import hashlib
import re
import unicodedata
import zlib

from bot.fetching.canonical_url import canonical_url
from bot.fetching.urls import parts_of
from bot.model.feeds import ParsedEntry, Prints
from bot.text.plain import text_of_markup

TELLING_WORDS = 8
"""The fewest words of content that can identify an entry; "Read more" cannot."""
_SKETCH = 32
_RUN = 3
_LONGEST = 20_000
_WORD = re.compile(r"\w+")


def prints_of(entry: ParsedEntry) -> Prints:
    """Return the fingerprints of `entry`. Usually the worker that parsed the document has made them."""
    return entry.prints or Prints(_link_print(entry.url), _title_print(entry.title), content_print(entry.html))


def key_digest(key: str) -> bytes:
    """Return eight bytes that represent an entry's key within its feed."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()


def _link_print(url: str | None) -> str:
    if not url:
        return ""
    parts = parts_of(canonical_url(url))
    if parts is None:
        return ""
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return ""  # a link to the front page may be that of every entry
    host = parts.netloc.removeprefix("www.")
    return _short(f"{host}{path}{'?' + parts.query if parts.query else ''}")


def _title_print(title: str) -> str:
    words = _words(title)
    return _short(" ".join(words)) if words else ""


def _short(text: str) -> str:
    """Return `text` if it fits into an index, else its beginning with a hash."""
    if len(text) <= 200:
        return text
    data = text.encode("utf-8", "replace")
    return f"{text[:160]} {zlib.crc32(data):08x}{zlib.adler32(data):08x}"


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def content_print(markup: str) -> str:
    """Return a sketch of some content: the smallest hashes of its runs of three words; "" if it has too few words.

    The overlap of two sketches is about that of the contents themselves (bottom-k sketches, Broder 1997). Markup,
    case and spaces make no difference.
    """
    words = _words(text_of_markup(markup[:_LONGEST].replace("<", " <"), _LONGEST))
    if len(words) < TELLING_WORDS:
        return ""
    runs = {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    hashes = sorted({zlib.crc32(run.encode("utf-8", "replace")) for run in runs})
    return "".join(f"{number:08x}" for number in hashes[:_SKETCH])


def likeness(one: str, other: str) -> float:
    """Return the share of word runs that two contents have in common, by their sketches; 0 if one is ""."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    first, second = hashes_of(one), hashes_of(other)
    union = sorted(first | second)[: max(len(first), len(second))]
    return sum(h in first and h in second for h in union) / len(union)


def hashes_of(sketch: str) -> frozenset[str]:
    """Return the hashes that a sketch consists of."""
    return frozenset(sketch[i : i + 8] for i in range(0, len(sketch), 8))


def reads_otherwise(old: Prints, new: Prints) -> bool:
    """Return whether an entry's title or content has changed, if both versions are known.

    A changed word in a long text may go unnoticed; a changed sentence does not.
    """
    if old.title and new.title and old.title != new.title:
        return True
    return bool(old.content and new.content and old.content != new.content)
