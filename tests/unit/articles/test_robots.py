"""Robots rules as RFC 9309 has them; its examples are among these."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.robots import LONGEST_DELAY, LONGEST_FILE, robots_rules

SITE = "https://news.example"
SIMPLE = b"""
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""
"""RFC 9309, 5.1."""


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("foobot", "/example/page.html", True),
        ("foobot", "/example/allowed.gif", True),
        ("foobot", "/other", False),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("barbot", "/example/other.gif", True),
        ("quxbot", "/example/page.html", True),
        ("hearsay", "/example/page.html", False),
        ("hearsay", "/picture.gif", False),
        ("hearsay", "/picture.gif?large", True),
        ("hearsay", "/publications/one", True),
        ("hearsay", "/", True),
    ],
)
def test_the_groups_of_the_rfc(agent: str, path: str, *, allowed: bool) -> None:
    assert robots_rules(SIMPLE, agent).allow(SITE + path) is allowed


def test_the_longest_match_decides() -> None:
    """RFC 9309, 5.2."""
    rules = robots_rules(b"User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n")
    assert rules.allow(f"{SITE}/example/page/")
    assert not rules.allow(f"{SITE}/example/page/disallowed.gif")


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [  # the table of RFC 9309, 2.2.2, and the special characters of 2.2.3
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", True),
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar", True),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%E3%83%84", "/foo/bar/ツ", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/a%3cd.html", "/a%3Cd.html", True),
        ("/a%2Fb", "/a/b", False),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-%2a.html", True),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-x.html", False),
        ("/allow/this/exactly$", "/allow/this/exactly", True),
        ("/allow/this/exactly$", "/allow/this/exactly/not", False),
        ("/this/*/exactly", "/this/path/exactly/x", True),
        ("/this/*/exactly", "/this/exactly", False),
        ("/fish*.php", "/fishheads/catfish.php?parameters", True),
        ("/fish", "/Fish.asp", False),
        ("/*.php$", "/folder/filename.php", True),
        ("/*.php$", "/filename.php5", False),
        ("/*a*a$", "/ba", False),
        ("/*$", "/anything", True),
        ("/***x", "/yyx", True),
        ("fish", "/fish", True),
        ("/$", "/", True),
        ("/$", "/x", False),
        ("/a$b", "/a$b", True),
        ("/a$b", "/a%24b", True),
        ("/a%2Ab$", "/a*b", True),
    ],
)
def test_a_pattern_fits(pattern: str, path: str, *, fits: bool) -> None:
    body = f"user-agent: *\ndisallow: {pattern}".encode()
    assert robots_rules(body).allow(SITE + path) is not fits


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        (b"", True),
        (b"Disallow: /", True),  # for nobody
        (b"User-agent: Hearsay/2.0\nDisallow: /", False),
        (b"\xef\xbb\xbfUSER-AGENT : hearSay # us\rDISALLOW : / # all\r", False),
        (b"User-agent: *\nDisallow: /\nUser-agent: hearsay\nDisallow:", True),
        (b"User-agent: hearsay\nDisallow: /x\nUser-agent: a\nDisallow:\nUser-agent: hearsay\nDisallow: /", False),
        (b"User-agent: a\nSitemap: /s\nUser-agent: hearsay\nDisallow: /", False),
        (b"User-agent: hearsaybot\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /story\nAllow: /story", True),
        (b"<html><body>Not found: /</body></html>", True),
        (b"User-agent: *\n" + b"#" * LONGEST_FILE + b"\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /story".decode().encode("utf-16"), False),
        (b"User-agent: *\nDisallow: /story".decode().encode("utf-16-be"), False),
        (b"\xef\xbb\xbf\xef\xbb\xbfUser-agent: *\nDisallow: /story", False),
        (b"\x00User-agent: *\nDisallow: /story", False),
        (b"User-agent *\nDisallow /story", False),
        (b"User agent: *\nDissallow: /story", False),
        (b"User-agent: a, Hearsay, b\nDisallow: /story", False),
        (b"User-agent: *\nDisallow: https://news.example/story", False),
        (b"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /", True),
        (b"User-agents who disallow /story are welcome", True),
    ],
)
def test_files_as_they_come(body: bytes, *, allowed: bool) -> None:
    assert robots_rules(body).allow(f"{SITE}/story") is allowed


@pytest.mark.parametrize("path", ["/a/../private/x", "/./private/x", "/a/%2e%2e/private"])
def test_the_path_that_is_requested_counts(path: str) -> None:
    assert not robots_rules(b"User-agent: *\nDisallow: /private").allow(SITE + path)


def test_robots_txt_itself_is_never_forbidden() -> None:
    assert robots_rules(b"User-agent: *\nDisallow: /").allow(f"{SITE}/robots.txt")


@pytest.mark.parametrize(
    ("value", "delay"),
    [
        ("2", 2.0),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1,5", 1.5),
        ("10s", 10.0),
        ("10 seconds # please", 10.0),
        ("86400", LONGEST_DELAY),
        ("99999999999999", LONGEST_DELAY),
        *((odd, None) for odd in ("soon", "-1", "", ".", "inf", "NaN", "5-10", "00:10", "1 minute", "٣")),
    ],
)
def test_a_crawl_delay_is_read_up_to_a_limit(value: str, delay: float | None) -> None:
    assert robots_rules(f"User-agent: *\nCrawl-delay: {value}\nDisallow: /x".encode()).delay == delay


@given(st.binary(max_size=400), st.text(max_size=60))
def test_nothing_that_a_file_holds_raises(body: bytes, path: str) -> None:
    for prefix in (b"", b"User-agent: *\nDisallow: "):
        assert isinstance(robots_rules(prefix + body).allow(f"{SITE}/{path}"), bool)


@given(st.text(alphabet="ab*$", max_size=12), st.text(alphabet="ab", max_size=8))
def test_a_pattern_means_what_its_regular_expression_means(pattern: str, path: str) -> None:
    bare = pattern.removesuffix("$")
    if "$" in bare:
        return
    expression = "/" + ".*".join(map(re.escape, bare.split("*"))) + ("$" if pattern.endswith("$") else "")
    body = f"user-agent: *\ndisallow: /{pattern}".encode()
    assert robots_rules(body).allow(f"{SITE}/{path}") is (re.match(expression, "/" + path) is None)
