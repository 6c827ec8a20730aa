"""Entries keep the keys by which they are known, whatever else a document holds."""

import pytest

from bot.feeds.parse import Document, parse_feed
from tests.unit.feeds.feed_documents import NOW, parsed, rss


def test_without_guid_the_link_is_the_key_and_without_both_the_words_are() -> None:
    feed = parsed(rss("<link>https://news.example/1</link>", "<title>Only words</title>", "", "<title> </title>"))
    first, second = feed.entries
    assert first.key == "https://news.example/1"
    (insecure,) = parsed(rss("<link>http://news.example/1</link>")).entries
    assert (insecure.key, insecure.url) == ("https://news.example/1", "http://news.example/1")
    assert second.key.startswith("sha256:")


@pytest.mark.parametrize(
    "item",
    [
        "<guid>same</guid><link>https://news.example/{n}</link><title>t{n}</title>",
        "<guid isPermaLink='false'>same</guid><title>t{n}</title>",
        "<link>https://news.example/live</link><title>t{n}</title>",
        "<link>https://news.example/live</link><description>words {n}</description>",
        "<link>https://news.example/</link><title>t{n}</title>",
    ],
)
def test_entries_that_share_a_key_keep_theirs_while_others_come_and_go(item: str) -> None:
    def keys(*numbers: int) -> dict[str, str]:
        entries = parsed(rss(*(item.format(n=n) for n in numbers))).entries
        return {f"{entry.title}{entry.html}": entry.key for entry in entries}

    before, after, later = keys(3, 2, 1), keys(4, 3, 2), keys(6, 5, 4)
    assert len({*before.values(), *after.values(), *later.values()}) == 6
    assert len({**before, **after, **later}) == 6
    assert {title: after[title] for title in before if title in after} == {
        title: before[title] for title in before if title in after
    }


def test_a_guid_that_repeats_is_told_apart_by_link_and_stays_so_when_news_comes_on_top() -> None:
    old = [
        "<guid>same</guid><link>https://news.example/2</link><title>two</title>",
        "<guid>same</guid><link>https://news.example/1</link><title>one</title>",
    ]
    new = "<guid>same</guid><link>https://news.example/3</link><title>three</title>"
    before = {entry.title: entry.key for entry in parsed(rss(*old)).entries}
    after = {entry.title: entry.key for entry in parsed(rss(new, *old)).entries}
    assert len(set(after.values())) == 3
    assert {title: after[title] for title in before} == before
    nolinks = [f"<guid isPermaLink='false'>same</guid><title>t{n}</title>" for n in range(3)]
    assert len({entry.key for entry in parsed(rss(*nolinks)).entries}) == 3


def test_a_feed_that_moves_keeps_its_keys() -> None:
    body = rss("<guid>tag-1</guid><link>/a</link>").encode()
    (before,) = parse_feed(Document(body, "http://old.example/feed", None, NOW)).entries
    (after,) = parse_feed(Document(body, "https://new.example/feed", None, NOW)).entries
    assert (before.key, after.key) == ("tag-1", "tag-1")
    assert (before.url, after.url) == ("http://old.example/a", "https://new.example/a")


def test_an_entry_repeated_word_for_word_is_one_entry() -> None:
    item = "<guid>1</guid><title>t</title>"
    assert len(parsed(rss(item, item)).entries) == 1


def test_keys_are_never_longer_than_a_column() -> None:
    feed = parsed(rss("<guid>" + "k" * 5000 + "</guid><title>t</title>"))
    assert len(feed.entries[0].key) < 500
