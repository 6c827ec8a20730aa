"""The HTTP Link header, RFC 8288."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.link_header import LONGEST, MOST, HeaderLink, header_links

BASE = "https://a.example/news/page"


def links(*fields: str) -> list[tuple[str, list[str], str]]:
    return [(link.url, sorted(link.relations), link.media_type) for link in header_links(fields, BASE)]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ('<https://hub.example/>; rel="hub"', [("https://hub.example/", ["hub"], "")]),
        ("<feed>;rel=self", [("https://a.example/news/feed", ["self"], "")]),
        (
            '</rss>; rel="alternate feed"; type="Application/RSS+xml; charset=utf-8"',
            [("https://a.example/rss", ["alternate", "feed"], "application/rss+xml")],
        ),
        (
            '<a>; rel=hub, <b,c;d>; title="x, y; <z>" ; REL = "Self"',
            [
                ("https://a.example/news/a", ["hub"], ""),
                ("https://a.example/news/b,c;d", ["self"], ""),
            ],
        ),
        ('<a>; rel="hub"; rel="self"', [("https://a.example/news/a", ["hub"], "")]),
        ('<a>; title="\\"quoted\\""; rel=hub', [("https://a.example/news/a", ["hub"], "")]),
        (
            "<a>;;; rel=hub;, ,<b>; rel",
            [("https://a.example/news/a", ["hub"], ""), ("https://a.example/news/b", [], "")],
        ),
        ("<a#part>; rel=hub", [("https://a.example/news/a", ["hub"], "")]),
        (
            '<a> rel="hub" , <b> rel=self',
            [("https://a.example/news/a", ["hub"], ""), ("https://a.example/news/b", ["self"], "")],
        ),
    ],
)
def test_targets_are_resolved_and_parameters_read(field: str, found: list[tuple[str, list[str], str]]) -> None:
    assert links(field) == found


def test_several_fields_are_read_in_order() -> None:
    assert [url for url, _, _ in links("<1>; rel=a", "<2>; rel=b")] == [
        "https://a.example/news/1",
        "https://a.example/news/2",
    ]


@pytest.mark.parametrize("anchor", ["https://other.example/", "#part", "/elsewhere"])
def test_links_of_another_resource_do_not_count(anchor: str) -> None:
    assert links(f'<a>; rel=hub; anchor="{anchor}"') == []
    assert links(f'<a>; rel=hub; anchor="{BASE}"') != []


@pytest.mark.parametrize(
    "field",
    ["", "a", "<a", "a>; rel=hub", "<mailto:a@b.example>; rel=hub", "<http://[>; rel=hub", "<\udcff>; rel=hub"],
)
def test_what_names_no_web_address_is_left_out(field: str) -> None:
    assert links(field) == []


def test_a_field_ends_where_it_cannot_be_parsed() -> None:
    assert [url for url, _, _ in links("<a>; rel=hub, nonsense <b>; rel=self")] == ["https://a.example/news/a"]


def test_floods_are_cut() -> None:
    assert len(header_links(["<a>;rel=hub," * 5000] * 3, BASE)) == MOST
    assert header_links(["<a>" + " " * LONGEST + ";rel=hub"], BASE) == [
        HeaderLink("https://a.example/news/a", frozenset())
    ]


@given(st.lists(st.text(alphabet=st.sampled_from('<>;,="\\ \tarelhub:/#?[]@%é\udcff')), max_size=3))
def test_nothing_that_a_server_sends_raises(fields: list[str]) -> None:
    for link in header_links(fields, BASE):
        assert link.url.startswith(("http://", "https://"))
