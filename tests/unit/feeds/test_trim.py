"""Feeds read the same with and without the item trim."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import NotAFeed
from bot.feeds.parse import Document, parse_feed
from bot.feeds.schedule import own_interval
from bot.feeds.trim import known_items
from bot.model.feeds import ParsedFeed

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
URL = "https://news.example/feeds/all.xml"
ITEM = re.compile(r"<(\w+:)?(item|entry)\b.*?</(\w+:)?(item|entry)>", re.DOTALL)

RSS = '<?xml version="1.0"?><rss version="2.0" {ns}><channel><title>N</title><link>https://news.example/</link>{items}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" {ns}><title>A</title><id>urn:f</id>{items}</feed>'
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {ns}>'
    '<channel rdf:about="x"><title>R</title></channel>{items}</rdf:RDF>'
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'

FEEDS = {
    "rss 2.0": RSS.format(
        ns="",
        items="".join(
            f"<item><title>T{n} &amp;amp; more</title><link>/a/{n}?x=1&amp;y=2</link>"
            f"<guid isPermaLink='false'>g{n}</guid>"
            f"<pubDate>Tue, 0{n} Mar 2026 10:00:00 +0200</pubDate><description>&lt;p&gt;D{n}</description></item>"
            for n in (3, 2, 1)
        ),
    ),
    "rss 0.91 with a doctype": '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    '"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Old</title>'
    "<item><title>One</title><link>http://a.example/1</link></item>"
    "<item><title>Two</title><link>http://a.example/2</link></item></channel></rss>",
    "rss 0.92, no guids, no links": '<rss version="0.92"><channel><title>Old</title>'
    "<item><description>First words</description></item><item><description>Second words</description></item>"
    "<item><title>Third</title><enclosure url='http://a.example/3.mp3'/></item></channel></rss>",
    "rss 0.90": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Oldest</title></channel>'
    "<item><title>1</title><link>http://a.example/1</link></item><item><title>2</title>"
    "<link>http://a.example/2</link></item></rdf:RDF>",
    "rdf with dublin core": RDF.format(
        ns=DC,
        items="".join(
            f'<item rdf:about="https://a.example/{n}"><title>T{n}</title><link>https://a.example/{n}</link>'
            f"<dc:date>2026-03-0{n}T00:00:00Z</dc:date><dc:creator>C{n}</dc:creator></item>"
            for n in (3, 2, 1)
        ),
    ),
    "atom 1.0": ATOM.format(
        ns='xml:lang="de"',
        items="".join(
            f'<entry><id>urn:{n}</id><title type="html">&lt;b&gt;T{n}&lt;/b&gt;</title><link href="../{n}.html"/>'
            f"<updated>2026-03-0{n}T00:00:00Z</updated><author><name>Bo {n}</name></author>"
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>X{n}</p></div></content></entry>'
            for n in (3, 2, 1)
        ),
    ),
    "atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old atom</title>'
    "<entry><id>1</id><title>One</title><link rel='alternate' href='/1'/>"
    "<issued>2026-03-01T00:00:00Z</issued></entry>"
    "<entry><id>2</id><title mode='escaped'>T&amp;lt;o</title><link href='/2'/>"
    "<modified>2026-03-02T00:00:00Z</modified></entry></feed>",
    "atom with a prefix": '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title>'
    "<a:entry><a:id>1</a:id><a:title>One</a:title><a:link href='http://a.example/1'/></a:entry>"
    "<a:entry><a:id>2</a:id><a:title>Two</a:title><a:link href='http://a.example/2'/></a:entry></a:feed>",
    "media, itunes and content": RSS.format(
        ns=f"{MEDIA} {ITUNES} {CONTENT} {DC}",
        items="".join(
            f"<item><title>T{n}</title><itunes:title>I{n}</itunes:title><itunes:author>A{n}</itunes:author>"
            f"<media:group><media:title>M{n}</media:title>"
            f"<media:content url='http://a.example/{n}.mp4'/></media:group>"
            f"<media:thumbnail url='http://a.example/{n}.jpg'/>"
            f"<enclosure url='http://a.example/{n}.mp3' length='1'/>"
            f"<dc:date>2026-03-0{n}</dc:date>"
            f"<content:encoded><![CDATA[<p>Long & {n} ]]]]><![CDATA[></p>]]></content:encoded>"
            f"<guid>http://a.example/{n}</guid></item>"
            for n in (3, 2, 1)
        ),
    ),
    "namespaces on items": RSS.format(
        ns="",
        items=f"<item {DC}><title>1</title><dc:creator>One</dc:creator><guid>1</guid></item>"
        "<item xmlns:q='http://purl.org/dc/elements/1.1/'><title>2</title><q:creator>Two</q:creator><guid>2</guid></item>"
        "<item><title>3</title><guid>3</guid></item>",
    ),
    "xml:base": ATOM.format(
        ns='xml:base="http://b.example/dir/"',
        items="<entry><id>1</id><title>1</title><link href='one'/></entry>"
        "<entry xml:base='http://c.example/'><id>2</id><title>2</title><link href='two'/></entry>"
        "<entry><id>3</id><title>3</title><link xml:base='sub/' href='three'/></entry>",
    ),
    "guids that repeat": RSS.format(
        ns="",
        items="".join(
            f"<item><guid isPermaLink='false'>same</guid><link>http://a.example/{n}</link><title>{n}</title></item>"
            for n in (4, 3, 2, 1)
        )
        + "<item><guid>http://a.example/other</guid><title>other</title></item>",
    ),
    "http and https": RSS.format(
        ns="",
        items="<item><guid>http://a.example/1</guid><title>new</title></item>"
        "<item><guid>https://a.example/1</guid><title>old</title></item>"
        "<item><guid>https://a.example/2</guid><title>two</title></item>",
    ),
    "comments and instructions between": "<?xml-stylesheet href='x'?><!-- one -->"
    + RSS.partition("?>")[2].format(
        ns="",
        items="<!-- <item> --><item><title>1</title><guid>1</guid></item><?pi x?>"
        "<item><!-- in --><title>2</title><guid>2</guid></item><!-- last -->",
    ),
    "html entities": RSS.format(
        ns="",
        items="<item><title>caf&eacute;</title><guid>1</guid></item><item><title>two&nbsp;</title><guid>2</guid></item>",
    ),
    "not well formed": RSS.format(
        ns="", items="<item><title>a & b</title><guid>1</guid></item><item><title>2</title><guid>2</guid></item>"
    ),
    "an undeclared prefix": RSS.format(
        ns="",
        items="<item><x:y>1</x:y><guid>1</guid><title>1</title></item><item><guid>2</guid><title>2</title></item>",
    ),
    "items in odd places": "<rss version='2.0'><channel><title>O</title>"
    "<item><title>1</title><guid>1</guid></item>"
    "</channel><item><title>2</title><guid>2</guid></item></rss>",
    "an item within an item": RSS.format(
        ns="", items="<item><guid>1</guid><title>o</title><item><guid>2</guid><title>i</title></item></item>"
    ),
    "a base that leaks": RSS.format(
        ns="",
        items="<item xml:base='http://c.example/'><guid>1</guid><title>1</title></item>"
        "<item><link>two</link><title>2</title></item>",
    ),
    "text between": RSS.format(ns="", items="<item><guid>1</guid></item> stray <item><guid>2</guid></item>"),
    "capitals": "<RSS version='2.0'><Channel><Title>C</Title><Item><Title>1</Title><Guid>1</Guid></Item>"
    "<Item><Title>2</Title><Guid>2</Guid></Item></Channel></RSS>",
    "another charset": RSS.format(
        ns="", items="<item><title>Zürich</title><guid>1</guid></item><item><guid>2</guid></item>"
    ),
}


def read(xml: str, known: bytes = b"", encoding: str = "utf-8") -> ParsedFeed:
    return parse_feed(Document(xml.encode(encoding), URL, f"text/xml; charset={encoding}", NOW, known))


def remembered(feed: ParsedFeed) -> dict[bytes, datetime | None]:
    return {each: item.published_at for each, item in known_items(feed.item_hashes).items()}


def without(xml: str, left: set[int]) -> str:
    """Return the document as it was before the items numbered `left` came."""
    spans = [match.span() for match in ITEM.finditer(xml)]
    for start, end in [spans[n] for n in sorted(left, reverse=True) if n < len(spans)]:
        xml = xml[:start] + xml[end:]
    return xml


def check_the_same(xml: str, new: set[int], encoding: str = "utf-8") -> ParsedFeed:
    """Read `xml`, in which the items numbered `new` are new, with and without the trim, and compare."""
    before = read(without(xml, new), encoding=encoding)
    whole, trimmed = read(xml, encoding=encoding), read(xml, before.item_hashes, encoding)
    assert (trimmed.title, trimmed.site_url, trimmed.language, trimmed.ttl) == (
        whole.title,
        whole.site_url,
        whole.language,
        whole.ttl,
    )
    assert remembered(trimmed) == remembered(whole)
    # What is there is as it is without the trim, and in that order …
    kept = [entry for entry in whole.entries if entry in trimmed.entries]
    assert kept == list(trimmed.entries)
    # … and what is not there was there before, word for word.
    for entry in whole.entries:
        if entry not in trimmed.entries:
            told = {(e.url, e.title, e.html, e.published_at, e.author) for e in before.entries}
            assert (entry.url, entry.title, entry.html, entry.published_at, entry.author) in told
    return trimmed


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("new", [set(), {0}, {1}, {0, 1}])
def test_a_feed_reads_the_same_with_and_without_the_trim(name: str, new: set[int]) -> None:
    check_the_same(FEEDS[name], new, "iso-8859-15" if name == "another charset" else "utf-8")


WHOLE = {
    "items in odd places",
    "an item within an item",
    "text between",
}


@pytest.mark.parametrize("name", sorted(set(FEEDS) - WHOLE - {"guids that repeat", "http and https"}))
def test_known_items_are_left_out_and_counted(name: str) -> None:
    xml = FEEDS[name]
    count = sum(1 for _ in ITEM.finditer(re.sub("<!--.*?-->", "", xml).lower()))
    trimmed = read(xml, read(xml).item_hashes)
    assert (trimmed.entries, trimmed.left_out) == ((), count)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_documents_that_are_odd_are_read_whole(name: str) -> None:
    once = read(FEEDS[name])
    again = read(FEEDS[name], once.item_hashes)
    assert (again.entries, again.left_out) == (once.entries, 0)


def test_an_entry_edited_in_place_is_read_again() -> None:
    before = FEEDS["rss 2.0"]
    edited = before.replace("T2", "Corrected")
    trimmed = read(edited, read(before).item_hashes)
    assert [(entry.key, entry.title) for entry in trimmed.entries] == [("g2", "Corrected & more")]
    assert trimmed.left_out == 2


def test_a_base_that_changes_makes_all_entries_new() -> None:
    before = FEEDS["xml:base"]
    moved = before.replace("http://b.example/dir/", "http://elsewhere.example/")
    trimmed = read(moved, read(before).item_hashes)
    assert [e.url for e in trimmed.entries] == [
        "http://elsewhere.example/one",
        "http://elsewhere.example/sub/three",
    ]


def test_entries_that_share_a_guid_with_a_new_one_are_read_with_it_and_keep_their_keys() -> None:
    xml = FEEDS["guids that repeat"]
    before = read(without(xml, {0}))
    trimmed = check_the_same(xml, {0})
    assert trimmed.left_out == 1
    assert {e.key for e in before.entries} - {"https://a.example/other"} < {e.key for e in trimmed.entries}


def test_the_pace_of_a_feed_goes_by_the_entries_that_are_left_out_too() -> None:
    xml = FEEDS["rss 2.0"]
    whole = read(xml)
    trimmed = read(xml, whole.item_hashes)
    assert trimmed.entries == ()
    interval = own_interval(trimmed, NOW)
    assert interval is not None
    assert interval == own_interval(whole, NOW)
    assert interval < timedelta(days=1)


def test_no_more_items_are_read_than_without_the_trim() -> None:
    items = "".join(f"<item><guid>{n}</guid><title>{n}</title></item>" for n in range(400))
    xml = RSS.format(ns="", items=items)
    whole = read(xml)
    assert len(whole.entries) == 300
    trimmed = read(xml.replace("<item>", "<item><guid>new</guid></item><item>", 1), whole.item_hashes)
    assert ([e.key for e in trimmed.entries], trimmed.left_out) == (["new"], 299)


@given(st.binary(max_size=60))
def test_hashes_of_any_form_are_taken(hashes: bytes) -> None:
    whole = read(FEEDS["rss 2.0"])
    assert read(FEEDS["rss 2.0"], hashes).entries == whole.entries


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]) | st.sampled_from("&<>\"'; ]"),
    max_size=12,
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def an_item(draw: st.DrawFn, atom: bool) -> str:
    parts = []
    if draw(st.booleans()):
        name = "id" if atom else "guid"
        parts.append(
            f"<{name}>{escaped(draw(st.sampled_from(['a', 'b', 'http://x.example/1', 'c']) | TEXT))}</{name}>"
        )
    if draw(st.booleans()):
        link = escaped(draw(st.sampled_from(["/1", "/2", "http://x.example/1"]) | TEXT)).replace('"', "&quot;")
        parts.append(f'<link href="{link}"/>' if atom else f"<link>{link}</link>")
    if draw(st.booleans()):
        title = draw(st.sampled_from(["T", "U"]) | TEXT)
        cdata = draw(st.booleans()) and "]]>" not in title
        parts.append(f"<title>{f'<![CDATA[{title}]]>' if cdata else escaped(title)}</title>")
    if draw(st.booleans()):
        parts.append(f"<dc:date>2026-03-0{draw(st.integers(1, 4))}T10:00:00Z</dc:date>")
    if draw(st.booleans()):
        parts.append(f"<description>{escaped(draw(TEXT))}</description>")
    parts = draw(st.permutations(parts))
    base = ' xml:base="http://y.example/d/"' if draw(st.integers(0, 9)) == 0 else ""
    name = "entry" if atom else "item"
    return f"<{name}{base}>{''.join(parts)}</{name}>"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([RSS, ATOM, RDF]), st.sets(st.integers(0, 6), max_size=4))
def test_any_feed_reads_the_same_with_and_without_the_trim(data: st.DataObject, form: str, new: set[int]) -> None:
    items = data.draw(st.lists(an_item(form is ATOM), min_size=1, max_size=7))
    document = form.format(ns=DC, items="\n".join(items))
    left = {n for n in new if n < len(items)}
    earlier = form.format(ns=DC, items="\n".join(item for n, item in enumerate(items) if n not in left))
    try:
        before = read(earlier)
    except NotAFeed:
        return
    whole, trimmed = read(document), read(document, before.item_hashes)
    assert remembered(trimmed) == remembered(whole)
    assert [entry for entry in whole.entries if entry in trimmed.entries] == list(trimmed.entries)
    told = {(e.url, e.title, e.html, e.published_at) for e in before.entries}
    for entry in whole.entries:
        assert entry in trimmed.entries or (entry.url, entry.title, entry.html, entry.published_at) in told
