"""Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml), in and out."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from bot.errors import BadInput
from bot.text.legal_characters import legal
from bot.text.plain import plain_text

LARGEST = 2_000_000
MOST = 5000
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed as a list names it."""

    url: str
    title: str = ""


def listed_feeds(opml: bytes) -> tuple[OpmlFeed, ...]:
    """Return the feeds of an OPML document in its order, folders flattened, each address once.

    Raises BadInput where it is no OPML, is too large, or names no feed.
    """
    if len(opml) > LARGEST:
        raise BadInput("This file is too large for a list of feeds.")
    if b"<!ENTITY" in opml.upper():
        raise BadInput("This file declares XML entities, which Hearsay does not read.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(opml.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise BadInput("This is not an OPML file.")
    found: dict[str, OpmlFeed] = {}
    for outline in root.iter("outline"):
        values = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
        url = legal(values.get("xmlurl", "")).strip()
        if url and url not in found:
            found[url] = OpmlFeed(url, plain_text(values.get("title") or values.get("text") or "", LONGEST_TITLE))
    if not found:
        raise BadInput("This OPML file names no feeds.")
    if len(found) > MOST:
        raise BadInput(f"This OPML file names more than {MOST} feeds.")
    return tuple(found.values())


def opml_of(feeds: Iterable[OpmlFeed], title: str = "Feeds of Hearsay") -> bytes:
    """Return an OPML document that names `feeds`."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = legal(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = legal(feed.title) or feed.url
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=legal(feed.url))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
