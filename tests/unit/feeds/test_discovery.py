"""What people paste becomes an address; pages of known sites become their feeds."""

import pytest

from bot.errors import AddressRefused
from bot.feeds.discovery import well_known, written_address
from bot.feeds.known_sites import known_site_feeds
from bot.feeds.links import page_links


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("example.org", "https://example.org"),
        (" <https://example.org/feed> ", "https://example.org/feed"),
        ("feed://example.org/rss", "http://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("//example.org/x", "https://example.org/x"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("HTTP://Example.org", "http://example.org/"),
        ("localhost:99/x", "https://localhost:99/x"),
        ("@name@social.example", "https://social.example/@name"),
        ("@name.bsky.social", "https://bsky.app/profile/name.bsky.social"),
        ("at://did:plc:abc/app.bsky.feed.post/1", "https://bsky.app/profile/did:plc:abc"),
        ("acct:name@social.example", "https://social.example/@name"),
        ("!news@community.example", "https://community.example/c/news"),
        ("/r/news/", "https://www.reddit.com/r/news"),
        ("UC0123456789abcdefghij_-", "https://www.youtube.com/channel/UC0123456789abcdefghij_-"),
        ("rss://a.example/feed", "http://a.example/feed"),
        ("feed://https://a.example/feed", "https://a.example/feed"),
        ("`https://a.example/feed`", "https://a.example/feed"),
        ("[The Times](https://a.example/feed)", "https://a.example/feed"),
        ('<a href="https://a.example/feed">Feed</a>', "https://a.example/feed"),
        ("See https://a.example/feed.", "https://a.example/feed"),
        ("https://a.example/Inc.", "https://a.example/Inc."),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("(https://a.example/x_(y))", "https://a.example/x_(y)"),
        ("https://a.example/?url=https://b.example", "https://a.example/?url=https://b.example"),
        ("https://https://a.example/feed", "https://a.example/feed"),
        ("view-source:https://a.example/feed", "https://a.example/feed"),
        ("https:/a.example/feed", "https://a.example/feed"),
        ("http//a.example/feed", "http://a.example/feed"),
        ("https:\\\\a.example\\feed", "https://a.example/feed"),
        ("\u200bhttps://a.example/feed\ufeff", "https://a.example/feed"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
    ],
)
def test_pasted_addresses_are_completed(pasted: str, address: str) -> None:
    assert written_address(pasted) == address


@pytest.mark.parametrize(
    "pasted", ["", "hello", "two words.org", "mailto:a@b.example", "ftp://example.org", "https://["]
)
def test_what_is_no_address_is_refused(pasted: str) -> None:
    with pytest.raises(AddressRefused):
        written_address(pasted)


@pytest.mark.parametrize("page", ["https://github.com/owner/repo", "https://www.github.com/owner/repo.git/"])
def test_a_repository_has_feeds_of_its_releases_commits_and_tags(page: str) -> None:
    feeds = [f"https://github.com/owner/repo/{name}.atom" for name in ("releases", "commits", "tags")]
    assert known_site_feeds(page) == tuple(feeds)


def test_well_known_paths_are_looked_for_beside_the_page_and_at_the_root() -> None:
    assert well_known("https://a.example/blog/")[:3] == [
        "https://a.example/blog/feed",
        "https://a.example/feed",
        "https://a.example/rss",
    ]


def test_a_page_names_its_feeds_declared_ones_first_comments_last_and_no_wp_json() -> None:
    page = b"""<html><head><base href="https://cdn.example/base/"/>
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/feed">
      <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="main.atom#x">
      <link rel="stylesheet" type="text/css" href="feed.css"><link rel="alternate" hreflang="de" href="/de">
      <link rel="alternate" type="application/feed+json" href="feed.json">
      <link rel="alternate" type="application/rss+xml" href="http://[">
      </head><body><a href="https://a.example/world/rss">RSS</a><a href="https://b.example/rss">x</a>
      <a href="https://a.example/feedback">x</a>"""
    assert page_links(page, "https://a.example/", "text/html").feeds == (
        "https://cdn.example/base/main.atom",
        "https://cdn.example/base/feed.json",
        "https://cdn.example/comments/feed/",
        "https://a.example/world/rss",
    )


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<link rel='alternate' type='text/xml' href='/x'>", "/x"),
        ("<link rel='alternate' type='application/json' href='/x'>", "/x"),
        ("<link rel='feed' href='/x'>", "/x"),
        ("<link rel='alternate' type='application/rss+xml' href='feed://a.example/x'>", "/x"),
        ("<a href='/x'>RSS</a>", "/x"),
        ("<a href='/x'><img src='/i.png' alt='RSS feed'></a>", "/x"),
        ("<a href='/x' aria-label='Atom'><svg></svg></a>", "/x"),
        ("<a href='/x' title='Subscribe via RSS'><i class='i'></i></a>", "/x"),
        ("<a href='/x'><i class='fa fa-rss'></i></a>", "/x"),
        ("<a href='/x'>Feedback</a>", None),
        (
            "<a href='/x'>How the Senate fed the rumour about RSS readers, which nobody had expected at all</a>",
            None,
        ),
        ("<a href='https://b.example/x'>RSS</a>", None),
        ("<link rel='alternate' type='application/json+oembed' href='/x'>", None),
        ("<a href='/x'>RSS</a><a href='/feed.xml'>x</a>", "/feed.xml"),
    ],
)
def test_links_that_are_called_feeds_are_tried_if_none_is_declared(body: str, path: str | None) -> None:
    page = f"<html><body>{body}</body></html>".encode()
    found = page_links(page, "https://a.example/", "text/html").feeds
    assert [address.partition("a.example")[2] for address in found] == ([path] if path else [])


def test_on_a_page_about_feeds_xml_files_are_feeds() -> None:
    page = b"<ul><li><a href='/r/world.xml'>World</a></li><li><a href='/about'>About</a></li></ul>"
    assert page_links(page, "https://a.example/rss", "text/html").feeds == ("https://a.example/r/world.xml",)
    assert page_links(page, "https://a.example/news", "text/html").feeds == ()


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"\x00\xff", b"<" * 1000, b"<?xml version='1.0' encoding='x'?>", b"<div>" * 50_000]
)
def test_odd_pages_name_no_feeds(body: bytes) -> None:
    assert page_links(body, "https://a.example/", None).feeds == ()
