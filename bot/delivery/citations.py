"""Articles as citations: CSL-JSON and BibTeX, one for each article, with what was said in it as a note.

CSL-JSON follows the Citation Style Language 1.0.2 (csl-data.json), with the type for newspaper articles. BibTeX
follows btxdoc (Patashnik, 1988), with the fields that Zotero writes for newspaper articles. The writer is our own,
since pybtex leaves backslashes, dollars and carets as they are, which TeX would run.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.delivery.claims import UNKNOWN_SPEAKER
from bot.delivery.escape import cleaned
from bot.model.claims import ClaimRecord, Wording
from bot.text.clipping import clip
from bot.text.folding import words_of

NOTE_LIMIT = 4_000
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
}
"""Replacements contain only balanced braces: BibTeX counts braces after a backslash, too."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKS = "“”\"' "
_URL_SAFE = ":/?#[]@!$&'()*+,;=%~-._"


def csl_items(claims: Sequence[ClaimRecord], accessed: datetime) -> list[dict[str, Any]]:
    """Return an item of CSL-JSON for each article that `claims` come from, in their order."""
    by_article: dict[int, list[ClaimRecord]] = {}
    for claim in claims:
        by_article.setdefault(claim.article_id, []).append(claim)
    return [_item(some, accessed) for some in by_article.values()]


def bibtex(items: Sequence[dict[str, Any]]) -> str:
    """Return items of CSL-JSON as a BibTeX file in UTF-8."""
    return "\n".join(_entry(item) for item in items)


def _item(claims: Sequence[ClaimRecord], accessed: datetime) -> dict[str, Any]:
    first = claims[0]
    outlet, title, author = (cleaned(text or "") for text in (first.outlet, first.title, first.author))
    item = {
        "id": _key(outlet, title, first),
        "type": "article-newspaper",
        "title": title,
        "container-title": outlet,
        "author": [{"literal": name} for name in author.split(", ") if name],
        "issued": _date(first.published_at),
        "accessed": _date(accessed),
        "URL": quote(first.url, safe=_URL_SAFE),
        "note": clip(" ".join(map(_said, claims)), NOTE_LIMIT),
    }
    return {name: value for name, value in item.items() if value}


def _said(claim: ClaimRecord) -> str:
    """Return a claim as a sentence: who, and the words, in quotation marks if they are the speaker's own."""
    name = cleaned(claim.actor or "") or UNKNOWN_SPEAKER
    words = cleaned(claim.content_text)
    own = words.strip(_MARKS)
    shown = f"“{own}”" if claim.verbatim is Wording.VERBATIM else f"{words} ({claim.verbatim})"
    return f"{name}: {shown}."


def _key(outlet: str, title: str, claim: ClaimRecord) -> str:
    """Return a key of ASCII letters and digits, made unique by the number of the article."""
    words = [word for text in (outlet, title) for word in words_of(text)[:2] if word.isascii()]
    return f"{''.join(words)[:40]}{claim.published_at.year}-{claim.article_id}"


def _date(moment: datetime) -> dict[str, Any]:
    return {"date-parts": [[moment.year, moment.month, moment.day]]}


def _entry(item: dict[str, Any]) -> str:
    year, month, day = item["issued"]["date-parts"][0]
    seen = "-".join(f"{part:02}" for part in item["accessed"]["date-parts"][0])
    names = " and ".join(f"{{{_escaped(one['literal'])}}}" for one in item.get("author", ()))
    fields = {
        "author": names,
        "title": f"{{{_escaped(item.get('title', ''))}}}",
        "journal": _escaped(item.get("container-title", "")),
        "year": f"{year}",
        "day": f"{day}",
        "url": re.sub(r"[{}\\]", "", item.get("URL", "")),
        "urldate": seen,
        "note": _escaped(item.get("note", "")),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value not in ("", "{}")]
    return "\n".join((f"@article{{{item['id']},", *lines, f"  month = {_MONTHS[month - 1]}", "}", ""))


def _escaped(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)
