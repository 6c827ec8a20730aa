"""Bodies as they come over the wire: compressed, told apart without unpacking, and unpacked within a limit."""

import asyncio
import hashlib
import zlib

from aiohttp import ClientPayloadError
from aiohttp.compression_utils import ZLibDecompressor

from bot.errors import TooLarge

CODINGS = ("gzip", "deflate")
ACCEPTED = ", ".join(CODINGS)
"""What is asked for in Accept-Encoding."""
AT_ONCE = 250_000
"""Bytes that are unpacked on the event loop, about a millisecond; what goes beyond them in a thread."""
_ZLIB = 8
"""What the first byte of a zlib stream ends with; some servers leave its frame away and call it deflate all the
same."""


def wire_hash(body: bytes, coding: str) -> str:
    """Return by what a body that came in this Content-Encoding is told from others: with one hash, it is the same.

    A server may compress the same body in another way the next time, so that the reverse does not hold.
    """
    packed = hashlib.sha256(body)
    packed.update(coding.encode())
    return packed.hexdigest()


async def unpacked(body: bytes, coding: str, max_bytes: int) -> bytes:
    """Return what `body` holds. Raises TooLarge beyond `max_bytes`, and ClientPayloadError where it is damaged.

    One that was cut short is given as far as it came where it is gzip, as browsers do.
    """
    if coding not in CODINGS:
        raise ClientPayloadError("a coding that was not asked for")
    bare = coding == "deflate" and body[:1] != b"" and body[0] & 0xF != _ZLIB
    unpacking = ZLibDecompressor(encoding=coding, suppress_deflate_header=bare)
    try:
        found = unpacking.decompress_sync(body, AT_ONCE)
        if len(found) >= AT_ONCE:
            found += await asyncio.to_thread(_rest, unpacking, max_bytes - len(found))
    except (zlib.error, ValueError) as error:
        raise ClientPayloadError("a body that cannot be unpacked") from error
    if len(found) > max_bytes:
        raise too_large(max_bytes)
    if coding == "deflate" and body and not unpacking.eof:
        raise ClientPayloadError("a body that was cut short")
    return found


def _rest(unpacking: ZLibDecompressor, most: int) -> bytes:
    """Return what is left, or little more than `most` bytes of it."""
    parts: list[bytes] = []
    while most >= 0 and (part := unpacking.decompress_sync(b"", most + 1)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def too_large(max_bytes: int) -> TooLarge:
    """Return what is raised where a body has more than `max_bytes`."""
    return TooLarge(
        f"The answer is larger than {max_bytes / 1_000_000:g} MB. Is this really a feed or an article?"
    )
