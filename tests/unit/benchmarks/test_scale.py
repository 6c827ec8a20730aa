"""The parts of the benchmarks with many processes: what they count is what happened."""

import asyncio
from collections import Counter
from contextlib import suppress
from pathlib import Path

import aiohttp

from benchmarks.scale.chaos import Found
from benchmarks.scale.cut_proxy import CutProxy
from benchmarks.scale.newswire import Newswire
from benchmarks.scale.readers import share_of
from benchmarks.scale.role_processes import Role


def test_what_is_repeated_is_counted_by_channel() -> None:
    found = Found(shown={"general": Counter(a=1, b=0, c=3), "news": Counter(a=1, b=1, c=1)})
    assert found.repeated == 2


def test_the_wait_of_the_slowest_hundredth_is_not_hidden_by_the_others() -> None:
    assert share_of([0.1] * 98 + [2.0, 3.0], 0.5) == 0.1
    assert share_of([0.1] * 98 + [2.0, 3.0], 0.99) == 3.0
    assert share_of([], 0.99) == 0.0


async def test_the_news_wire_publishes_different_articles_and_counts_visits() -> None:
    async with Newswire(3, seed=1) as wire, aiohttp.ClientSession() as session:
        titles = [wire.publish() for _ in range(30)]
        assert len(set(titles)) == 30
        feeds = [await (await session.get(url)).text() for url in wire.feeds]
        assert sum(feed.count("<item>") for feed in feeds) == 30
        assert sum(title in feed for title in titles for feed in feeds) == 30
        page = await (await session.get(wire.feeds[0].replace("/feed", "/0"))).text()
        assert any(title in page for title in titles)
    assert sum(wire.visits.values()) == 4


async def test_a_proxy_that_is_cut_ends_connections_and_refuses_new_ones_for_a_while() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(100):
            writer.write(data)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server, CutProxy(server.sockets[0].getsockname()[1]) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"one")
        assert await reader.read(3) == b"one"
        await proxy.cut(0)
        with suppress(ConnectionError):
            assert await reader.read(3) == b""
        assert reader.at_eof() or reader.exception() is not None
        again, other = await asyncio.open_connection("127.0.0.1", proxy.port)
        other.write(b"two")
        assert await again.read(3) == b"two"
        other.close()
        writer.close()


async def test_a_role_is_started_measured_and_killed(tmp_path: Path) -> None:
    role = Role("help", ("--version",), {}, tmp_path / "role")
    assert not role.runs
    role.start()
    assert role.process is not None
    role.process.wait()
    assert role.process.returncode == 0
    assert "hearsay" in (tmp_path / "role" / "log").read_text()
    role.kill()
    await role.stop()
    assert role.starts == 1
    assert role.cpu_s() == 0.0
