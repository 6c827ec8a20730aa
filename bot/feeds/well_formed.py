"""Fixes for the mistakes that most often make a feed's XML ill-formed.

They are bare ampersands and HTML's entities; prefixes that nobody declared; links, ids and dates that never end.
Once they are fixed, the document can be read strictly: `AT&T` is kept, and known items can be left out. A lenient
parser would turn it into `AT&T;`, and find nothing in `<rss:item>` or in a link without end.
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

_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]{0,30}):[A-Za-z_][\w.-]{0,60}(?=[\s=/>])", re.ASCII)
_ROOT = re.compile(r"<[A-Za-z_][\w:.-]{0,60}(?=[\s/>])", re.ASCII)
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,30})\s{0,9}=", re.ASCII)
_KNOWN_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
MOST_PREFIXES = 30
"""The most prefixes to declare for a document that uses them undeclared."""
_UNCLOSED = re.compile(
    r"<((?:[A-Za-z_][\w.-]{0,30}:)?(?:link|guid|id|pubDate|published|updated))((?:\s[^<>]*)?(?<!/)>[^<>]*)(?=<(?!/\1\s*>|!))",
    re.ASCII,
)


def repaired(xml: str) -> str:
    """Return `xml` with bare ampersands escaped and the named entities of HTML written out.

    CDATA, comments and instructions are left alone. Takes linear time.
    """
    if "&" not in xml:
        return xml
    return "".join(part if kept else _AMPERSAND.sub(_escaped, part) for part, kept in _parts(xml))


def completed(xml: str) -> str:
    """Return `xml` with undeclared prefixes declared in its root, and links, ids and dates closed.

    Takes linear time.
    """
    declared = _with_prefixes(xml)
    return "".join(part if kept else _UNCLOSED.sub(r"<\1\2</\1>", part) for part, kept in _parts(declared))


def _with_prefixes(xml: str) -> str:
    at = 0
    for part, kept in _parts(xml):
        if not kept and (root := _ROOT.search(part)):
            at += root.end()
            break
        at += len(part)
    else:
        return xml
    known = {*_DECLARED.findall(xml[at : xml.find(">", at)]), "xml", "xmlns"}
    missing: dict[str, None] = {}
    for match in _PREFIX.finditer(xml):
        if match[1] not in known:
            missing[match[1]] = None
            if len(missing) > MOST_PREFIXES:
                return xml
    names = "".join(f' xmlns:{name}="{_KNOWN_PREFIXES.get(name, f"urn:undeclared:{name}")}"' for name in missing)
    return xml[:at] + names + xml[at:]


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
