"""Ampersands and HTML's entities no longer make a document ill-formed, and nothing else is touched."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.feeds.well_formed import repaired


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


@pytest.mark.parametrize("part", ["&", "<!--", "<![CDATA[", "<?", "&a;", "<!-- -->", "&lt"])
def test_the_work_grows_with_the_size_only(part: str) -> None:
    def cost(count: int) -> float:
        started = time.process_time()
        repaired(part * count)
        return time.process_time() - started

    cost(1000)
    assert cost(200_000) < 40 * cost(20_000) + 0.05
