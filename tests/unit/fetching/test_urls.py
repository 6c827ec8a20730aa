"""Addresses taken apart: whatever is written, nothing but AddressRefused is raised."""

import asyncio
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.articles.manners import _is_own, _site
from bot.articles.robots import RobotsRules
from bot.articles.walls import wall_of_address
from bot.errors import AddressRefused, FetchFailed
from bot.feeds.discovery import written_address
from bot.feeds.known_sites import known_site_feeds
from bot.fetching.canonical_url import canonical_url, host_of, same_site
from bot.fetching.client import _redirected
from bot.fetching.exchange import Addresses
from bot.fetching.urls import parts_of, url_of, with_plain_host

PARTS = (
    *("http", "https", "HTTP", "ftp", "javascript", "user:x@", ":", "//", "/", "@", "[", "]", "[]", "[v1.", "::"),
    *(
        "::1",
        "fe80::a",
        "%25eth0",
        "%",
        "%00",
        "%zz",
        "\x00",
        "\r",
        "\n",
        " ",
        "\t",
        "\\",
        "?",
        "#",
        "&",
        "=",
        "..",
    ),
    *(
        ".",
        "a",
        "xn--",
        "xn--a",
        "é",
        "ß",
        "۱",
        "。",
        "\ud800",
        "\udcff",
        "1",
        "0x7f",
        "127.0.0.1",
        "65536",
        ":80",
    ),
    *(
        ":0",
        ":-1",
        ":٣",
        "example.com",
        "-",
        "_",
        "*",
        "|",
        "^",
        "`",
        "{",
        "<",
        "'",
        '"',
        "\u200d",
        "\u202e",
        "😀",
    ),
    *("a" * 64, "a" * 300, "℀", "İ", "%e2%84%80", "[::ffff:1.2.3.4]", "9" * 30, "&amp;", "${x}", "%5B", "%40"),
)
KNOWN = [
    *(
        "http://[v1.fe80::a]/x",
        "http://[]@",
        "https://[a:-1]:80//[%e2%84%80",
        "http://xn--/",
        "http://[::1%25eth0]/",
    ),
    *(
        "http://a..b/",
        "http://" + "a" * 64 + ".example/",
        "http://a:99999/",
        "//[",
        "[]=@",
        "N/A",
        "",
        "http://a b/",
    ),
]
odd = st.lists(st.sampled_from(PARTS), max_size=8).map("".join)
ADDRESSES = st.one_of(odd, odd.map("http://".__add__), st.text(max_size=20).map("https://".__add__))


def try_everything(text: str, addresses: Addresses) -> None:
    """Give `text` to all that takes addresses from outside; only AddressRefused and FetchFailed may be raised."""
    parts_of(text)
    host_of(text)
    same_site(text, canonical_url(text))
    wall_of_address(text, text)
    RobotsRules().allow(text)
    for taken in (
        addresses.of,
        url_of,
        lambda url: _is_own(_site(url)),
        lambda url: known_site_feeds(written_address(url)),
    ):
        try:
            taken(text)
        except AddressRefused:
            continue
    try:
        redirected = _redirected("http://a.example/b", text)
    except FetchFailed:
        return
    try:
        address = addresses.of(redirected)
    except AddressRefused:
        return
    address.target.encode("ascii")
    address.origin.head.encode("ascii")


@pytest.mark.parametrize("allow_private", [True, False])
def test_no_address_raises_anything_but_a_refusal(allow_private: bool) -> None:
    chance = random.Random(0)

    async def every() -> None:
        addresses = Addresses(allow_private=allow_private)
        for text in KNOWN:
            try_everything(text, addresses)
        for _ in range(15_000):
            start = chance.choice(["", "http://", "https://", "//"])
            try_everything(start + "".join(chance.choices(PARTS, k=chance.randint(0, 8))), addresses)

    asyncio.run(every())


@given(ADDRESSES)
@settings(max_examples=300, deadline=None)
def test_every_part_of_what_is_taken_for_an_address_can_be_read(text: str) -> None:
    try:
        url = url_of(text)
    except AddressRefused:
        return
    assert URL(str(url)) == url
    assert url.raw_host
    assert str(url).isascii()
    assert url.origin()
    assert url.human_repr()


@pytest.mark.parametrize("text", [text for text in KNOWN if "::1" not in text])
def test_addresses_that_once_ended_a_step_are_refused(text: str) -> None:
    with pytest.raises(AddressRefused):
        url_of(text)


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("../c?d=e", "http://a.example/c?d=e"),
        ("//b.example/", "http://b.example/"),
        ("HTTPS://ü.example/", "https://xn--tda.example/"),
    ],
)
def test_a_link_is_read_as_it_is_meant_on_its_page(link: str, meant: str) -> None:
    assert str(url_of(link, base="http://a.example/b/x")) == meant


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("HTTPS://News.Example/Feed?A=B", "https://news.example/Feed?A=B"),
        ("http://NEWS.example", "http://news.example/"),
        ("https://news.example:443?x", "https://news.example?x"),
        ("http://news.example:443/", "http://news.example:443/"),
        ("https://Grüße.example/Ä", "https://xn--gre-6ka8l.example/Ä"),
        ("https://\u202e.example/x", "https://\u202e.example/x"),
        ("https://", "https://"),
        ("http://Ann:Word@News.example/", "http://Ann:Word@news.example/"),
        ("javascript:Alert(1)", "javascript:Alert(1)"),
        ("Just text", "Just text"),
    ],
)
def test_scheme_and_host_have_one_form(address: str, plain: str) -> None:
    assert with_plain_host(address) == plain
    assert with_plain_host(plain) == plain
