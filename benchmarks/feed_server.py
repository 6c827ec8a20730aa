"""A web server with thousands of feeds, fast enough not to affect the results: `python -m benchmarks.feed_server`.

Of twenty feeds, sixteen answer 304 to their ETag, three send the same body again without one, and one has two new
entries each round. Bodies are 20 to 60 KB, gzipped. `/round/R/N` starts round R of the feeds below N. `/slow/N`
answers 304 after `SLOW_S`. `/polled` says how many polls there were, of how many feeds. Prints its port.
"""

import asyncio
import gzip
import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
SLOW_S = 2.0
_words = random.Random(4)
_VOCABULARY = ["".join(_words.choices("abcdefghijklmnoprstuvwy", k=_words.randint(2, 11))) for _ in range(4000)]
TEXTS = [" ".join(_words.choices(_VOCABULARY, k=105)) for _ in range(64)]


def etag(number: int, round_: int) -> str | None:
    """Return the ETag of a feed in a round. None for a feed without one."""
    if number % 20 in (1, 2, 3):
        return None
    return f'"{number}-{round_ if number % 20 == 0 else 0}"'


def story(number: int, index: int) -> tuple[str, str, str, datetime, str]:
    """Return guid, link, title, date and text of the entry `index` of a feed."""
    return (
        f"urn:{number}:{index}",
        f"http://news.example/{number}/{index}",
        f"Story {index} of feed {number}",
        EPOCH + timedelta(minutes=90 * index),
        TEXTS[(number + index) % len(TEXTS)],
    )


def stories(number: int, round_: int) -> range:
    """Return the entries of a feed in a round, the newest first."""
    count = 20 + number * 7 % 41
    newest = count + (2 * round_ if number % 20 == 0 else 0)
    return range(newest - 1, newest - 1 - count, -1)


def body(number: int, round_: int) -> bytes:
    """Return the XML of a feed in a round."""
    items = []
    for index in stories(number, round_):
        guid, link, title, date, text = story(number, index)
        items.append(
            f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{guid}</guid>'
            f"<pubDate>{format_datetime(date)}</pubDate><dc:creator>A. Reporter</dc:creator>"
            f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Feed {number}</title><link>http://news.example/{number}</link>"
        f"<description>News</description><language>en</language>{''.join(items)}</channel></rss>"
    ).encode()


def packed(document: bytes) -> bytes:
    """Return a body as it is sent."""
    return gzip.compress(document, 1, mtime=0)


class _Feeds:
    def __init__(self) -> None:
        self.round = 0
        self.polls = 0
        self.polled: set[int] = set()
        self._packed: dict[int, bytes] = {}

    def start(self, round_: int, count: int) -> None:
        self.round = round_
        self._packed.clear()
        for number in range(count):
            if number % 20 < 4:
                self.packed(number)

    def packed(self, number: int) -> bytes:
        found = self._packed.get(number)
        if found is None:
            found = self._packed[number] = packed(body(number, self.round))
        return found


class _Connection(asyncio.Protocol):
    """One connection: as much of HTTP/1.1 as the contestants need."""

    def __init__(self, feeds: _Feeds) -> None:
        self._feeds = feeds
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._unread += data
        while (end := self._unread.find(b"\r\n\r\n")) >= 0:
            head, self._unread = self._unread[:end], self._unread[end + 4 :]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1].strip(b"/").split(b"/")
        if path[0] == b"round":
            self._feeds.start(int(path[1]), int(path[2]))
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        elif path[0] == b"polled":
            counts = f"{self._feeds.polls} {len(self._feeds.polled)}".encode()
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(counts), counts))
        elif path[0] == b"slow":
            answer = self._not_modified if b"If-None-Match" in head else lambda: self._feed(1, None)
            asyncio.get_running_loop().call_later(SLOW_S, answer)
        else:
            number = int(path[0])
            self._feeds.polls += 1
            self._feeds.polled.add(number)
            tag = etag(number, self._feeds.round)
            if tag and tag.encode() in head:
                self._not_modified()
            else:
                self._feed(number, tag)

    def _not_modified(self) -> None:
        self._transport.write(b"HTTP/1.1 304 Not Modified\r\n\r\n")

    def _feed(self, number: int, tag: str | None) -> None:
        packed = self._feeds.packed(number)
        lines = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(packed)}\r\n"
        lines += f"Content-Encoding: gzip\r\n{f'ETag: {tag}' if tag else 'X-Cache: none'}\r\n\r\n"
        self._transport.write(lines.encode() + packed)


async def serve() -> None:
    """Serve until stopped."""
    feeds = _Feeds()
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(feeds), "0.0.0.0", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
