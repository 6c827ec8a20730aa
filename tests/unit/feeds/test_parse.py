"""What is read of a document: RSS, RDF, Atom and JSON Feed, sound or damaged."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotAFeed
from bot.feeds.parse import Document, parse_feed
from bot.feeds.prints import prints_of
from tests.unit.feeds.feed_documents import NOW, URL, parsed, rss


def test_entries_come_with_what_they_can_be_told_by() -> None:
    item = f"<title>A Title</title><link>https://www.news.example/1?utm_source=x</link><description>{'word ' * 9}"
    of_rss = parsed(rss(f"{item}</description>")).entries
    listed = [{"id": "1", "url": "https://news.example/1", "title": "A Title", "content_text": "word " * 9}]
    version = "https://jsonfeed.org/version/1.1"
    of_json = parsed(json.dumps({"version": version, "title": "News", "items": listed})).entries
    for (entry,) in (of_rss, of_json):
        assert entry.prints == prints_of(replace(entry, prints=None))
        assert (entry.prints.link, entry.prints.title) == ("news.example/1", "a title")
        assert entry.prints.content


def test_rss_gives_title_link_author_date_and_the_fullest_content() -> None:
    feed = parsed(
        """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
           xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
           <title>News &amp;amp; Views</title><link>https://news.example/</link><language>en_GB</language><ttl>30</ttl>
           <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
           <skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
           <item><title>A <b>bold</b> &lt;i&gt;title&lt;/i&gt;</title><link>/a?x=1&amp;y=2</link>
           <guid isPermaLink="false">urn:1</guid>
           <dc:creator>Ann Author</dc:creator><pubDate>Tue, 03 Mar 2026 10:00:00 +0200</pubDate>
           <description>Short.</description>
           <content:encoded><![CDATA[<p>Long <b>content</b></p>]]></content:encoded></item>
           </channel></rss>"""
    )
    assert (feed.title, feed.site_url, feed.language) == ("News & Views", "https://news.example/", "en-gb")
    assert (feed.ttl, feed.skip_hours, feed.skip_days) == (timedelta(hours=12), frozenset({0, 1}), frozenset({6}))
    (entry,) = feed.entries
    assert (entry.key, entry.url, entry.author) == ("urn:1", "https://news.example/a?x=1&y=2", "Ann Author")
    assert "title" in entry.title
    assert "<" not in entry.title
    assert entry.published_at == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert entry.html == "<p>Long <b>content</b></p>"


def test_atom_is_read() -> None:
    feed = parsed(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Atom</title><id>urn:f</id>
           <entry><id>urn:e</id><title type="html">&lt;b&gt;T&lt;/b&gt;</title>
           <link rel="alternate" href="../e.html"/>
           <updated>2026-03-01T00:00:00Z</updated><author><name>Bo</name></author><summary>S</summary></entry></feed>"""
    )
    (entry,) = feed.entries
    assert (entry.key, entry.url, entry.title, entry.author) == ("urn:e", "https://news.example/e.html", "T", "Bo")
    assert entry.published_at == datetime(2026, 3, 1, tzinfo=UTC)


def test_rdf_is_read() -> None:
    feed = parsed(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
           xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>RDF</title></channel>
           <item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link>
           <dc:date>2026-03-01T00:00:00Z</dc:date></item></rdf:RDF>"""
    )
    assert [(e.url, e.published_at) for e in feed.entries] == [
        ("https://news.example/1", datetime(2026, 3, 1, tzinfo=UTC))
    ]


def test_json_feed_is_read_and_bad_items_are_skipped() -> None:
    feed = parsed(
        """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "https://news.example/",
            "language": "en", "items": [
            {"id": 7, "url": "/seven", "title": "Seven",
             "content_text": "One <two>\\n\\nThree",
             "date_published": "2026-03-01T10:00:00+01:00", "authors": [{"name": "A"}, {"name": "B"}, 3]},
            {"id": "8", "external_url": "https://other.example/8", "content_html": "<p>x</p>",
             "author": {"name": "C"},
             "date_modified": "2026-03-01"},
            17, {}, {"id": "", "title": 5}]}"""
    )
    seven, eight = feed.entries
    assert (seven.key, seven.url, seven.author) == ("7", "https://news.example/seven", "A, B")
    assert seven.html == "<p>One &lt;two&gt;</p><p>Three</p>"
    assert seven.published_at == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    assert (eight.url, eight.author, eight.published_at) == (
        "https://other.example/8",
        "C",
        datetime(2026, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"<!DOCTYPE html><html><body><p>Hello", "web page"),
        (b'<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml"/>', "web page"),
        (b"Just words.", "no feed"),
        (b'{"a": 1}', "not a JSON Feed"),
        (b'{"a": ', "neither XML nor valid JSON"),
        (b"[" * 100_000, "neither XML nor valid JSON"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "not a JSON Feed"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>', "declares"),
        (b"<!DOCTYPE r [<!ELEMENT a ANY>]><rss/>", "declares"),
        (
            b"<rss><channel><item " + b" ".join(b'a%d="1"' % n for n in range(20_000)) + b"/></channel></rss>",
            "attributes",
        ),
        (b"<rss><channel>" + b"<a>" * 100_000, "deep"),
        (b"x" * 10_000_001, "too large"),
    ],
)
def test_what_is_no_feed_or_an_attack_is_refused_in_words(body: bytes, message: str) -> None:
    with pytest.raises(NotAFeed, match=message):
        parsed(body)


@pytest.mark.parametrize("flaw", ["", "<br>&nbsp;"])
def test_no_more_than_the_first_300_entries_are_read(flaw: str) -> None:
    items = [f"<title>T{n}</title><guid>g{n}</guid>" for n in range(5000)]
    feed = parsed(rss(*items).replace("</channel>", flaw + "</channel>"))
    assert [entry.key for entry in feed.entries] == [f"g{n}" for n in range(300)]


def test_an_emoji_in_two_references_does_not_damage_the_feed() -> None:
    body = rss("<title>Storm &#55356;&#57098; ahead&#55356;</title><guid>1</guid>").encode()
    (entry,) = parsed(body).entries
    assert entry.title == "Storm 🌊 ahead"


def test_undeclared_prefixes_and_links_without_an_end_lose_no_entry() -> None:
    prefixed = rss("<rss:title>A</rss:title><link>https://news.example/a\n<title>B</title>").replace(
        "item>", "rss:item>"
    )
    damaged = prefixed.replace("</channel>", "<b></channel>")  # which no fix makes well-formed
    for document in (prefixed, damaged):
        assert [entry.url for entry in parsed(document).entries] == ["https://news.example/a"]


def test_utf8_beats_a_wrong_declaration_and_illegal_characters_go() -> None:
    body = rss("<title>Gr\u00fc\x0b\u00dfe &#x1F;</title><guid>1</guid>").encode()
    body = body.replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="iso-8859-1"?>')
    assert parsed(body, "text/xml; charset=latin-1").entries[0].title == "Gr\u00fc\u00dfe"


def test_a_future_date_is_now_and_a_missing_or_absurd_one_is_none() -> None:
    feed = parsed(
        rss(
            "<guid>1</guid><title>a</title><pubDate>Tue, 03 Mar 2099 10:00:00 GMT</pubDate>",
            "<guid>2</guid><title>b</title>",
            "<guid>3</guid><title>c</title><pubDate>whenever</pubDate>",
            "<guid>4</guid><title>d</title><pubDate>Tue, 03 Mar 0001 10:00:00 GMT</pubDate>",
        )
    )
    assert [entry.published_at for entry in feed.entries] == [NOW, None, None, None]


def test_links_that_are_no_web_addresses_are_dropped() -> None:
    feed = parsed(
        rss(
            "<guid isPermaLink='false'>1</guid><link>javascript:alert(1)</link>",
            "<guid isPermaLink='false'>2</guid><link>https://news.example/" + "x" * 3000 + "</link>",
            "<guid isPermaLink='false'>3</guid><enclosure url='https://news.example/3.mp3' type='audio/mpeg'/>",
        )
    )
    assert [entry.url for entry in feed.entries] == [None, None, "https://news.example/3.mp3"]


ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'


@pytest.mark.parametrize(
    "document",
    [
        f"""<rss version="2.0" {ATOM}><channel><title>News</title><atom:link rel="hub" href="https://hub.example/"/>
        <atom:link href="/feeds/self" rel="self"/><item><guid>1</guid><atom:link rel="hub" href="https://no.example/"/>
        </item></channel></rss>""",
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link rel="hub" href="https://hub.example/"/>
        <link rel="self" href="https://news.example/feeds/self"/><link rel="hub" href="javascript:x"/>
        <entry><id>1</id><title>t</title></entry></feed>""",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "feed_url": "https://news.example/feeds/self",
                "hubs": [
                    {"type": "rssCloud", "url": "https://no.example/"},
                    {"type": "WebSub", "url": "https://hub.example/"},
                    {"type": "WebSub", "url": 7},
                    "https://no.example/",
                ],
                "items": [{"id": "1", "title": "t"}],
            }
        ),
    ],
)
def test_a_document_names_its_hubs_and_itself(document: str) -> None:
    feed = parsed(document)
    assert (feed.hubs, feed.self_url) == (("https://hub.example/",), "https://news.example/feeds/self")


def test_hubs_are_named_also_where_all_entries_are_known() -> None:
    links = '<atom:link rel="hub" href="https://hub.example/"/>'
    document = (
        f'<rss version="2.0" {ATOM}><channel><title>News</title>{links}<item><guid>1</guid></item></channel></rss>'
    )
    first = parsed(document)
    again = parse_feed(Document(document.encode(), URL, None, NOW, first.item_hashes))
    assert (again.entries, again.left_out, again.hubs) == ((), 1, ("https://hub.example/",))


def test_a_flood_of_hubs_is_cut() -> None:
    links = "".join(f'<atom:link rel="hub" href="https://hub.example/{n}"/>' for n in range(100))
    document = f'<rss version="2.0" {ATOM}><channel>{links}<item><guid>1</guid></item></channel></rss>'
    assert len(parsed(document).hubs) == 10


def test_categories_cost_nothing_and_lose_nothing() -> None:
    """feedparser would look each up among all others of its entry."""
    import feedparser

    from bot.feeds import documents  # noqa: F401 - changes how feedparser reads categories

    inner = "".join(f"<category>c{n}</category>" for n in range(50)) + "<title>t</title>"
    keywords = f"<itunes:keywords>{','.join(f'k{n}' for n in range(50))}</itunes:keywords>"
    head = '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>x</title>'
    (entry,) = feedparser.parse(f"{head}<item>{inner}{keywords}</item></channel></rss>").entries
    assert entry.title == "t"
    assert not entry.tags
