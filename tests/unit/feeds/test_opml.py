"""Lists of feeds go out and come back; what is no list is refused."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.feeds.opml import OpmlFeed, listed_feeds, opml_of


def test_folders_are_flattened_and_addresses_named_once() -> None:
    opml = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Folder">
      <outline type="rss" text="A &amp;amp; B" xmlUrl="https://a.example/feed"/>
      <outline title="Again" xmlURL="https://a.example/feed"/><outline text="No address"/></outline>
      <outline xmlUrl=" https://b.example/ "/></body></opml>"""
    assert listed_feeds(opml) == (OpmlFeed("https://a.example/feed", "A & B"), OpmlFeed("https://b.example/", ""))


def opml(*outlines: str, root: str = '<opml version="2.0">') -> bytes:
    return f"<?xml version='1.0'?>{root}<body>{''.join(outlines)}</body></opml>".encode()


@pytest.mark.parametrize(
    ("outline", "feed"),
    [
        ('xmlUrl="https://a.example/f?x=1&y=2"', OpmlFeed("https://a.example/f?x=1&y=2")),
        ('xmlUrl="https://a.example/f?x=1&copy=2&lt=3"', OpmlFeed("https://a.example/f?x=1&copy=2&lt=3")),
        ('xmlUrl="https://a.example/f?x=1&amp;y=2"', OpmlFeed("https://a.example/f?x=1&y=2")),
        ('xmlUrl="https://a.example/f?x=1&amp;amp;y=2"', OpmlFeed("https://a.example/f?x=1&y=2")),
        (
            'text="The "Best" Blog" xmlUrl="https://a.example/f"',
            OpmlFeed("https://a.example/f", 'The "Best" Blog'),
        ),
        ("text='Ann's Blog' xmlUrl='https://a.example/f'", OpmlFeed("https://a.example/f", "Ann's Blog")),
        (
            'xmlUrl="https://a.example/f" text="5" tall & a < b"',
            OpmlFeed("https://a.example/f", '5" tall & a < b'),
        ),
        (
            'text="Caf&eacute; &amp; Bar" xmlUrl="https://a.example/f"',
            OpmlFeed("https://a.example/f", "Café & Bar"),
        ),
        ('XMLURL="https://a.example/f" Title="A"', OpmlFeed("https://a.example/f", "A")),
        ('type="rss" url="https://a.example/f"', OpmlFeed("https://a.example/f")),
        ('xmlUrl="feed://a.example/f"', OpmlFeed("http://a.example/f")),
        ('xmlUrl="feed:https://a.example/f"', OpmlFeed("https://a.example/f")),
        ('xmlUrl="feed://https://a.example/f"', OpmlFeed("https://a.example/f")),
        ('xmlUrl="ITPC://a.example/f"', OpmlFeed("http://a.example/f")),
        ('xmlUrl="\u200bhttps://a.example/f\ufeff"', OpmlFeed("https://a.example/f")),
        ('xmlUrl="https://a.example/f text="A"', OpmlFeed("https://a.example/f", "A")),
        ('xmlUrl="HTTPS://A.Example/Feed"', OpmlFeed("https://a.example/Feed")),
        ('xmlUrl="file:///etc/passwd"', OpmlFeed("file:///etc/passwd")),
    ],
)
def test_an_address_comes_out_as_it_was_meant(outline: str, feed: OpmlFeed) -> None:
    other = '<outline xmlUrl="https://b.example/f" text="B"/>'
    for ending in ("/>", "></outline>", " />\n"):
        for broken in ("", '<outline text="a "b" c">'):  # what is damaged elsewhere changes nothing
            assert listed_feeds(opml(broken, f"<outline {outline}{ending}", other)) == (
                feed,
                OpmlFeed("https://b.example/f", "B"),
            )


@pytest.mark.parametrize(
    "root",
    [
        '<opml xmlns="http://opml.org/spec2" version="2.0">',
        '<o:opml xmlns:o="http://opml.org/spec2">',
        "<OPML>",
        "<!DOCTYPE opml><opml>",
        "<!-- of Ann --><opml>",
    ],
)
def test_a_list_may_have_a_namespace_and_a_head_of_any_kind(root: str) -> None:
    end = "</o:opml>" if "o:opml" in root else "</OPML>" if "OPML" in root else "</opml>"
    body = f'{root}<body><outline xmlUrl="https://a.example/f"/></body>{end}'.encode()
    assert listed_feeds(body) == (OpmlFeed("https://a.example/f"),)


def test_one_address_in_two_cases_is_one_feed() -> None:
    outlines = [
        f'<outline xmlUrl="{url}"/>'
        for url in ("https://A.example/f", "HTTPS://a.example/f", "https://a.example/F")
    ]
    assert [feed.url for feed in listed_feeds(opml(*outlines))] == ["https://a.example/f", "https://a.example/F"]


def test_lists_in_other_charsets_are_read() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?><opml><body><outline text="新闻" xmlUrl="https://a.example/f"/></body></opml>'
    assert listed_feeds(text.encode("gbk")) == (OpmlFeed("https://a.example/f", "新闻"),)


@pytest.mark.parametrize(
    "part", ['<outline a="', '<outline xmlUrl="x" ', "a='\" b=\"' ", "<!--", "<outline ", "&", '="']
)
def test_a_list_of_two_megabytes_of_anything_is_read_at_once(part: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        with suppress(BadInput):
            listed_feeds(b"<opml><body><outline " + part.encode() * count)
        return time.process_time() - started

    seconds(1000)
    assert seconds(160_000) < 40 * seconds(16_000) + 0.1


@given(
    st.lists(
        st.builds(
            OpmlFeed,
            url=st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9?=&]{0,20}", fullmatch=True),
            title=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30),
        ),
        min_size=1,
        max_size=20,
        unique_by=lambda feed: feed.url,
    )
)
def test_what_goes_out_comes_back(feeds: list[OpmlFeed]) -> None:
    assert listed_feeds(opml_of(feeds)) == tuple(feeds)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<html/>",
        b"<opml/>",
        b"<opml><body><outline text='x'/></body></opml>",
        b"x" * 2_000_001,
        b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body><outline xmlUrl="https://a.example/&a;"/></body></opml>',
    ],
)
def test_what_is_no_list_of_feeds_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        listed_feeds(body)


def test_too_many_feeds_are_refused() -> None:
    with pytest.raises(BadInput, match="more than"):
        listed_feeds(opml_of(OpmlFeed(f"https://a.example/{n}") for n in range(5001)))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_refused(body: bytes) -> None:
    for candidate in (body, b"<opml><body>" + body):
        with suppress(BadInput):
            assert listed_feeds(candidate)
