"""Fixes for the two mistakes that most often make a feed's XML ill-formed: bare ampersands and HTML's entities.

Once they are fixed, the document can be read strictly: `AT&T` is kept, and known items can be left out. A lenient
parser would turn it into `AT&T;`.
"""

import html
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

_AS_IT_IS = re.compile(r"<!\[CDATA\[|<!--|<\?")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31};))?"
)


def repaired(xml: str) -> str:
    """Return `xml` with bare ampersands escaped and the named entities of HTML written out.

    CDATA, comments and instructions are left alone. Takes linear time.
    """
    if "&" not in xml:
        return xml
    return "".join(part if kept else _AMPERSAND.sub(_escaped, part) for part, kept in _parts(xml))


def _escaped(match: re.Match[str]) -> str:
    name = match[1]
    if not name:
        return "&amp;"
    character = html.unescape(f"&{name}")
    return escape(character) if character != f"&{name}" else f"&amp;{name}"


def _parts(xml: str) -> Iterator[tuple[str, bool]]:
    """Yield the document in pieces, each with whether to leave it unchanged."""
    start = 0
    while opening := _AS_IT_IS.search(xml, start):
        end = xml.find(_ENDS[opening[0]], opening.end())
        if end < 0:
            break
        end += len(_ENDS[opening[0]])
        yield xml[start : opening.start()], False
        yield xml[opening.start() : end], True
        start = end
    yield xml[start:], False
