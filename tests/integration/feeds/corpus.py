"""Hostile feed documents: made here, so that none of them needs to be kept."""

import random
from collections.abc import Callable

Made = tuple[bytes, str | None]
"""A document, and the words of its refusal; None where it is read, or the part of it that is bounded."""

ITEM = "<item><title>t</title><link>https://a.example/{n}</link><guid>{n}</guid></item>"
GOOD = "".join(ITEM.format(n=n) for n in range(3))


def feed(inner: str, head: str = "") -> bytes:
    """Return an RSS document around `inner`."""
    return f'{head}<rss version="2.0"><channel><title>Hostile</title>{inner}</channel></rss>'.encode()


def attribute_flood() -> Made:
    """One element of 20,000 attributes."""
    flood = " ".join(f'a{n}="{n}"' for n in range(20_000))
    return feed(f"<item {flood}><title>t</title></item>"), "too many attributes"


def attribute_flood_in_damaged_xml() -> Made:
    """The same where XML is not well formed, so that a lenient parser would have it."""
    flood = " ".join(f'a{n}="{n}"' for n in range(20_000))
    return feed(f"<item {flood}><title>a & b</title></item>"), "too many attributes"


def namespace_flood() -> Made:
    """Thousands of namespaces on one element."""
    flood = " ".join(f'xmlns:n{n}="http://n.example/{n}"' for n in range(20_000))
    return feed(f"<item {flood}><title>t</title></item>"), "too many namespaces"


def namespace_flood_that_is_used() -> Made:
    """Thousands of elements, each in a namespace of its own: looking them up is quadratic."""
    flood = "".join(f'<n{n}:x xmlns:n{n}="http://n.example/{n}"/>' for n in range(20_000))
    return feed(f"<item>{flood}<title>t</title></item>"), "too many namespaces"


def namespace_flood_in_damaged_xml() -> Made:
    """The same in capitals and where lxml gives up."""
    flood = "".join(f'<n{n}:x XMLNS:n{n}="http://n.example/{n}">' for n in range(20_000))
    return feed(f"<item>{flood}<title>t</title></item>"), "too many namespaces"


def as_many_namespaces_as_may_be() -> Made:
    """200 prefixes on one element, and 25,000 elements that use them."""
    flood = " ".join(f'xmlns:n{n}="http://n.example/{n}"' for n in range(190))
    used = "".join(f"<n{n % 190}:x/>" for n in range(25_000))
    return feed(f"<item {flood}>{used}<title>t</title></item>"), None


def much_to_inherit() -> Made:
    """Thousands of entries under a feed-level link of a megabyte."""
    link = f"<link>https://a.example/{'x' * 1_000_000}</link>"
    return feed(link + "<item><title>t</title></item>" * 19_000), None


def long_bases() -> Made:
    """Thousands of links under a base of a megabyte, and under many bases."""
    links = "<link xml:base='b/'>1</link>" * 20_000
    return feed(f"<item xml:base='https://a.example/{'x' * 1_000_000}/'><title>t</title>{links}</item>"), None


def authors_without_end() -> Made:
    """Thousands of authors, and one that is hard to take apart."""
    hard = f"<author>{'a@b (a@b (' * 50_000}</author>"
    return feed(f"<item><title>t</title>{hard}{'<author>a@b.example (A B)</author>' * 20_000}</item>"), None


def tags_in_a_title() -> Made:
    """A title of a megabyte that opens tags."""
    return feed(f"<item><title>{'&lt;b&gt;&lt;![CDATA[&lt;!--' * 50_000}</title></item>"), None


def odd_dates() -> Made:
    """20,000 entries with dates that take long to be read."""
    date = "mar a b c d e f g h i j k l m n o p q r"
    return feed(f"<item><title>t</title><pubDate>{date}</pubDate></item>" * 19_000), None


def odd_dates_in_damaged_xml() -> Made:
    """The same where lxml gives up."""
    return feed("<item><title>a < b</title><pubDate>Mi mar 1 2 3</pubDate></item>" * 19_000), None


def billion_laughs() -> Made:
    """Entities of entities."""
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return feed("<item><title>&l9;</title></item>", f"<!DOCTYPE rss [{entities}]>"), "declares"


def external_entity() -> Made:
    """An entity that is a file of ours."""
    return feed(
        "<item><title>&x;</title></item>", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ), "declares"


def parameter_entity_in_capitals() -> Made:
    """A declaration in a spelling that XML does not know, but a lenient parser might."""
    return feed(GOOD, '<!DOCTYPE rss [<!entity % x "y">]>'), "declares"


def deep_nesting() -> Made:
    """100,000 levels."""
    return feed("<a>" * 100_000 + "</a>" * 100_000), "too deep"


def deep_nesting_never_closed() -> Made:
    """100,000 levels without an end."""
    return feed("<a>" * 100_000), "too deep"


MANY = 200_000
"""Items, as small as it takes for five megabytes to hold so many."""


def _many() -> str:
    return "".join(f"<item>{n}</item>" for n in range(MANY))


def many_items() -> Made:
    """More items than any feed has."""
    return feed(_many()), "lists 200,000 entries"


def many_items_in_damaged_xml() -> Made:
    """The same, not well formed, so that a lenient parser would have it."""
    return feed(f"<title>a & b</title>{_many()}"), "lists 200,000 entries"


def many_items_that_never_end() -> Made:
    """Items within each other, none of which is closed."""
    return feed("<item>" * MANY), "too deep"


def many_entries() -> Made:
    """The same as Atom."""
    entries = "".join(f"<entry>{n}</entry>" for n in range(MANY))
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode(), "lists 200,000 entries"


def many_items_in_json() -> Made:
    """The same as a JSON Feed."""
    items = ",".join(f'{{"id":{n}}}' for n in range(MANY))
    return _json_feed(items), "lists 200,000 entries"


def deep_json() -> Made:
    """Lists within lists, which end a recursive parser."""
    return _json_feed("[" * MANY + "]" * MANY), "valid JSON"


def many_small_elements() -> Made:
    """What takes a tree the most memory: the smallest elements, nearly five megabytes of them."""
    return feed(GOOD + "<a/>" * 1_200_000), "too many elements"


def many_small_elements_in_damaged_xml() -> Made:
    """The same, not well formed."""
    return feed(f"<title>a & b</title>{GOOD}{'<a/>' * 1_200_000}"), "too many elements"


def as_many_elements_as_may_be() -> Made:
    """One fewer than too many, in content that is markup of the feed's own."""
    inner = "<b>x</b>" * 29_980
    entry = f"<entry><id>1</id><content type='xhtml'><div>{inner}</div></content></entry>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entry}</feed>".encode(), None


def as_many_items_as_may_be() -> Made:
    """As many as are no refusal, each with something of everything: the first 300 are read."""
    return feed("".join(ITEM.format(n=n) for n in range(20_000))), None


def _json_feed(items: str) -> bytes:
    return f'{{"version":"https://jsonfeed.org/version/1.1","items":[{items}]}}'.encode()


def one_huge_text() -> Made:
    """An item of four megabytes."""
    return feed(f"<item><guid>1</guid><title>t</title><description>{'word ' * 800_000}</description></item>"), None


def endless_cdata() -> Made:
    """CDATA that never ends."""
    return feed(GOOD + "<item><title><![CDATA[" + "x" * 1_000_000), None


def comment_never_closed() -> Made:
    """A comment that never ends."""
    return feed(GOOD + "<!-- " + "- " * 500_000), None


def half_a_character() -> Made:
    """Bytes that are no text in any charset that is named."""
    return b'<?xml version="1.0" encoding="utf-7"?>' + feed(GOOD).replace(
        b"Hostile", b"\xff\xfe\xc3\x28+AD4-"
    ), None


DOCUMENTS: dict[str, Callable[[], Made]] = {
    made.__name__: made
    for made in (
        attribute_flood,
        attribute_flood_in_damaged_xml,
        namespace_flood,
        namespace_flood_that_is_used,
        namespace_flood_in_damaged_xml,
        as_many_namespaces_as_may_be,
        much_to_inherit,
        long_bases,
        authors_without_end,
        tags_in_a_title,
        odd_dates,
        odd_dates_in_damaged_xml,
        billion_laughs,
        external_entity,
        parameter_entity_in_capitals,
        deep_nesting,
        deep_nesting_never_closed,
        many_items,
        many_items_in_damaged_xml,
        many_items_that_never_end,
        many_entries,
        many_items_in_json,
        deep_json,
        many_small_elements,
        many_small_elements_in_damaged_xml,
        as_many_elements_as_may_be,
        as_many_items_as_may_be,
        one_huge_text,
        endless_cdata,
        comment_never_closed,
        half_a_character,
    )
}
_PIECES = [
    b"<item>", b"</item>", b"<entry>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&#0;", b"&#xD800;", b"&amp;amp;",
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"<title/>", b' xmlns="x"', b' xml:base="//"', b"<guid>",
    b"</channel>", b"<?xml?>", b"&bogus;", b"9" * 400, b"Tue, 99 Foo 99999 99:99:99 +9999", b"<link href=''/>",
]  # fmt: skip


def mutated(seed: int) -> bytes:
    """Return a sound feed with a few of its bytes cut, doubled, swapped or mixed with pieces that hurt parsers."""
    chance = random.Random(seed)
    body = bytearray(
        feed(GOOD + "<item><title>caf\u00e9</title><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate></item>")
    )
    for _ in range(chance.randint(1, 12)):
        at, to = sorted((chance.randrange(len(body) + 1), chance.randrange(len(body) + 1)))
        match chance.randrange(4):
            case 0:
                del body[at : min(to, at + 30)]
            case 1:
                body[at:at] = body[at : min(to, at + 60)]
            case 2:
                body[at:at] = chance.choice(_PIECES)
            case _:
                body[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(body)
