"""Pictures for the articles: plain colours, generated, so that the repository needs none."""

import hashlib
import struct
import zlib


def picture(slug: str, width: int = 1200, height: int = 630) -> bytes:
    """Return a PNG of one colour, which depends on the slug (PNG specification, colour type 3: a palette)."""
    colour = bytes(96 + byte % 128 for byte in hashlib.sha256(slug.encode()).digest()[:3])
    rows = (b"\0" + bytes((width + 7) // 8)) * height
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 3, 0, 0, 0)),
            _chunk(b"PLTE", colour),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
