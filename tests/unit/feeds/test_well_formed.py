"""Ampersands and HTML's entities no longer make a document ill-formed, and nothing else is touched."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.feeds.well_formed import MOST_PREFIXES, completed, repaired


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<t>AT&T and R&D</t>", "AT&T and R&D"),
        ("<t>Q&A; a&b;</t>", "Q&A; a&b;"),
        ("<t>caf&eacute;&nbsp;&copy;</t>", "café\xa0©"),
        ("<t>&amp;amp; &#169; &#xA9; &lt;</t>", "&amp; © © <"),
        ("<t>?a=1&copy=2&lt=3</t>", "?a=1&copy=2&lt=3"),
        ("<t><![CDATA[AT&T &eacute;]]> &</t>", "AT&T &eacute; &"),
        ("<t><!-- a & b --><?pi a & b?>&</t>", "&"),
        ("<t>&LT;&AMP;</t>", "<&"),
    ],
)
def test_text_comes_out_as_it_was_meant(xml: str, text: str) -> None:
    root = etree.fromstring(repaired(xml))
    assert "".join(root.itertext(etree.Element)) == text


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<rss><a:t>A</a:t></rss>", "A"),
        ("<!-- <x> --><rss><t b:c='d'>A</t></rss>", "A"),
        ("<rss xmlns:a='urn:a'><a:t><b:t>A</b:t></a:t></rss>", "A"),
        ("<i><link>https://a.example/1\n<t>A</t></i>", "https://a.example/1\nA"),
        ("<i><link href='https://a.example/1'><id>2</id></i>", "2"),
        ("<i><guid isPermaLink='false'>1<pubDate>2<t>3</t></i>", "123"),
        ("<i><link>1</link ><link/><link><![CDATA[2]]></link><t><![CDATA[<id>3<b>]]></t></i>", "12<id>3<b>"),
    ],
)
def test_what_was_left_out_is_added(xml: str, text: str) -> None:
    root = etree.fromstring(completed(xml))
    assert "".join(root.itertext(etree.Element)) == text


def test_a_flood_of_prefixes_is_not_declared() -> None:
    flood = "<rss>" + "".join(f"<p{number}:t/>" for number in range(MOST_PREFIXES + 1)) + "</rss>"
    assert completed(flood) == flood


@given(
    st.lists(st.sampled_from(["<i>", "</i>", "<a:b>", "<link>", "</link>", "<id ", ">", "<!--", "-->", "x"])).map(
        "".join
    )
)
def test_what_was_completed_is_complete(xml: str) -> None:
    once = completed(xml)
    assert completed(once) == once


@given(st.text(st.characters(codec="utf-8", exclude_characters="&", exclude_categories=["Cc"]), max_size=80))
def test_what_has_no_ampersand_is_left_alone(xml: str) -> None:
    assert repaired(xml) == xml


@given(
    st.lists(st.sampled_from(["&", "&amp;", "&eacute;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "a"])).map(
        "".join
    )
)
def test_what_was_repaired_needs_no_repair(xml: str) -> None:
    once = repaired(xml)
    assert repaired(once) == once


@pytest.mark.parametrize(
    "part", ["&", "<!--", "<![CDATA[", "<?", "&a;", "<!-- -->", "&lt", "<a:b ", "<link>", "<id>a"]
)
def test_the_work_grows_with_the_size_only(part: str) -> None:
    def cost(count: int) -> float:
        started = time.process_time()
        completed(repaired(part * count))
        return time.process_time() - started

    cost(1000)
    assert cost(200_000) < 40 * cost(20_000) + 0.05
