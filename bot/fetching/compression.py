"""Bodies as they come over the wire: compressed, compared without unpacking, and unpacked within a limit."""

import asyncio
import hashlib
import zlib

from aiohttp import ClientPayloadError

from bot.errors import TooLarge
from bot.languages.translations import _

CODINGS = ("gzip", "deflate")
ACCEPTED = ", ".join(CODINGS)
"""The value of Accept-Encoding."""
AT_ONCE = 250_000
"""Bytes that are unpacked on the event loop, in about a millisecond; the rest is unpacked in a thread."""
_GZIP = b"\x1f\x8b\x08"
"""What a member of a gzip file begins with (RFC 1952, 2.3.1)."""
_ZLIB = 8
"""What the first byte of a zlib stream ends with. Some servers leave out its frame and still call it deflate."""
_FEW_MEMBERS = 1000
_LEAST_IN_MEMBER = 20
"""Bytes that the members of a gzip file hold on average, if they are more than a few; an attack has empty ones."""
_STEP = 4096
"""Bytes that are unpacked at a time. What remains of them after a member is copied."""


def wire_hash(body: bytes, coding: str) -> str:
    """Return a hash of a body as it came, in this Content-Encoding: bodies with the same hash are the same.

    A server may compress the same body in another way the next time, so the reverse does not hold.
    """
    packed = hashlib.sha256(body)
    packed.update(coding.encode())
    return packed.hexdigest()


async def unpacked(body: bytes, coding: str, max_bytes: int) -> bytes:
    """Return what `body` holds. Raises TooLarge beyond `max_bytes`, and ClientPayloadError if it is damaged.

    gzip may have several members, one after the other. What follows and is no gzip is ignored, and a member that
    was cut short counts as far as it came. Browsers do the same.
    """
    if coding not in CODINGS:
        raise ClientPayloadError("a coding that was not asked for")
    unpacking = _Unpacking(body, coding)
    try:
        if body.count(_GZIP) > _FEW_MEMBERS:
            found = await asyncio.to_thread(unpacking.read, max_bytes)
        else:
            found = unpacking.read(AT_ONCE)
            if len(found) > AT_ONCE:
                found += await asyncio.to_thread(unpacking.read, max_bytes - len(found))
    except (zlib.error, ValueError) as error:
        raise ClientPayloadError("a body that cannot be unpacked") from error
    if len(found) > max_bytes:
        raise too_large(max_bytes)
    return found


class _Unpacking:
    """A compressed body while it is unpacked."""

    def __init__(self, body: bytes, coding: str) -> None:
        bare = coding == "deflate" and body[:1] != b"" and body[0] & 0xF != _ZLIB
        self._wbits = 16 + zlib.MAX_WBITS if coding == "gzip" else -zlib.MAX_WBITS if bare else zlib.MAX_WBITS
        self._gzip = coding == "gzip"
        self._body = memoryview(body)
        self._at = 0
        self._member = zlib.decompressobj(self._wbits)
        self._members = 1
        self._size = 0
        self._filled = False
        """Whether the last step gave all that was asked for, so that the member may hold more of it."""

    def read(self, most: int) -> bytes:
        """Return the next `most` bytes and at least one more, or all that are left."""
        parts: list[bytes] = []
        left = most
        while left >= 0 and not self._done():
            step = self._member.unconsumed_tail or self._next()
            parts.append(self._member.decompress(step, left + 1))
            self._filled = len(parts[-1]) > left
            left -= len(parts[-1])
            self._size += len(parts[-1])
            if self._member.eof:
                self._at -= len(self._member.unused_data)
        return b"".join(parts)

    def _next(self) -> memoryview:
        step = self._body[self._at : self._at + _STEP]
        self._at += len(step)
        return step

    def _done(self) -> bool:
        """Return whether nothing is left, after turning to the next member if one has ended."""
        if not self._member.eof:
            ended = self._at >= len(self._body) and not self._member.unconsumed_tail and not self._filled
            if ended and not self._gzip and len(self._body):
                raise ValueError("cut short")
            return ended
        if not self._gzip or self._body[self._at : self._at + len(_GZIP)] != _GZIP:
            return True
        self._members += 1
        if self._members > _FEW_MEMBERS and self._size < self._members * _LEAST_IN_MEMBER:
            raise ValueError("a flood of empty members")
        self._member = zlib.decompressobj(self._wbits)
        return False


def too_large(max_bytes: int) -> TooLarge:
    """Return the error for a body of more than `max_bytes`."""
    return TooLarge(
        _(
            "The answer is larger than {max_bytes} MB. Is this really a feed or an article?",
            max_bytes=f"{max_bytes / 1000000:g}",
        )
    )
