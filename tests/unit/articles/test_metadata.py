"""What pages say of themselves, in the ways in which they do."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.articles.text import page_text
from bot.model.articles import PageText

URL = "https://news.example/2026/a-story"


def read(head: str = "", *data: Any, body: str = "", lang: str = "") -> PageText:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in data)
    page = f"<!doctype html><html{lang}><head>{head}{scripts}</head><body>{body}<p>Text.</p></body></html>"
    return page_text(page.encode(), URL, "text/html; charset=utf-8")


def article(**given: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "H"} | given


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Author", "Ann Author"),
        (["Ann Author", {"@type": "Person", "name": "Bo Byline"}], "Ann Author, Bo Byline"),
        ([{"name": "Ann Author"}, {"name": "Ann Author"}, {"name": "https://x.example/ann"}, None], "Ann Author"),
        ({"name": "By Ann Author"}, "Ann Author"),
        ([{"name": ["a"]}, 3], None),
        ("Ann Author and Bo Byline", "Ann Author, Bo Byline"),
        ("Ann Author; Bo Byline | Di Writer", "Ann Author, Bo Byline, Di Writer"),
        ("Smith and Sons", "Smith and Sons"),
        ([", The News", "undefined", "admin"], "The News"),
    ],
)
def test_all_authors_of_linked_data_are_named(author: Any, names: str | None) -> None:
    assert read("", article(author=author)).author == names


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        ("<h1>Minister quits over the ferry contract</h1>", "Minister quits over the ferry contract"),
        ("<h1>The News</h1><h1>Minister quits over ferry contract</h1>", "Minister quits over ferry contract"),
        ("<h1>Ferries</h1>", "Ferry contract: minister quits in tears"),
        ("<h1>Something else that stands above the page</h1>", "Ferry contract: minister quits in tears"),
        ("", "Ferry contract: minister quits in tears"),
    ],
)
def test_the_title_is_the_heading_if_it_is_like_the_title_for_sharing(headings: str, title: str) -> None:
    head = '<meta property="og:title" content="Ferry contract: minister quits in tears">'
    assert read(head, body=headings).title == title


def test_all_authors_of_the_head_are_named() -> None:
    head = '<meta name="author" content="By Ann Author"><meta name="author" content="Bo Byline">'
    links = '<meta property="article:author" content="https://facebook.example/x">'
    assert read(links + head).author == "Ann Author, Bo Byline"


@pytest.mark.parametrize(
    "data",
    [
        article(author="A"),
        [{"@type": "WebSite"}, article(author="A")],
        {"@graph": [{"@type": "WebPage"}, article(author={"@id": "#a"}), {"@id": "#a", "name": "A"}]},
        {"@type": "WebPage", "mainEntity": article(author="A")},
    ],
)
def test_the_article_is_found_wherever_linked_data_has_it(data: Any) -> None:
    assert (read("", data).title, read("", data).author) == ("H", "A")


def test_linked_data_in_a_comment_is_read() -> None:
    for start, end in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/")):
        script = f'<script type="application/ld+json">{start}\n{json.dumps(article(author="A"))}\n{end}</script>'
        assert read(script).author == "A"


def test_a_bad_date_gives_way_to_a_good_one() -> None:
    head = '<meta property="article:published_time" content="0000-00-00"><meta name="date" content="soon">'
    found = read(head, article(datePublished="2026-03-04T15:30:00+0530")).published_at
    assert found == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    times = (
        "<time datetime=''></time><time datetime='2026-03-01'>x</time><time pubdate datetime='2026-03-02'>x</time>"
    )
    assert read(head, body=times).published_at == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("/a.jpg", "https://news.example/a.jpg"),
        ({"@type": "ImageObject", "url": "//cdn.example/a.jpg"}, "https://cdn.example/a.jpg"),
        ([{"contentUrl": "https://cdn.example/a.jpg"}, "b"], "https://cdn.example/a.jpg"),
        ("data:image/png;base64,AAAA", None),
        ([], None),
    ],
)
def test_the_lead_picture_may_stand_in_linked_data(image: Any, url: str | None) -> None:
    assert read("", article(image=image)).image_url == url


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        (' lang="en-GB"', "", "en-gb"),
        ("", '<meta http-equiv="Content-Language" content="hi">', "hi"),
        ("", '<meta property="og:locale" content="de_AT">', "de-at"),
        ("", "", None),
        (' lang="{{lang}}"', "", None),
    ],
)
def test_the_language_is_what_the_page_says(lang: str, head: str, language: str | None) -> None:
    assert read(head, lang=lang).language == language


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Ferries sail - The Herald", "Ferries sail"),
        ("Ferries sail | the herald", "Ferries sail"),
        ("Ferries sail - The Harbour", "Ferries sail - The Harbour"),
        ("The Herald", "The Herald"),
        ("Ferries - and buses - sail - The Herald", "Ferries - and buses - sail"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(given: str, title: str) -> None:
    head = f'<meta property="og:title" content="{given}"><meta property="og:site_name" content="The Herald">'
    assert read(head).title == title


def test_a_publisher_may_be_named_elsewhere() -> None:
    graph = {"@graph": [article(publisher={"@id": "#p"}), {"@id": "#p", "@type": "Organization", "name": "The P"}]}
    assert read("", graph).site_name == "The P"
