"""What is new in a feed is found whether the feed is read whole or without the items that are known."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.identity import KnownEntry, Verdict, matches_of
from bot.feeds.parse import Document, parse_feed
from bot.feeds.prints import prints_of
from bot.model.feeds import ParsedFeed

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://news.example/feed"
HIDDEN = (1, 3, 8, 12)
"""How many of the first items are new."""
WORDS = [
    "harbour",
    "council",
    "bridge",
    "storm",
    "vote",
    "minister",
    "strike",
    "market",
    "school",
    "river",
    "court",
    "budget",
    "film",
    "train",
    "coast",
]


@dataclass(frozen=True)
class Item:
    guid: str
    link: str
    title: str
    text: str
    hour: int


def a_feed_of_lookalikes(seed: int) -> list[Item]:
    """Return items that resemble each other in all the ways in which those of real feeds do."""
    chance = random.Random(seed)
    day_page = chance.random() < 0.5
    columns = ["The morning briefing", "Live: what we know", "Letters"]
    texts = [" ".join(chance.choices(WORDS, k=40)) for _ in range(3)]
    items = []
    for n in range(24):
        title = chance.choice(columns) if chance.random() < 0.4 else f"{' '.join(chance.choices(WORDS, k=5))} {n}"
        text = chance.choice(texts) if chance.random() < 0.4 else " ".join(chance.choices(WORDS, k=40))
        if chance.random() < 0.5:
            text += f" {chance.choice(WORDS)} {n}"
        link = f"{URL}/{n // 6}#a{n}" if day_page else f"{URL}/{n}?utm_source=rss"
        if chance.random() < 0.1:
            link = "https://news.example/"
        guid = link if chance.random() < 0.4 else f"tag:{n}"
        items.append(Item(guid, link, title, text, n))
    return items


def as_rss(items: list[Item]) -> str:
    rows = "".join(
        f"<item><guid>{i.guid}</guid><link>{i.link}</link><title>{i.title}</title><description>{i.text}</description>"
        f"<pubDate>{NOW - timedelta(hours=i.hour):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for i in items
    )
    return f'<rss version="2.0"><channel><title>N</title>{rows}</channel></rss>'


def as_atom(items: list[Item]) -> str:
    rows = "".join(
        f"<entry><id>{i.guid}</id><link href='{i.link}'/><title>{i.title}</title>"
        f"<content type='html' xml:base='https://news.example/'>{i.text}</content>"
        f"<updated>{NOW - timedelta(hours=i.hour):%Y-%m-%dT%H:%M:%SZ}</updated></entry>"
        for i in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>{rows}</feed>'


def as_json(items: list[Item]) -> str:
    rows = [{"id": i.guid, "url": i.link, "title": i.title, "content_text": i.text} for i in items]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": rows})


FORMS: dict[str, Callable[[list[Item]], str]] = {
    "rss": as_rss,
    "atom": as_atom,
    "json": as_json,
    "broken rss": lambda items: as_rss(items).replace("T", "&"),
}


def read(document: str, known: bytes = b"") -> ParsedFeed:
    return parse_feed(Document(document.encode(), URL, "application/octet-stream", NOW, known))


def new_in(feed: ParsedFeed, before: ParsedFeed) -> set[str]:
    """Return the keys of what is new in `feed`, as the store finds it."""
    known = {e.key: KnownEntry(n, e.key, prints_of(e), e.published_at) for n, e in enumerate(before.entries)}
    unchanged = set(before.entries)
    changed = [(e.key, e, prints_of(e)) for e in feed.entries if e not in unchanged]
    matches = matches_of(
        changed,
        {e.key: known[e.key] for e in feed.entries if e.key in known},
        known.values(),
        left_out=feed.left_out + len(feed.entries) - len(changed),
        left_out_keys=feed.left_out_keys,
        last_success_at=NOW - timedelta(hours=1),
    )
    return {match.key for match in matches if match.verdict is Verdict.NEW}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(6))
def test_the_same_entries_are_new_whole_and_trimmed(form: str, seed: int) -> None:
    items = a_feed_of_lookalikes(seed)
    document = FORMS[form](items)
    whole = read(document)
    assert len(whole.entries) > 12
    for hidden in HIDDEN:
        before = read(FORMS[form](items[hidden:]))
        trimmed = read(document, before.item_hashes)
        assert trimmed.left_out > 0
        assert new_in(trimmed, before) == new_in(whole, before), hidden


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_without_what_is_left_out_new_entries_would_be_lost(form: str) -> None:
    """The feeds above are such that the property can fail."""
    lost = 0
    for seed in range(6):
        items = a_feed_of_lookalikes(seed)
        whole = read(FORMS[form](items))
        for hidden in HIDDEN:
            before = read(FORMS[form](items[hidden:]))
            trimmed = read(FORMS[form](items), before.item_hashes)
            blind = ParsedFeed(trimmed.title, entries=trimmed.entries, left_out=trimmed.left_out)
            lost += len(new_in(whole, before) - new_in(blind, before))
    assert lost > 0
