"""Authors that a page names only in the line under its heading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.bylines import is_person, people_in
from bot.articles.text import page_text

URL = "https://news.example/a-story"


def author(body: str, head: str = "", url: str = URL) -> str | None:
    return page_text(
        f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), url, None
    ).author


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ann Archer", ["Ann Archer"]),
        ("by Ann Archer and Bo Byrne, Political Editor | 4 March 2026", ["Ann Archer", "Bo Byrne"]),
        ("Von Änne Öztürk-Müller", ["Änne Öztürk-Müller"]),
        ("Por María José de la Fuente", ["María José de la Fuente"]),
        ("Par Léa d'Arcy et Jean-Luc Noël", ["Léa d'Arcy", "Jean-Luc Noël"]),
        ("Ann Archer for The Daily Herald", ["Ann Archer"]),
        ("J. K. Weaver • 5 min read", ["J. K. Weaver"]),
        ("Ann Archer | Palma de Mallorca | 4 March", ["Ann Archer"]),
        ("News Staff", []),
        ("Published 4 March 2026 at 14:05", []),
        ("The Daily Herald Editorial Team", []),
        ("He studied law in town", []),
        ("", []),
    ],
)
def test_people_are_found_in_lines(line: str, people: list[str]) -> None:
    assert people_in(line) == people


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By <a rel=author href=/ann>Ann Archer</a> and <a rel='author nofollow' href=/bo>Bo Byrne</a></p>",
        "<div itemprop=author itemscope><span itemprop=name>Ann Archer</span>, <span>Bo Byrne</span></div>",
        "<div class='story byline'><span>By</span><a href=/ann>Ann Archer</a><a href=/bo>Bo Byrne</a></div>",
        "<span class=author-name>Ann Archer and Bo Byrne</span>",
        "<div class=byline><b>Ann Archer</b> and <b>Bo Byrne</b><i>Palma de Mallorca</i><i>4 March</i></div>",
    ],
)
def test_the_line_under_the_heading_names_the_authors(byline: str) -> None:
    assert author(f"<h1>Ferries</h1>{byline}<p>Text.</p>") == "Ann Archer, Bo Byrne"
    head = "<meta name=author content='The News'><meta property='og:site_name' content='The News'>"
    assert author(f"<h1>Ferries</h1>{byline}<p>Text.</p>", head) == "Ann Archer, Bo Byrne"
    assert author(f"<h1>Ferries</h1>{byline}", "<meta name=author content='Dia Weaver'>") == "Dia Weaver"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<div class=comment><span class=author>Dia Weaver</span></div>",
        "<aside><a rel=author>Dia Weaver</a></aside>",
        "<div class=related-stories><div><span class=byline>By Dia Weaver</span></div></div>",
        "<div class=author>More from our desk</div>",
    ],
)
def test_whoever_wrote_something_else_is_not_the_author(elsewhere: str) -> None:
    assert author(f"<h1>Ferries</h1><p>Text.</p>{elsewhere}") is None
    assert author(f"<span class=byline>By Dia Weaver</span><h1>Ferries</h1><p>Text.</p>{elsewhere}") is None


def test_an_outlet_stays_the_author_if_nobody_else_is_named() -> None:
    assert author("<h1>Ferries</h1>", "<meta name=author content='The News'>") == "The News"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_line_is_read(line: str) -> None:
    assert all(is_person(name) for name in people_in(line))


def test_the_title_of_the_window_serves_without_the_name_of_the_site() -> None:
    for title in ("Minister quits over ferries | The Herald", "Minister quits over ferries – Herald – News"):
        page = f"<!doctype html><html><head><title>{title}</title></head><body><p>Text.</p></body></html>"
        assert page_text(page.encode(), URL, None).title.startswith("Minister quits over ferries")
    page = "<!doctype html><html><head><title>Herald</title></head><body><p>Text.</p></body></html>"
    assert page_text(page.encode(), URL, None).title == ""


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/2026/03/04/ferries/", "2026-03-04"),
        ("https://news.example/ferries-2026-03-04", "2026-03-04"),
        ("https://news.example/20260304/ferries.html", "2026-03-04"),
        ("https://news.example/2026/13/04/ferries/", None),
        ("https://news.example/1234/56/78", None),
        ("https://news.example/item-20260304123", None),
    ],
)
def test_an_address_may_tell_the_day(url: str, day: str | None) -> None:
    found = page_text(b"<!doctype html><html><body><p>Text.</p></body></html>", url, None).published_at
    assert (found and found.date().isoformat()) == day
