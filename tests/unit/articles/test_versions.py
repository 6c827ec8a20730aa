"""AMP, print and mobile versions are the article itself, and no address becomes another site's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetching.canonical_url import canonical_url, host_of, same_site

ARTICLE = "https://news.example/2026/a-story"
PIECES = ["amp", "print", "a-story", "news", ".amp", ".html", ".amp.html", "/", "?", "&", "=", "#", "amp=1", "x=2"]
PIECES += [
    "outputType=amp",
    "print=1",
    "utm_source=x",
    "%2F",
    "%26",
    "..",
    ":",
    "@",
    "s",
    "c",
    "v",
    "www.google.com",
]
addresses = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)


@pytest.mark.parametrize(
    "version",
    [
        "https://www.google.com/amp/s/news.example/2026/a-story",
        "https://www.google.com/amp/s/news.example/2026/a-story/amp?usqp=mq331AQ",
        "https://news-example.cdn.ampproject.org/c/s/news.example/2026/a-story/amp/",
        "https://news-example.cdn.ampproject.org/v/s/news.example/2026/a-story?amp_js_v=0.1#referrer=x",
        "https://cdn.ampproject.org/c/s/news.example/2026/a-story",
        ARTICLE + "/amp/amp/",
        ARTICLE + ".amp/print",
        ARTICLE + "?output=amp",
        ARTICLE + "?view=print&amp=",
    ],
)
def test_a_version_is_the_article(version: str) -> None:
    assert canonical_url(version) == ARTICLE


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/?view=list",
        "https://news.example/guitars/amp",
        "https://cdn.ampproject.org/v0.js",
        "https://example.cdn.ampproject.org.evil.example/c/s/news.example/a-1",
        "https://m.news.example/2026/a-story",
    ],
)
def test_what_only_looks_like_a_version_stays(url: str) -> None:
    assert canonical_url(url) == url


@given(addresses)
def test_canonical_twice_is_canonical_once(tail: str) -> None:
    for start in ("https://news.example/", "https://www.google.com/amp/s/", "https://x.cdn.ampproject.org/c/"):
        once = canonical_url(start + tail)
        assert canonical_url(once) == once


@given(addresses, st.sampled_from(["news.example", "www.news.example", "m.news.example", "amp.news.example:81"]))
def test_an_address_never_becomes_another_sites(tail: str, host: str) -> None:
    url = canonical_url(f"https://{host}/{tail}")
    assert url.partition("//")[2].partition("/")[0] == host
    assert same_site(url, f"https://{host}/")


def test_mobile_and_amp_hosts_are_of_their_site_and_no_other() -> None:
    for host in ("m", "amp", "mobile", "www", "www.m", "amp.www"):
        assert same_site(f"https://{host}.news.example/a", "https://news.example/b")
    assert not same_site("https://m.example/a", "https://news.m.example/b")
    assert not same_site("https://amp.example/", "https://example/")
    assert host_of("https://amp.example/") == "amp.example"
