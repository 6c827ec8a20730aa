"""Compressed bodies, robots rules and addresses: what is made of an answer before anything reads it."""

import asyncio
import gzip
import zlib

import aiohttp

from benchmarks.hostile.measuring import Shape
from benchmarks.hostile.repeated import Encoded, Repeated
from bot.articles.robots import robots_rules
from bot.errors import AddressRefused
from bot.feeds.link_header import header_links
from bot.fetching.canonical_url import canonical_url
from bot.fetching.compression import unpacked
from bot.fetching.urls import url_of

MAX_BYTES = 5_000_000


def members(size: int) -> bytes:
    """Return gzip of many members."""
    member = gzip.compress(b"<p>news</p>")
    return member * (size // len(member) + 1)


def empty_members(size: int) -> bytes:
    """Return gzip of members that hold nothing."""
    member = gzip.compress(b"")
    return member * (size // len(member) + 1)


def gzip_bomb(size: int) -> bytes:
    """Return gzip that holds a thousand times as much."""
    return gzip.compress(b"\0" * size * 1000)


def deflate_bomb(size: int) -> bytes:
    """Return deflate that holds a thousand times as much."""
    return zlib.compress(b"\0" * size * 1000)


def unpack(body: bytes, coding: str) -> str:
    """Unpack `body`. Runs in the worker."""
    try:
        return f"{len(asyncio.run(unpacked(body, coding, MAX_BYTES)))} bytes"
    except aiohttp.ClientPayloadError as error:
        return str(error)


def read_robots(body: bytes) -> str:
    """Read robots rules and judge an address by them. Runs in the worker."""
    rules = robots_rules(body)
    rules.allow("https://hostile.example/" + "a/" * 2_000)
    return f"{len(rules.rules)} rules"


def read_link_header(field: str) -> str:
    """Parse a Link header. Runs in the worker."""
    return f"{len(header_links([field], 'https://hostile.example/'))} links"


def read_address(address: str) -> str:
    """Parse an address. Runs in the worker."""
    canonical_url(address)
    try:
        return f"host {url_of(address).host}"
    except AddressRefused as error:
        return error.message


ANSWERS = [
    Shape("gzip of many members", members, unpack, 30_000, ("gzip",)),
    Shape("gzip of empty members", empty_members, unpack, 30_000, ("gzip",)),
    Shape("gzip bomb", gzip_bomb, unpack, 1_000, ("gzip",)),
    Shape("deflate bomb", deflate_bomb, unpack, 1_000, ("deflate",)),
    Shape(
        "robots.txt: asterisks",
        Encoded(Repeated("Disallow: /*a*a*a*a*{n}$\n", "User-agent: *\n")),
        read_robots,
        30_000,
    ),
    Shape("robots.txt: one line", Encoded(Repeated("*a", "User-agent: *\nDisallow: /")), read_robots, 30_000),
    Shape("Link header: links", Repeated("</{n}>; rel=alternate, "), read_link_header, 30_000),
    Shape("Link header: parameters", Repeated('; a{n}="b\\""', "</feed>"), read_link_header, 30_000),
    Shape("Link header: angle brackets", Repeated("<"), read_link_header, 30_000),
    Shape("address: caches within caches", Repeated("cdn.ampproject.org/c/", "http://"), read_address, 30_000),
    Shape("address: steps up", Repeated("../", "http://a.example/"), read_address, 30_000),
    Shape("address: parameters", Repeated("utm_{n}=a&", "http://a.example/?"), read_address, 30_000),
]
