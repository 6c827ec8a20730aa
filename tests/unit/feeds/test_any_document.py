"""Any bytes become a feed with sound entries, or NotAFeed."""

import json
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import NotAFeed
from tests.unit.feeds.feed_documents import NOW, parsed, rss

SLOW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_invariants(body: bytes) -> None:
    try:
        feed = parsed(body)
    except NotAFeed as error:
        assert error.message
        return
    keys = [entry.key for entry in feed.entries]
    assert len(keys) == len(set(keys)) <= 300
    for entry in feed.entries:
        assert 0 < len(entry.key) <= 500
        assert len(entry.title) <= 300
        assert entry.url is None or entry.url.lower().startswith(("http://", "https://"))
        assert entry.published_at is None or (entry.published_at.tzinfo is UTC and entry.published_at <= NOW)
        (entry.key + entry.title + entry.html + (entry.url or "") + (entry.author or "")).encode()


FRAGMENTS = st.sampled_from(
    [
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "<entry>",
        "</entry>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<guid>",
        "</guid>",
        "<pubDate>",
        "</pubDate>",
        "Tue, 03 Mar 2026 10:00:00 GMT",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&#0;",
        "&#55357;",
        "&bogus;",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<link href='/x'/>",
        "<a:b xmlns:a='u'>",
        "</channel></rss>",
        "<?pi ?>",
        "http://a.example/",
        "<content type='xhtml'>",
        "<div>",
        "\x00",
        "\ud7ff",
        "<",
        ">",
        "&",
        "'",
        "<!DOCTYPE rss>",
        "<enclosure url='x'/>",
    ]
)


@SLOW
@given(st.lists(FRAGMENTS | st.text(max_size=10), max_size=40))
def test_any_soup_of_xml_is_a_sound_feed_or_none(fragments: list[str]) -> None:
    check_invariants("".join(fragments).encode("utf-8", "surrogatepass"))


@SLOW
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30)), max_size=8))
def test_any_words_in_any_field_keep_the_entries_sound(items: list[tuple[str, str, str]]) -> None:
    check_invariants(
        rss(*(f"<title>{a}</title><guid>{b}</guid><pubDate>{c}</pubDate>" for a, b, c in items)).encode(
            "utf-8", "replace"
        )
    )


@SLOW
@given(st.datetimes() | st.text(max_size=30))
def test_any_date_is_aware_and_not_in_the_future_or_missing(date: datetime | str) -> None:
    for written in (
        (date.isoformat(), date.strftime("%a, %d %b %Y %H:%M:%S +0000")) if isinstance(date, datetime) else (date,)
    ):
        check_invariants(
            rss(f"<guid>1</guid><title>t</title><pubDate>{written}</pubDate>").encode("utf-8", "replace")
        )


@SLOW
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "url", "title", "authors", "name", "date_published", "content_text"]),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_in_a_json_feed_keeps_the_entries_sound(item: object) -> None:
    check_invariants(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item, item]}).encode())


@SLOW
@given(st.binary(max_size=300))
def test_any_bytes_are_a_sound_feed_or_none(body: bytes) -> None:
    check_invariants(body)
