"""Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml), in and out.

Lists are written by many programs and edited by hand. One that is not well-formed XML (a bare `&` in an address,
quotation marks in a title, a tag that never ends) is read outline by outline, so no address is lost or changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.errors import BadInput
from bot.feeds.well_formed import repaired
from bot.fetching.encodings import decoded
from bot.fetching.urls import with_plain_host
from bot.languages.translations import _
from bot.text.legal_characters import legal, without_illegal_references
from bot.text.plain import plain_text, unescaped

LARGEST = 2_000_000
MOST = 5000
LONGEST_TITLE = 300

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?opml[\s>]", re.IGNORECASE)
_OUTLINE = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?outline(?=[\s/>])", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?:^|(?<=[\s\"']))([A-Za-z_][\w:.-]{0,60})\s{0,20}=\s{0,20}([\"'])")
_FOR_READERS = re.compile(r"(?:feed|rss|itpc|pcast|podcast):(?:(?=https?://)|//)", re.IGNORECASE)
"""Schemes that open an address in a feed reader."""
_WEB = re.compile(r"https?://", re.IGNORECASE)
_AROUND = " \t\r\n\x0b\x0c\xa0\u200b\u200c\u200d\u2060\ufeff"
"""White space and invisible characters that are copied along with an address."""
_FEED_TYPES = frozenset({"rss", "atom", "feed", "rdf"})


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed as named in a list. Its address is as written, and may not be fetchable."""

    url: str
    title: str = ""


def listed_feeds(opml: bytes) -> tuple[OpmlFeed, ...]:
    """Return the feeds of an OPML document in its order, folders flattened, each address once.

    Raises BadInput if it is not OPML, is too large, or names no feeds.
    """
    if len(opml) > LARGEST:
        raise BadInput(_("This file is too large for a list of feeds."))
    text = without_illegal_references(_DECLARATION.sub("", decoded(opml, None).lstrip("\ufeff \t\r\n"), count=1))
    if "<!ENTITY" in text.upper():
        raise BadInput(_("This file declares XML entities, which Hearsay does not read."))
    if not _ROOT.search(text[:4000]):
        raise BadInput(_("This is not an OPML file."))
    found: dict[str, OpmlFeed] = {}
    for values in _outlines(text):
        kind = values.get("type", "").strip().lower()
        url = feed_address(values.get("xmlurl") or (values.get("url", "") if kind in _FEED_TYPES else ""))
        if url and url not in found:
            found[url] = OpmlFeed(url, plain_text(values.get("title") or values.get("text") or "", LONGEST_TITLE))
    if not found:
        raise BadInput(_("This OPML file names no feeds."))
    if len(found) > MOST:
        raise BadInput(_("This OPML file names more than {most} feeds.", most=MOST))
    return tuple(found.values())


def feed_address(written: str) -> str:
    """Return the address of a feed with `feed:` and the like resolved, and scheme and host in lower case."""
    address = legal(written.replace("&amp;", "&")).strip(_AROUND)
    if match := _FOR_READERS.match(address):
        rest = address[match.end() :]
        address = rest if _WEB.match(rest) else "http://" + rest.removeprefix("//")
    return with_plain_host(address)


def opml_of(feeds: Iterable[OpmlFeed], title: str = "Feeds of Hearsay") -> bytes:
    """Return an OPML document that names `feeds`."""
    from lxml import etree  # noqa: PLC0415 - only processes that parse load it

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = legal(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = legal(feed.title) or feed.url
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=legal(feed.url))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _outlines(text: str) -> Iterator[Mapping[str, str]]:
    """Yield the attributes of each outline, with names in lower case and without prefix."""
    from lxml import etree  # noqa: PLC0415 - only processes that parse load it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(repaired(text).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        yield from _scanned(text)
        return
    for element in root.iter(etree.Element):
        if _local_name(element.tag) == "outline":
            yield {_local_name(str(name)): str(value) for name, value in element.attrib.items()}


def _scanned(text: str) -> Iterator[Mapping[str, str]]:
    """Do the same for text that is not XML.

    A value ends at the last quotation mark before the next attribute, or at the first space if there is none.
    """
    first, *others = text.split("<!--")
    visible = "".join([first, *(other.partition("-->")[2] if "-->" in other else other for other in others)])
    for outline in _OUTLINE.split(visible)[1:]:
        source = outline.partition("</")[0]
        starts = list(_ATTRIBUTE.finditer(source))
        values: dict[str, str] = {}
        for i, start in enumerate(starts):
            end = starts[i + 1].start() if i + 1 < len(starts) else len(source)
            value, mark, _ = source[start.end() : end].rpartition(start[2])
            if not mark and i + 1 < len(starts):
                value, mark = next(iter(source[start.end() : end].split(maxsplit=1)), ""), start[2]
            if mark:
                values.setdefault(_local_name(start[1]), unescaped(value))
        yield values


def _local_name(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()
