"""Limits on a feed's XML, checked before feedparser sees it.

Each of them prevents one way to stall a parser: entity bombs, elements with thousands of attributes or namespaces,
elements nested thousands deep, documents of hundreds of thousands of items. None of 200 real feeds comes near one.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bot.errors import NotAFeed
from bot.languages.translations import N_, _

DEPTH = 100
TOO_DEEP = N_("The feed nests its elements too deeply to be read.")
TOO_MANY_ELEMENTS = N_("The feed has too many elements to be read.")
TOO_MANY_ATTRIBUTES = N_("An element of the feed has too many attributes to be read.")
ATTRIBUTES = 100
PREFIXES = 200
"""The most prefixes of namespaces: parsers look up each name among all of them. None of 1,485 feeds has more than
15."""
TOO_MANY_PREFIXES = N_("The feed declares too many namespaces to be read.")
MOST_ITEMS = 20_000
"""The most items of a document. Feeds that list everything they ever published, such as podcasts, have a few
thousand."""
ELEMENTS = 30_000
"""The most elements that are left for feedparser: 300 items of a hundred each."""
ELEMENTS_IN_ALL = 500_000
"""The most elements of a document before known and old items are removed."""
ITEMS = frozenset({"item", "entry"})
SKIPPED_IN = {"hour": "skiphours", "day": "skipdays"}
SKIPPING = frozenset(SKIPPED_IN.values())
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_TOO_DEEP = etree.XPath("boolean(/*" + "/*" * DEPTH + ")")
_TOO_MANY_ATTRIBUTES = etree.XPath(f"boolean(//*[count(@*) > {ATTRIBUTES}])")
_ELEMENT_COUNT = etree.XPath("count(//*)")
_ELEMENT = re.compile(r"<[A-Za-z_]")
_PREFIX = re.compile(r"xmlns:([^\s=\"'<>]{1,100})", re.IGNORECASE)
_DECLARATION = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.IGNORECASE)
ITEM_END = re.compile(r"</(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Structure:
    """What a pass over the XML found: how many items there are, and when the feed asks not to be polled."""

    items: int = 0
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


def check_markup(text: str) -> None:
    """Raise NotAFeed if `text` declares entities, elements or attributes of its own, or a flood of namespaces."""
    if _DECLARATION.search(text):
        raise NotAFeed(
            _("The feed declares XML entities or elements of its own. This is refused, as it can be an attack.")
        )
    if text.count("xmlns:") > PREFIXES:
        check_prefixes(text)


def check_prefixes(text: str) -> None:
    """Raise NotAFeed if `text`, which may be damaged, declares a flood of namespaces."""
    prefixes: set[str] = set()
    for match in _PREFIX.finditer(text):
        prefixes.add(match[1])
        if len(prefixes) > PREFIXES:
            raise NotAFeed(TOO_MANY_PREFIXES)


def root_of(xml: str) -> Any | None:
    """Return the lxml tree of `xml` without entities, network and DTD, or None if it is not well formed."""
    try:
        return etree.fromstring(xml.encode(), _parser(strip_cdata=False))
    except etree.XMLSyntaxError:
        return None


def items_in(root: Any) -> list[Any]:
    """Return the items of a document in order. Raises NotAFeed if it exceeds a limit."""
    if _TOO_DEEP(root):
        raise NotAFeed(TOO_DEEP)
    if _TOO_MANY_ATTRIBUTES(root):
        raise NotAFeed(TOO_MANY_ATTRIBUTES)
    elements = _ELEMENT_COUNT(root)
    if elements > ELEMENTS_IN_ALL:
        raise NotAFeed(TOO_MANY_ELEMENTS)
    if elements > MOST_ITEMS:  # one by one: a list of all would take a lot of memory
        check_count(sum(1 for _ in _named(root, ITEMS)))
    return list(_named(root, ITEMS))


def check_count(items: int) -> None:
    """Raise NotAFeed if a document has more items than any feed."""
    if items > MOST_ITEMS:
        raise NotAFeed(
            _(
                "The document lists {items} entries; no feed has more than {most_items}, so it is not read.",
                items=f"{items:,}",
                most_items=f"{MOST_ITEMS:,}",
            )
        )


def check_elements_in(root: Any) -> None:
    """Raise NotAFeed if the tree of a document has more elements than feedparser can handle."""
    if _ELEMENT_COUNT(root) > ELEMENTS:
        raise NotAFeed(TOO_MANY_ELEMENTS)


def check_elements_of(xml: str) -> None:
    """Do the same for a text that may be damaged; CDATA holds no elements."""
    first, *others = xml.split("<![CDATA[")
    outside = (first, *(other.partition("]]>")[2] for other in others))
    if sum(1 for part in outside for _ in _ELEMENT.finditer(part)) > ELEMENTS:
        raise NotAFeed(TOO_MANY_ELEMENTS)


def structure_in(root: Any, items: int) -> Structure:
    """Return the structure of a document from its tree, which has this many `items`."""
    hours: set[int] = set()
    days: set[int] = set()
    for skips in _named(root, SKIPPING):
        for child in skips.iterchildren(etree.Element):
            name = _local_name(child.tag)
            if SKIPPED_IN.get(name) == _local_name(skips.tag):
                _note_skip(name, (child.text or "").strip().lower(), hours, days)
    return Structure(items, frozenset(hours), frozenset(days))


def structure_of(xml: str) -> Structure:
    """Return the structure of `xml`, which may be damaged. It is read without entities, network and DTD.

    Raises NotAFeed if it exceeds a limit.
    """
    watch = _Watch()
    with suppress(
        etree.XMLSyntaxError
    ):  # not well-formed: whatever was found so far counts, since feedparser is lenient
        etree.fromstring(xml.encode(), _parser(target=watch, recover=True))
    # lxml may have given up early, so the ends of items in the text count, too.
    items = max(watch.items, sum(1 for _ in ITEM_END.finditer(xml)))
    check_count(items)
    return Structure(items, frozenset(watch.hours), frozenset(watch.days))


def source_of(root: Any) -> str:
    """Return the document of a tree as text."""
    return str(etree.tostring(root.getroottree(), encoding="unicode"))


def _parser(**options: object) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,  # nothing in them is read, and a flood of them takes time in every later pass
        remove_pis=True,
        **options,
    )


def _named(root: Any, names: frozenset[str]) -> Iterator[Any]:
    """Yield the elements with these local names, in any case, in order. Many times faster than XPath."""
    tags = {element.tag for element in root.iter(etree.Element)}
    wanted = [tag for tag in tags if tag.rpartition("}")[2].lower() in names]
    return iter(root.iter(*wanted)) if wanted else iter(())


def _local_name(tag: object) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


class _Watch:
    """An lxml parser target that sees each element once and keeps only counts."""

    def __init__(self) -> None:
        self.items = 0
        self.hours: set[int] = set()
        self.days: set[int] = set()
        self._elements = 0
        self._depth = 0
        self._within = ""
        self._skip: list[str] | None = None

    def start(self, tag: str, attributes: "dict[str, str]") -> None:
        self._elements += 1
        if self._elements > ELEMENTS_IN_ALL:
            raise NotAFeed(TOO_MANY_ELEMENTS)
        self._depth += 1
        if self._depth > DEPTH:
            raise NotAFeed(TOO_DEEP)
        if len(attributes) > ATTRIBUTES:
            raise NotAFeed(TOO_MANY_ATTRIBUTES)
        name = _local_name(tag)
        if name in ITEMS:
            self.items += 1
        if name in SKIPPING:
            self._within = name
        self._skip = [] if self._within == SKIPPED_IN.get(name) else None

    def data(self, text: str) -> None:
        if self._skip is not None:
            self._skip.append(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if _local_name(tag) == self._within:
            self._within = ""
        if self._skip is not None:
            _note_skip(_local_name(tag), "".join(self._skip).strip().lower(), self.hours, self.days)
            self._skip = None

    def close(self) -> None:
        """End of the document."""


def _note_skip(name: str, value: str, hours: set[int], days: set[int]) -> None:
    if name == "hour" and value.isascii() and value.isdigit() and int(value[:3]) <= 24:
        hours.add(int(value[:3]) % 24)
    elif name == "day" and value in DAYS:
        days.add(DAYS.index(value))
