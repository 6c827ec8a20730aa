"""One article, one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetching.canonical_url import canonical_url, host_of, same_site


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example/A?utm_source=x&id=1&fbclid=y#top", "https://news.example/A?id=1"),
        ("https://news.example?gclid=1", "https://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example/2026/a-story/amp/", "https://news.example/2026/a-story"),
        ("https://news.example/a-story/amp", "https://news.example/a-story"),
        ("https://news.example/a-story.amp.html", "https://news.example/a-story.html"),
        ("https://news.example/a-story.amp", "https://news.example/a-story"),
        ("https://news.example/a-story?amp=1&page=2", "https://news.example/a-story?page=2"),
        ("https://news.example/a-story?outputType=amp", "https://news.example/a-story"),
        ("https://news.example/a-story?print=true", "https://news.example/a-story"),
        ("https://news.example/a-story/print/", "https://news.example/a-story"),
        ("https://news.example/guitars/amp", "https://news.example/guitars/amp"),
        ("https://news.example/?print=42", "https://news.example/?print=42"),
        ("https://www.google.com/amp/s/news.example/a-story/amp/", "https://news.example/a-story"),
        ("https://news.example/?q=a%20b&x", "https://news.example/?q=a%20b&x"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]/x"),
        ("http://[", "http://["),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://news.example:port/", "https://news.example:port/"),
    ],
)
def test_what_does_not_tell_articles_apart_goes(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.text(max_size=60))
def test_a_canonical_address_is_its_own_canonical_address(tail: str) -> None:
    for url in ("https://news.example/" + tail, tail):
        once = canonical_url(url)
        assert canonical_url(once) == once


def test_hosts_name_outlets_and_sites_are_told_apart() -> None:
    assert host_of("https://www.News.example/x") == "news.example"
    assert host_of("http://[") == ""
    assert same_site("https://m.news.example/a", "https://www.news.example/b")
    assert not same_site("https://news.example/a", "https://other.example/a")
    assert not same_site("", "")
