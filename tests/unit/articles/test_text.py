"""Pages and feed contents become clean text with paragraphs; nothing they hold raises."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles.paragraphs import LONGEST_TEXT, joined
from bot.articles.text import feed_text, page_text
from bot.text.counting import word_count

URL = "https://news.example/2026/03/minister-quits"
PARAGRAPHS = [
    "The transport minister, Jane Doe, resigned on Tuesday after a week of questions about a ferry contract.",
    "“I have always acted in the public interest,” she wrote in a letter to the prime minister on Tuesday.",
    "The leader of the opposition said it answered nothing and demanded that all letters be published.",
    "A spokesman for the department declined to comment on the contract, which was awarded in March.",
]


def page(body: str, head: str = "") -> bytes:
    head = f"<head><title>T | News</title>{head}</head>"
    return f'<!DOCTYPE html><html lang="en-GB">{head}<body>{body}</body></html>'.encode()


def article() -> str:
    return (
        "<nav><a href=/>Home</a></nav><article><h1>Minister quits</h1>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</article>"
    )


def test_a_page_gives_its_article_with_paragraphs_and_what_it_says_of_itself() -> None:
    read = page_text(
        page(
            article(),
            """<meta property="og:title" content="Minister quits over &quot;ferry&quot;">
            <meta property="og:site_name" content="The News"><meta name="author" content="Ann Author">
            <meta property="article:published_time" content="2026-03-04T10:00:00+01:00">
            <meta property="og:image" content="/lead.jpg"><link rel="canonical" href="/2026/03/minister-quits">""",
        ),
        URL + "?utm_source=x",
        "text/html; charset=utf-8",
    )
    assert read.text.split("\n\n")[-4:] == PARAGRAPHS
    assert "Home" not in read.text
    assert (read.title, read.site_name, read.author, read.language) == (
        'Minister quits over "ferry"',
        "The News",
        "Ann Author",
        "en-gb",
    )
    assert read.published_at == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert (read.image_url, read.canonical_url) == ("https://news.example/lead.jpg", URL)


def test_schema_org_data_is_read_and_broken_data_is_passed_over() -> None:
    data = """<script type="application/ld+json">{broken</script>
      <script type="application/ld+json">[[</script>
      <script type="application/ld+json">{"@graph": [{"@type": "WebSite"},
      {"@type": ["NewsArticle"], "headline": "H",
      "datePublished": "2026-03-04", "author": [{"name": "A"}, "B", 3], "publisher": {"name": "P"}}]}</script>"""
    read = page_text(page(article(), data), URL, None)
    assert (read.title, read.author, read.site_name) == ("H", "A, B", "P")
    assert read.published_at == datetime(2026, 3, 4, tzinfo=UTC)


def test_a_page_that_says_nothing_of_itself_has_only_its_text() -> None:
    read = page_text(article().encode(), URL, None)
    assert (read.title, read.author, read.published_at, read.site_name) == ("Minister quits", None, None, None)
    dated = page_text(page(article() + '<time datetime="Wed, 04 Mar 2026 10:00:00 GMT">x</time>'), URL, None)
    assert dated.published_at == datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_a_wrong_charset_does_not_break_the_quotation_marks() -> None:
    assert PARAGRAPHS[1] in page_text(page(article()), URL, "text/html; charset=iso-8859-1").text
    latin = page(article()).decode().encode("cp1252")
    assert PARAGRAPHS[1] in page_text(latin, URL, "text/html; charset=iso-8859-1").text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"<html></html>",
        b"<html><body></body></html>",
        b"%PDF-1.7 \x00\xff",
        b"\x00" * 5000,
        bytes(range(256)) * 20,
        b"<div>" * 20_000,
        b"<" * 5000,
        b"<?xml version='1.0' encoding='utf-16'?><html><p>x",
        b"<!--" * 3000,
    ],
)
def test_pages_without_an_article_have_no_text(body: bytes) -> None:
    assert word_count(page_text(body, URL, None).text) < 25


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "<article>",
                "<table><tr>",
                "<script>",
                "<!--",
                "<meta name=date content=x>",
                "&#0;",
                "<html lang='",
                "<time datetime=9999-99-99>",
                "<meta property=og:image content=http://[>",
            ]
        )
        | st.text(max_size=20),
        max_size=30,
    )
)
def test_any_page_is_read_without_an_error(fragments: list[str]) -> None:
    page_text("".join(fragments).encode("utf-8", "replace"), URL, "text/html")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b>.</p>\n<p>Three&nbsp;four</p>", "One two.\n\nThree four"),
        ("One<br><br/>Two<br>three", "One\n\nTwo three"),
        ("Plain &amp; simple\n\nSecond", "Plain & simple\n\nSecond"),
        ("<div>A<div>B</div>C</div>", "A\n\nB\n\nC"),
        (
            "<p>A</p><script>x()</script><style>y</style><figure><figcaption>cap</figcaption></figure><p>B</p>",
            "A\n\nB",
        ),
        ("<ul><li>a</li><li>b</li></ul>tail", "a\n\nb\n\ntail"),
        ("<p>A</p><p>The post <a href=x>A</a> appeared first on <a href=y>Site</a>.</p>", "A"),
        ("<p>A</p><p>Continue reading...</p>", "A"),
        ("<p>A</p><p>A</p>", "A"),
        ("", ""),
        ("   ", ""),
        ("<p></p>", ""),
    ],
)
def test_the_content_of_a_feed_becomes_paragraphs(html: str, text: str) -> None:
    assert feed_text(html) == text


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200),
    st.lists(st.sampled_from(["<p>", "<br>", "<b>", "</p>", "<script>", "<!--", "&nbsp;", "<li>"]), max_size=10),
)
def test_any_content_becomes_paragraphs_without_an_error(text: str, tags: list[str]) -> None:
    read = feed_text(text.join(tags) or text)
    assert all(part.strip() == part and part for part in read.split("\n\n")) or read == ""
    read.encode()


def test_deeply_nested_content_is_read() -> None:
    feed_text("<div>" * 50_000 + "deep")


def test_very_long_texts_end_at_a_paragraph() -> None:
    assert len(joined(f"{n} {'x' * 999}" for n in range(1000))) <= LONGEST_TEXT


def test_words_are_counted_in_scripts_without_spaces_too() -> None:
    assert word_count("one two  three") == 3
    assert word_count("日本語の文章です") == 4
