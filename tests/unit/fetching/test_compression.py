"""Compressed bodies: unpacked as browsers do, within a limit, and told apart as they came."""

import gzip
import random
import zlib

import pytest
from aiohttp import ClientPayloadError

from bot.errors import TooLarge
from bot.fetching.compression import AT_ONCE, unpacked, wire_hash

FEED = b"<rss>" + b"words and more words " * 50 + b"</rss>"
LONG = random.Random(1).randbytes(AT_ONCE) * 5


def bare(body: bytes) -> bytes:
    """Deflate without the frame that belongs around it, as some servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize("body", [FEED, LONG, LONG[:AT_ONCE], LONG[: AT_ONCE + 1], b""])
async def test_a_body_is_unpacked_whatever_its_size(body: bytes) -> None:
    most = len(LONG)
    assert await unpacked(gzip.compress(body), "gzip", most) == body
    assert await unpacked(zlib.compress(body), "deflate", most) == body
    assert await unpacked(bare(body), "deflate", most) == body


async def test_a_body_packed_in_pieces_is_one() -> None:
    most = 5_000_000
    assert await unpacked(gzip.compress(FEED) + gzip.compress(LONG), "gzip", most) == FEED + LONG
    assert await unpacked(gzip.compress(LONG) + gzip.compress(FEED), "gzip", most) == LONG + FEED


@pytest.mark.parametrize("size", [100, 60_000])
async def test_thousands_of_pieces_are_one_body_if_they_hold_something(size: int) -> None:
    body = LONG[:size]
    count = 300_000 // size
    packed = b"".join(gzip.compress(body[n:] + body[:n]) for n in range(count))
    assert await unpacked(packed, "gzip", 5_000_000) == b"".join(body[n:] + body[:n] for n in range(count))


@pytest.mark.parametrize("rest", [b"\0" * 512, b"\r\n", b"<!-- cached -->", gzip.compress(b"", mtime=0)])
async def test_what_follows_gzip_and_is_none_is_ignored(rest: bytes) -> None:
    assert await unpacked(gzip.compress(FEED) + rest, "gzip", 5_000_000) == FEED


async def test_pieces_that_were_cut_short_are_given_as_far_as_they_came() -> None:
    found = await unpacked(gzip.compress(FEED) + gzip.compress(LONG)[:-100_000], "gzip", 5_000_000)
    assert found.startswith(FEED)
    assert (FEED + LONG).startswith(found)


@pytest.mark.parametrize("size", [AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, AT_ONCE + 5000, 4 * AT_ONCE])
async def test_what_packs_to_next_to_nothing_is_unpacked_in_full(size: int) -> None:
    body = b"0" * size
    for packed in (gzip.compress(body), gzip.compress(body) + gzip.compress(b"1")):
        assert (await unpacked(packed, "gzip", 5_000_000)).rstrip(b"1") == body
    assert await unpacked(zlib.compress(body), "deflate", 5_000_000) == body


async def test_a_limit_is_kept_over_all_pieces() -> None:
    packed = gzip.compress(b"0" * 1_000_000) * 6
    with pytest.raises(TooLarge):
        await unpacked(packed, "gzip", 5_000_000)


@pytest.mark.parametrize("size", [len(FEED), len(LONG)])
async def test_the_limit_is_that_of_the_unpacked_body(size: int) -> None:
    body = LONG[:size]
    assert await unpacked(gzip.compress(body), "gzip", size) == body
    with pytest.raises(TooLarge):
        await unpacked(gzip.compress(body), "gzip", size - 1)


async def test_gzip_that_was_cut_short_is_given_as_far_as_it_came() -> None:
    assert FEED.startswith(await unpacked(gzip.compress(FEED)[:-10], "gzip", 5_000))


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (b"no gzip at all", "gzip"),
        (gzip.compress(FEED)[:-4] + b"oops", "gzip"),
        (gzip.compress(LONG)[:-4] + b"oops", "gzip"),
        (gzip.compress(b"") * 5_000, "gzip"),
        (zlib.compress(FEED)[:-10], "deflate"),
        (b"\x07nothing", "deflate"),
        (FEED, "br"),
        (FEED, "zip"),
        (FEED, ", "),
    ],
    ids=[
        "other",
        "checksum",
        "late checksum",
        "pieces",
        "cut short",
        "no deflate",
        "not asked for",
        "part of one",
        "comma",
    ],
)
async def test_what_cannot_be_unpacked_is_damaged(body: bytes, coding: str) -> None:
    with pytest.raises(ClientPayloadError):
        await unpacked(body, coding, 5_000_000)


def test_a_body_is_known_by_what_came_and_how() -> None:
    assert wire_hash(FEED, "gzip") == wire_hash(FEED, "gzip")
    assert len({wire_hash(FEED, "gzip"), wire_hash(FEED, "deflate"), wire_hash(FEED + b" ", "gzip")}) == 3
