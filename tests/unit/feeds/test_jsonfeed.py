"""JSON Feeds of all versions, and as people write them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import NotAFeed
from bot.feeds.parse import Document, parse_feed
from bot.model.feeds import ParsedFeed

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://news.example/feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


def an_item(number: int, **given: Any) -> dict[str, Any]:
    return {"id": f"i{number}", "url": f"https://news.example/{number}", "title": f"T{number}"} | given


def read(*items: Any, known: bytes = b"", **given: Any) -> ParsedFeed:
    document = {"version": VERSION, "title": "News", "items": list(items)} | given
    return parse_feed(Document(json.dumps(document).encode(), URL, "application/feed+json", NOW, known))


@pytest.mark.parametrize(
    "version",
    [
        VERSION,
        "https://jsonfeed.org/version/1",
        "http://jsonfeed.org/version/1/",
        "1.1",
        "1.0",
        "1",
        1,
        1.1,
        None,
        "",
    ],
)
def test_versions_are_taken_as_people_write_them_or_forget_them(version: object) -> None:
    assert [entry.key for entry in read(an_item(1), version=version).entries] == ["i1"]


@pytest.mark.parametrize(
    "document",
    [
        {"items": []},
        {"items": [1, 2]},
        {"items": [{"name": "x"}]},
        {"version": "2.0", "items": [an_item(1)]},
        {"version": "https://stac.example/1.0", "items": [an_item(1)]},
        {"title": "x"},
        [an_item(1)],
    ],
)
def test_other_json_is_no_feed(document: object) -> None:
    with pytest.raises(NotAFeed):
        parse_feed(Document(json.dumps(document).encode(), URL, "application/json", NOW))


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ({"date_published": "2026-03-01T10:00:00+01:00"}, datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ({"date_published": "Sun, 01 Mar 2026 10:00:00 GMT"}, datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ({"date_published": "2026-03-01 10:00:00"}, datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ({"date_published": 1772359200}, datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ({"date_published": 1772359200000}, datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ({"date_modified": "2026-03-01T10:00:00Z"}, datetime(2026, 3, 1, 10, tzinfo=UTC)),
        (
            {"date_published": "soon", "date_modified": "2026-03-01T10:00:00Z"},
            datetime(2026, 3, 1, 10, tzinfo=UTC),
        ),
        ({"date_published": True}, None),
        ({"date_published": float("nan")}, None),
        ({}, None),
    ],
)
def test_dates_are_read_in_any_form(given: dict[str, Any], moment: datetime | None) -> None:
    (entry,) = read(an_item(1, **given)).entries
    assert entry.published_at == moment


@pytest.mark.parametrize(
    ("given", "author"),
    [
        ({"authors": [{"name": "Ann"}, {"name": "Bo"}]}, "Ann, Bo"),
        ({"author": {"name": "Ann"}}, "Ann"),
        ({"author": "Ann"}, "Ann"),
        ({"authors": "Ann"}, "Ann"),
        ({"authors": ["Ann", "Bo"]}, "Ann, Bo"),
        ({"authors": {"name": "Ann"}}, "Ann"),
        ({"author": [{"name": "Ann"}]}, "Ann"),
        ({"authors": [], "author": {"name": "Ann"}}, "Ann"),
        ({"authors": [{"url": "https://a.example"}, 3, None]}, "The Desk"),
        ({}, "The Desk"),
    ],
)
def test_authors_in_any_form_count_and_else_those_of_the_feed(given: dict[str, Any], author: str) -> None:
    (entry,) = read(an_item(1, **given), authors=[{"name": "The Desk"}]).entries
    assert entry.author == author


def test_relative_links_are_relative_to_the_site() -> None:
    home = "https://site.example/blog/"
    (entry,) = read(an_item(1, url="a/1"), home_page_url=home).entries
    assert entry.url == "https://site.example/blog/a/1"
    (entry,) = read({"id": "https://news.example/1", "title": "T"}).entries
    assert entry.url == "https://news.example/1"


def test_known_items_are_left_out_and_count_as_present() -> None:
    before = read(an_item(1), an_item(2))
    after = read(an_item(3), an_item(1), an_item(2, title="Changed"), known=before.item_hashes)
    assert [entry.key for entry in after.entries] == ["i3", "i2"]
    assert (after.left_out, len(after.left_out_keys)) == (1, 1)
    assert read(an_item(1), an_item(2), known=before.item_hashes).entries == ()


def test_what_items_inherit_makes_them_new_when_it_changes() -> None:
    before = read(an_item(1), authors=["Ann"])
    assert read(an_item(1), authors=["Bo"], known=before.item_hashes).left_out == 0


def test_of_a_long_feed_the_newest_items_are_read() -> None:
    items = [an_item(n, date_published=f"{1990 + n // 12}-{1 + n % 12:02}-01T00:00:00Z") for n in range(400)]
    assert {entry.key for entry in read(*items).entries} == {f"i{n}" for n in range(100, 400)}
