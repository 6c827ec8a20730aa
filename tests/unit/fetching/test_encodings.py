"""Bytes become text by what they are, then by what they are said to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

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


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("gb2312", "gb18030", "朱镕基说，€100，㐀"),
        ("GBK", "gb18030", "𠀀"),
        ("x-gbk", "gb18030", "镕"),
        ("shift_jis", "cp932", "①㈱高﨑"),
        ("x-sjis", "cp932", "①"),
        ("windows-31j", "cp932", "①"),
        ("euc-jp", "euc_jis_2004", "①㈱"),
        ("x-euc-jp", "euc_jp", "日本語"),
        ("euc-kr", "cp949", "똠방각하"),
        ("ks_c_5601-1987", "cp949", "펲시콜라"),
        ("big5", "big5hkscs", "嘅咗"),
        ("iso-8859-1", "cp1252", "“Gruß” – €"),
        ("latin1", "cp1252", "“€”"),
        ("us-ascii", "cp1252", "“€”"),
        ("iso-8859-9", "cp1254", "“İstanbul” ğ"),
        ("tis-620", "cp874", "“ข่าว” €"),
        ("iso-8859-11", "cp874", "€ข่าว"),
        ("windows-1251", "cp1251", "Новости"),
        ("koi8-u", "koi8-u", "Ґедзь їжак"),
        ("iso-8859-8-i", "iso8859-8", "חדשות"),
        ("macintosh", "mac-roman", "Gruß"),
        ("cp437", "cp437", "Gruß"),
    ],
)
@pytest.mark.parametrize("place", ["header", "xml", "meta", "http-equiv"])
def test_labels_mean_what_they_mean_to_browsers(label: str, codec: str, text: str, place: str) -> None:
    declared = {
        "header": "<a>",
        "xml": f'<?xml version="1.0" encoding="{label}"?><a>',
        "meta": f'<meta charset="{label}"><a>',
        "http-equiv": f'<meta http-equiv="content-type" content="text/html; charset={label}"><a>',
    }[place]
    body = declared.encode() + text.encode(codec)
    assert decoded(body, f"text/html; charset={label}" if place == "header" else None) == declared + text


@pytest.mark.parametrize(
    "content_type", ["text/xml; charset=iso-2022-jp", "text/xml", None, "text/xml; charset=utf-8"]
)
def test_iso_2022_jp_is_not_utf8_whatever_is_declared(content_type: str | None) -> None:
    text = "日本語のニュース\n<b>ｶﾅ</b> ①"
    euc = {
        "日本語のニュース": b"\x1b$B" + bytes(c & 0x7F for c in "日本語のニュース".encode("euc_jp")) + b"\x1b(B"
    }
    body = euc["日本語のニュース"] + b"\n<b>\x1b(I6E\x1b(B</b> \x1b$B-!\x1b(B"
    assert decoded(body, content_type) == text


def test_other_encodings_of_seven_bits_count_where_they_are_declared() -> None:
    assert decoded("新闻".encode("hz"), "text/html; charset=hz-gb-2312") == "新闻"
    assert decoded("뉴스".encode("iso2022_kr"), "text/html; charset=iso-2022-kr") == "뉴스"
    assert decoded(b"a ~{ b", "text/html; charset=utf-8") == "a ~{ b"


@pytest.mark.parametrize(
    "label", ["utf-16", "utf-16le", "utf-32", "utf-7", "unicode_escape", "x-user-defined", "hz", "iso-2022-jp"]
)
def test_a_declaration_that_cannot_be_true_is_passed_over(label: str) -> None:
    body = f'<?xml version="1.0" encoding="{label}"?><meta charset="windows-1251"><a>Новости'.encode("cp1251")
    assert decoded(body, None).endswith("Новости")


def test_utf8_that_nobody_declares_may_have_a_few_bad_bytes() -> None:
    assert decoded("Новости дня ".encode() * 9 + b"\xff", None).startswith("Новости дня ")
    assert decoded("Ça marché, déjà".encode("latin-1"), None) == "Ça marché, déjà"


def test_one_bad_byte_does_not_turn_utf8_into_latin() -> None:
    body = ("é" * 300).encode() + b"\xff"
    assert decoded(body, "text/html; charset=utf-8").startswith("ééé")


def test_what_xml_cannot_hold_is_taken_out() -> None:
    assert legal("a\x00b\x0bc\ud800d\ufffee\tf\n") == "abcde\tf\n"
    assert without_illegal_references("a&#0;b&#x1F;c&#65;d&#xD800;e&#x41;&#31;") == "abc&#65;de&#x41;"
    assert without_illegal_references("a&#55296;b&#65535;c&#1114112;d&#x110000;e&#99999999999;") == "abcde"


def test_halves_of_a_character_in_numbers_become_that_character() -> None:
    assert without_illegal_references("&#55356;&#57098; and &#xD83C;&#xDF0A; &#x1F30A;") == "🌊 and 🌊 &#x1F30A;"
    assert without_illegal_references("&#57098;&#55356; alone") == " alone", "in the wrong order"


def test_every_reference_leads_to_a_character_that_xml_can_hold() -> None:
    for number in (*range(0x20), *range(0xD700, 0xE100), *range(0xFFF0, 0x10010), *range(0x10FFF0, 0x110020)):
        for reference in (f"&#{number};", f"&#x{number:X};", f"&#x00{number:x};"):
            etree.fromstring(f"<a>{without_illegal_references(reference)}</a>")


def test_charset_parameters_are_found() -> None:
    assert declared_charset('text/xml; charset="UTF-8"') == "UTF-8"
    assert declared_charset("text/xml") is None
    assert declared_charset(None) is None


@given(st.binary(max_size=400), st.none() | st.text(max_size=60))
def test_any_bytes_become_text_that_utf8_can_hold(body: bytes, content_type: str | None) -> None:
    decoded(body, content_type).encode()
