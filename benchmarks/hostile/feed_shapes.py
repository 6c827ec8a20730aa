"""Feeds that would stall a parser, in any size."""

from datetime import UTC, datetime

from benchmarks.hostile.measuring import Shape
from benchmarks.hostile.repeated import Encoded, Repeated
from bot.feeds.parse import Document, parse_feed

URL = "https://hostile.example/feed"
START = 150_000
"""Bytes of the smallest feeds; the largest have 4.8 MB, just below the limit of a fetch."""
ITEM = "<item><title>t</title><link>https://a.example/{n}</link><guid>{n}</guid></item>"
RSS = '<rss version="2.0"><channel><title>Hostile</title>'
END = "</channel></rss>"


def _rss(unit: str, start: str = "", end: str = "") -> Encoded:
    return Encoded(Repeated(unit, RSS + start, end + END))


SHAPES = {
    "items": _rss(ITEM),
    "items that never end": _rss("<item><title>t{n}"),
    "items in damaged XML": _rss(ITEM, "<title>a & b</title>"),
    "attributes of one element": _rss(' a{n}="{n}"', "<item", "><title>t</title></item>"),
    "namespaces of one element": _rss(' xmlns:n{n}="http://n.example/{n}"', "<item", "><title>t</title></item>"),
    "elements with a namespace each": _rss('<n{n}:x xmlns:n{n}="http://n.example/{n}"/>', "<item>", "</item>"),
    "levels": _rss("<a>"),
    "small elements": _rss("<a/>", "<item>", "</item>"),
    "categories of one item": _rss("<category>c{n}</category>", "<item>", "</item>"),
    "enclosures of one item": _rss('<enclosure url="http://a.example/{n}"/>', "<item>", "</item>"),
    "markup as content": _rss("&lt;b&gt;", "<item><description>", "</description></item>"),
    "entities": _rss("&#38;amp;", "<item><title>", "</title></item>"),
    "unknown entities": _rss("&x{n};", "<item><title>", "</title></item>"),
    "bare ampersands": _rss("& ", "<item><title>", "</title></item>"),
    "undeclared prefixes": _rss("<a:b>t</a:b>", "<item>", "</item>"),
    "another undeclared prefix each": _rss("<a{n}:b/>", "<item>", "</item>"),
    "links without an end": _rss("<link>a{n}\n", "<item>", "</item>"),
    "CDATA sections": _rss("<![CDATA[a]]>", "<item><title>", "</title></item>"),
    "comments": _rss("<!-- - -->"),
    "processing instructions": _rss("<?a b?>"),
    "angle brackets": _rss("<"),
    "dates": _rss("<item><title>{n}</title><pubDate>mar a b c d e f g h i j k</pubDate></item>"),
    "spaces in a title": _rss(" ", "<item><title>a", "b</title></item>"),
    "one long address": _rss("a/", "<item><link>http://a.example/", "</link></item>"),
    "JSON items": Encoded(
        Repeated(
            '{"id":"{n}","title":"t"},', '{"version":"https://jsonfeed.org/version/1.1","items":[', '{"id":"x"}]}'
        )
    ),
    "JSON levels": Encoded(Repeated("[", '{"version":"https://jsonfeed.org/version/1.1","items":[')),
}


def read_feed(body: bytes) -> str:
    """Read `body` as a feed. Runs in the worker."""
    return f"{len(parse_feed(Document(body, URL, None, datetime.now(UTC))).entries)} entries"


FEEDS = [Shape(name, make, read_feed, START) for name, make in SHAPES.items()]
