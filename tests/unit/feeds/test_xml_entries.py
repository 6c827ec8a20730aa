"""Links and authors of entries are those that the feed means."""

import pytest

from bot.feeds.parse import Document, parse_feed
from bot.model.feeds import ParsedEntry, ParsedFeed
from tests.unit.feeds.feed_documents import NOW, parsed, rss

ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>A</title><id>urn:f</id>{head}'
    "<entry><id>urn:1</id><title>T</title>{entry}</entry></feed>"
)


def atom(entry: str, head: str = "", attributes: str = "") -> ParsedEntry:
    (found,) = parsed(ATOM.format(entry=entry, head=head, attributes=attributes)).entries
    return found


def item(inner: str, head: str = "<title>News</title>") -> ParsedEntry:
    (found,) = parsed(rss(f"<title>T</title>{inner}", head=head)).entries
    return found


@pytest.mark.parametrize(
    "inner",
    [
        "<link></link><guid>https://news.example/a/1</guid>",
        "<link/><guid isPermaLink='true'>https://news.example/a/1</guid>",
        "<guid>https://news.example/a/1</guid><link>\n</link>",
        "<guid>https://news.example/a/1</guid><link><![CDATA[]]></link>",
        "<guid>https://news.example/a/1</guid><enclosure url='https://cdn.example/1.mp3' type='audio/mpeg'/>",
    ],
)
def test_a_permanent_guid_is_the_link_of_an_entry_without_one(inner: str) -> None:
    assert item(inner).url == "https://news.example/a/1"


@pytest.mark.parametrize(
    "inner",
    ["<link/><guid isPermaLink='false'>https://news.example/a/1</guid>", "<guid>12345</guid>", "<guid>a/1</guid>"],
)
def test_a_guid_that_is_no_address_or_says_so_is_no_link(inner: str) -> None:
    assert item(inner).url is None


def test_the_address_that_feedburner_hides_is_the_link() -> None:
    inner = (
        "<link>https://feeds.example/~r/news/~3/abc/</link>"
        '<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://news.example/a/1?x=1&amp;y=2</f:origLink>'
    )
    assert item(inner).url == "https://news.example/a/1?x=1&y=2"


PAGE = '<link rel="alternate" type="text/html" href="https://news.example/a/1"/>'


@pytest.mark.parametrize(
    "links",
    [
        PAGE + '<link rel="alternate" href="at://did:plc:abc/app.bsky.feed.post/1"/>',
        '<link rel="alternate" type="application/atom+xml" href="https://news.example/a/1.atom"/>' + PAGE,
        '<link rel="alternate" type="application/json" href="https://news.example/a/1.json"/>' + PAGE,
        '<link rel="replies" type="text/html" href="https://news.example/a/1#c"/>' + PAGE,
        '<link rel="enclosure" type="audio/mpeg" href="https://cdn.example/1.mp3"/>' + PAGE,
        '<link href="https://news.example/a/1"/><link href="https://news.example/other"/>',
        '<link hreflang="en" href="https://news.example/en/1"/><link hreflang="de-AT" href="https://news.example/a/1"/>',
        '<link hreflang="fr" href="https://news.example/fr/1"/><link href="https://news.example/a/1"/>',
        '<link rel="http://www.iana.org/assignments/relation/alternate" href="https://news.example/a/1"/>',
        '<content type="text/html" src="https://news.example/a/1"/><link rel="via" href="https://b.example/"/>',
    ],
)
def test_of_several_links_that_of_the_page_in_the_feeds_language_counts(links: str) -> None:
    assert atom(links, attributes='xml:lang="de"').url == "https://news.example/a/1"


def test_relative_links_of_rss_are_relative_to_the_site() -> None:
    head = "<title>N</title><link>https://site.example/section/</link>"
    assert item("<link>story.html</link>", head).url == "https://site.example/section/story.html"
    assert item("<link>/story.html</link>", head).url == "https://site.example/story.html"
    assert item("<link>/story.html</link>").url == "https://news.example/story.html"


def test_relative_links_of_atom_are_relative_to_their_base_the_document_or_the_site_it_is_served_for() -> None:
    link = '<link href="story.html"/>'
    assert atom(link).url == "https://news.example/feeds/story.html"
    assert atom(link, '<link href="https://news.example/home/"/>').url == "https://news.example/feeds/story.html"
    assert atom(link, '<link href="https://site.example/home/"/>').url == "https://site.example/home/story.html"
    assert atom(link, attributes='xml:base="https://b.example/x/"').url == "https://b.example/x/story.html"


def test_a_base_counts_for_its_element_and_for_no_other() -> None:
    feed = parsed(
        rss(
            "<guid isPermaLink='false'>1</guid><link>/1</link><description xml:base='https://c.example/'>x</description>",
            "<guid isPermaLink='false'>2</guid><link xml:base='https://b.example/'>/2</link>",
            "<guid isPermaLink='false'>3</guid><link>/3</link>",
        )
    )
    assert [e.url for e in feed.entries] == [
        "https://news.example/1",
        "https://b.example/2",
        "https://news.example/3",
    ]


DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


@pytest.mark.parametrize(
    ("inner", "author"),
    [
        (
            f"<dc:creator {DC}>Ann Author</dc:creator><dc:creator {DC}>Bo Byline</dc:creator>",
            "Ann Author, Bo Byline",
        ),
        ("<author>ann@news.example (Ann Author)</author>", "Ann Author"),
        ("<author>Ann Author &lt;ann@news.example&gt;</author>", "Ann Author"),
        ("<author>Ann Author (ann@news.example)</author>", "Ann Author"),
        ("<author>by Ann Author</author>", "Ann Author"),
        ("<author>Byron Byline</author>", "Byron Byline"),
        ("<author>ann@news.example</author>", "ann@news.example"),
        (f"<author>ann@news.example</author><dc:creator {DC}>Ann Author</dc:creator>", "Ann Author"),
        (f"<dc:creator {DC}>Ann &amp;amp; Bo</dc:creator><author>Ann &amp;amp; Bo</author>", "Ann & Bo"),
        (f"<dc:creator {DC}/>", None),
        ("", None),
    ],
)
def test_all_authors_of_an_item_are_kept_and_an_editor_is_none(inner: str, author: str | None) -> None:
    head = "<title>N</title><managingEditor>ed@news.example (Ed Editor)</managingEditor>"
    assert item(inner, head).author == author


def test_entries_of_atom_inherit_the_authors_of_their_source_or_of_the_feed() -> None:
    feed_author = "<author><name>The Desk</name></author>"
    own = "<author><name>Ann</name></author><author><name>Bo</name><email>b@x.example</email></author>"
    source = "<source><id>urn:s</id><author><name>Cy</name></author></source>"
    assert atom(own, feed_author).author == "Ann, Bo"
    assert atom("", feed_author).author == "The Desk"
    assert atom(source, feed_author).author == "Cy"


@pytest.mark.parametrize("title", ["AT&T and R&D", "Q&A; a&b", "Tom & Jerry"])
def test_an_ampersand_that_is_not_escaped_comes_out_as_written(title: str) -> None:
    assert parsed(rss(f"<guid>1</guid><title>{title}</title>")).entries[0].title == title


@pytest.mark.parametrize(
    "source", ["The &lt;head&gt; element", "The <![CDATA[<head>]]> element", "The &amp;lt;head&amp;gt; element"]
)
def test_a_tag_that_a_title_is_about_comes_out_as_written(source: str) -> None:
    assert item("<guid>1</guid>").title == "T"
    assert parsed(rss(f"<guid>1</guid><title>{source}</title>")).entries[0].title == "The <head> element"


def numbered(count: int, *, newest_first: bool, dated: bool = True, broken: bool = False) -> list[str]:
    days = [
        f"<pubDate>{1 + n % 28:02} {'Jan' if n < 28 * 12 else 'Feb'} {1990 + n // 28} 10:00:00 GMT</pubDate>"
        for n in range(count)
    ]
    items = [
        f"<guid>{n}</guid><title>T{n}{' & <' if broken else ''}</title>{days[n] if dated else ''}"
        for n in range(count)
    ]
    return items[::-1] if newest_first else items


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("broken", [False, True])
def test_of_a_long_feed_the_newest_entries_are_read_wherever_they_stand(newest_first: bool, broken: bool) -> None:
    feed = parsed(rss(*numbered(420, newest_first=newest_first, broken=broken)))
    assert {entry.key for entry in feed.entries} == {str(n) for n in range(120, 420)}


def test_of_a_long_feed_without_dates_what_is_added_is_read_wherever_it_stands() -> None:
    def read(items: list[str], known: bytes = b"") -> ParsedFeed:
        return parse_feed(Document(rss(*items).encode(), "https://news.example/feed", "text/xml", NOW, known))

    items = numbered(400, newest_first=False, dated=False)
    before = read(items)
    assert len(before.entries) == 300
    added = "<guid>new</guid><title>N</title>"
    for place in (0, 200, 400):
        after = read([*items[:place], added, *items[place:]], before.item_hashes)
        assert [entry.key for entry in after.entries] == ["new"]
