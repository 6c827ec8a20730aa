"""Bytes become text by what they are, then by what they are said to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetching.encodings import declared_charset, decoded
from bot.text.legal_characters import legal, without_illegal_references


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<a>Gruß</a>".encode(), "text/xml; charset=iso-8859-1"),
        ('<?xml version="1.0" encoding="windows-1251"?><a>Gruß</a>'.encode(), None),
        ("<a>Gruß</a>".encode("utf-8-sig"), None),
        ("<a>Gruß</a>".encode("utf-16"), "text/xml; charset=utf-8"),
        ("<a>Gruß</a>".encode("utf-16-le"), None),
        ("<a>Gruß</a>".encode("utf-16-be"), None),
        ("<a>Gruß</a>".encode("utf-32"), None),
        ("<a>Gruß</a>".encode("latin-1"), None),
        ("<a>Gruß</a>".encode("latin-1"), "text/xml; charset=us-ascii"),
        ("<a>Gruß</a>".encode("latin-1"), "text/xml; charset=no-such-thing"),
        ("<a>Gruß</a>".encode("latin-1"), "text/xml; charset=hex"),
        ("<a>Gruß</a>".encode("latin-1"), "text/xml; charset=utf-8"),
        ('<?xml version="1.0" encoding="cp437"?><a>Gruß</a>'.encode("cp437"), None),
        ('<meta charset="cp437"><a>Gruß</a>'.encode("cp437"), None),
    ],
)
def test_a_greeting_is_read_whatever_is_said_of_it(body: bytes, content_type: str | None) -> None:
    assert "<a>Gruß</a>" in decoded(body, content_type)


def test_one_bad_byte_does_not_turn_utf8_into_latin() -> None:
    body = ("é" * 300).encode() + b"\xff"
    assert decoded(body, "text/html; charset=utf-8").startswith("ééé")


def test_what_xml_cannot_hold_is_taken_out() -> None:
    assert legal("a\x00b\x0bc\ud800d\ufffee\tf\n") == "abcde\tf\n"
    assert without_illegal_references("a&#0;b&#x1F;c&#65;d&#xD800;e&#x41;&#31;") == "abc&#65;de&#x41;"


def test_charset_parameters_are_found() -> None:
    assert declared_charset('text/xml; charset="UTF-8"') == "UTF-8"
    assert declared_charset("text/xml") is None
    assert declared_charset(None) is None


@given(st.binary(max_size=400), st.none() | st.text(max_size=60))
def test_any_bytes_become_text_that_utf8_can_hold(body: bytes, content_type: str | None) -> None:
    decoded(body, content_type).encode()
