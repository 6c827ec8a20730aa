"""Lists of feeds go out and come back; what is no list is refused."""

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
