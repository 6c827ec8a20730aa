"""Bytes to characters, for feeds and pages: the bytes themselves count for more than their label.

Labels have the same meaning as in browsers (WHATWG Encoding, https://encoding.spec.whatwg.org): `gb2312` is GB
18030, `shift_jis` is Windows-31J, `iso-8859-1` is Windows-1252.
"""

import codecs
import re
from collections.abc import Iterator
from email.message import Message

import webencodings

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
FALLBACK = "cp1252"
"""What text without a declaration mostly is."""

_PYTHON_NAMES = {"gbk": "gb18030", "euc-jp": "euc_jp"}
"""Encodings whose Python codec is not the one of that name, or not the one that `webencodings` chooses."""
_NO_TEXT = frozenset({"replacement", "x-user-defined", "iso-2022-jp", "utf-16le", "utf-16be"})
"""Encodings that bytes beyond ASCII, and a declaration that can be searched for, rule out."""
_NOT_ON_THE_WEB = frozenset(
    {"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "hz", "iso2022-kr"}
)
_WIDER = {"euc_jp": "euc_jis_2004"}
"""Codecs with the characters that vendors added (NEC's row 13: ①, ㈱), which browsers read, too."""
_SEVEN_BITS = {"iso-2022-kr": "iso2022_kr", "csiso2022kr": "iso2022_kr", "hz-gb-2312": "hz"}
"""Encodings that look like ASCII. Browsers gave them up; there is no other way to read such a text."""
_JAPANESE = re.compile(rb"\x1b(\$[@B]|\([BJI])")
_MOST_BAD = 100
"""In a text of so many bytes one may be no UTF-8, if it is declared to be."""
_MOST_BAD_UNDECLARED = 10
"""Of so many characters beyond ASCII one may be no UTF-8, if nothing is declared."""


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

    In this order: byte order mark; UTF-16 and ISO-2022-JP that show themselves; valid UTF-8; the charset of the
    header, of the XML declaration, of the page's meta element; UTF-8 with a few bad bytes; Windows-1252.
    """
    return legal(_by_its_bytes(body, content_type) or _by_declaration(body, content_type))


def _by_its_bytes(body: bytes, content_type: str | None) -> str | None:
    for start, encoding in _STARTS:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    if body.isascii():
        return _seven_bits(body, content_type) or body.decode("ascii")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _seven_bits(body: bytes, content_type: str | None) -> str | None:
    """Return the text of ASCII bytes that switch to other characters, or None."""
    if b"\x1b" in body and _JAPANESE.search(body):
        return _decoded(_as_euc(body), "euc_jp")
    if b"\x1b$)" in body or b"~{" in body:
        for label in _declared(body, content_type):
            if codec := _SEVEN_BITS.get(label.lower()):
                return body.decode(codec, "replace")
    return None


def _as_euc(body: bytes) -> bytes:
    """Return a text in ISO-2022-JP (RFC 1468, and katakana of half width) in EUC-JP."""
    first, *parts = _JAPANESE.split(body)
    found = [first]
    for switch, part in zip(parts[::2], parts[1::2], strict=True):
        if switch in (b"$@", b"$B"):
            # a line ends the other characters, and spaces stand for themselves
            found += [
                bytes(c | 0x80 for c in run) if run[0] > 0x20 else run
                for run in re.findall(rb"[!-~]+|[^!-~]+", part)
            ]
        elif switch == b"(I":
            found.append(b"".join(b"\x8e" + bytes([c | 0x80]) if 0x20 < c < 0x60 else bytes([c]) for c in part))
        else:
            found.append(part)
    return b"".join(found)


def _by_declaration(body: bytes, content_type: str | None) -> str:
    for label in _declared(body, content_type):
        codec = _codec_of(label, body)
        if codec is None:
            continue
        if codec != "utf-8":
            return _decoded(body, codec)
        text = body.decode("utf-8", "replace")
        if text.count("\ufffd") * _MOST_BAD <= len(body):
            return text
    text = body.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if text.count("\ufffd") * _MOST_BAD_UNDECLARED <= beyond_ascii:
        return text
    return body.decode(FALLBACK, "replace")


def _codec_of(label: str, body: bytes) -> str | None:
    """Return the name of Python's codec for a label; None if it is unknown, or cannot be true of `body`."""
    encoding = webencodings.lookup(label)
    if encoding is None:
        try:
            name = codecs.lookup(label).name.replace("_", "-")
            "".encode(name)  # not all codecs are for text
        except (LookupError, ValueError, UnicodeError, AssertionError):
            return None
        if name.startswith(("utf-16", "utf-32")):
            return name if body[:HEAD].count(0) * 3 > len(body[:HEAD]) else None
        return None if name in _NOT_ON_THE_WEB else name
    name = str(encoding.name)
    if name in _NO_TEXT:
        wide = name.startswith("utf-16") and body[:HEAD].count(0) * 3 > len(body[:HEAD])
        return name if wide else None
    return _PYTHON_NAMES.get(name) or str(encoding.codec_info.name)


def _decoded(body: bytes, codec: str) -> str:
    """Return `body` as text, with a wider codec if there is one and it needs it."""
    for each in filter(None, (codec, _WIDER.get(codec))):
        try:
            return body.decode(each)
        except UnicodeDecodeError:
            continue
    return body.decode(codec, "replace")


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    """Give the labels that the header, an XML declaration and a meta element name, in this order."""
    if label := declared_charset(content_type):
        yield label
    head = body[:HEAD]
    for pattern in (_XML_DECLARATION, _META_CHARSET):
        if match := pattern.search(head):
            yield match[1].decode("ascii")
