"""Bytes to characters, for feeds and pages: what the bytes are counts for more than what they are said to be."""

import codecs
import re
from email.message import Message

from bot.text.legal_characters import legal

_STARTS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
HEAD = 4096
"""Bytes in which an encoding is declared."""


def declared_charset(content_type: str | None) -> str | None:
    """Return the charset parameter of a Content-Type header."""
    if not content_type:
        return None
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    return charset if isinstance(charset, str) and charset else None


def decoded(body: bytes, content_type: str | None) -> str:
    """Return `body` as text, never failing, without illegal characters.

    In this order: byte order mark; UTF-16 that shows itself; valid UTF-8; the charset of the header, of the XML
    declaration, of the page's meta element; Windows-1252, which is what mislabelled text mostly is.
    """
    return legal(_by_its_bytes(body) or _by_declaration(body, content_type))


def _by_its_bytes(body: bytes) -> str | None:
    for start, encoding in _STARTS:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _by_declaration(body: bytes, content_type: str | None) -> str:
    for name in _declared(body, content_type):
        try:
            if codecs.lookup(name).name not in ("utf-8", "utf-8-sig"):
                return body.decode(name, "replace")
        except (LookupError, ValueError, UnicodeError):  # unknown, or no text encoding at all
            continue
        # Said to be UTF-8, and all but a few bytes are.
        if body.decode("utf-8", "replace").count("�") * 100 <= len(body):
            return body.decode("utf-8", "replace")
    return body.decode("cp1252", "replace")


def _declared(body: bytes, content_type: str | None) -> list[str]:
    head = body[:HEAD]
    found = [declared_charset(content_type)]
    found += [
        match.group(1).decode("ascii")
        for pattern in (_XML_DECLARATION, _META_CHARSET)
        if (match := pattern.search(head))
    ]
    # ISO-8859-1 on the web means Windows-1252 (WHATWG Encoding, names and labels).
    latin = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
    return ["cp1252" if name.lower() in latin else name for name in found if name]
