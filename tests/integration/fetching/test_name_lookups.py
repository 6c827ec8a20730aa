"""Names that nobody answers for hold up no other lookups: not Discord's, and not the end of the process."""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import web

from bot.errors import FetchFailed
from bot.fetching.client import open_fetcher
from bot.fetching.name_lookups import NameLookups
from tests.integration.feeds.server import always, served

DEAD = 200


@pytest.fixture
def silent_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Names below dead.example are looked up for ever, as if their server never answered, until the event is
    set."""
    answered, known = threading.Event(), socket.getaddrinfo

    def look_up(host: Any, *given: Any, **named: Any) -> Any:
        if str(host).endswith("dead.example"):
            answered.wait(60)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return known(host, *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield answered
    answered.set()


@pytest.fixture
async def lookups() -> AsyncIterator[NameLookups]:
    made = NameLookups()
    yield made
    await made.close()


async def test_dead_feeds_hold_up_no_lookup_of_the_event_loop(silent_names: threading.Event) -> None:
    async with open_fetcher("Hearsay", allow_private=True) as fetcher:
        dead = [asyncio.create_task(fetcher.fetch(f"http://{n}.dead.example/")) for n in range(DEAD)]
        await asyncio.sleep(0)
        async with asyncio.timeout(20):  # the loop's own threads, in which discord.py looks its names up
            found = await asyncio.gather(
                *(asyncio.get_running_loop().getaddrinfo("localhost", 443) for _ in range(50))
            )
        assert all(found)
        assert not any(task.done() for task in dead)
        silent_names.set()
        failed = await asyncio.gather(*dead, return_exceptions=True)
    assert all(isinstance(error, FetchFailed) for error in failed)


async def test_a_live_name_is_looked_up_while_as_many_as_there_are_threads_but_one_are_dead(
    silent_names: threading.Event,
) -> None:
    lookups = NameLookups(threads=3)
    dead = [asyncio.create_task(lookups.resolve(f"{n}.dead.example")) for n in range(2)]
    await asyncio.sleep(0)
    async with asyncio.timeout(20):
        for _ in range(5):
            assert (await lookups.resolve("localhost", 80))[0]["host"] == "127.0.0.1"
    silent_names.set()
    assert all(isinstance(e, OSError) for e in await asyncio.gather(*dead, return_exceptions=True))
    await lookups.close()


async def test_a_name_has_the_addresses_that_the_system_knows(lookups: NameLookups) -> None:
    (found,) = await lookups.resolve("127.0.0.1", 8080)
    assert (found["hostname"], found["host"], found["port"]) == ("127.0.0.1", "127.0.0.1", 8080)
    assert found["family"] is socket.AF_INET
    with pytest.raises(socket.gaierror):
        await lookups.resolve("nowhere.invalid")


async def test_pages_are_fetched_by_name() -> None:
    here = always(lambda: web.Response(text="here"))
    async with served(here) as url, open_fetcher("Hearsay", allow_private=True) as fetcher:
        assert (await fetcher.fetch(url.replace("127.0.0.1", "localhost"))).body == b"here"


def test_a_lookup_that_hangs_does_not_hold_up_the_end_of_the_process() -> None:
    program = """
import asyncio, socket, time
socket.getaddrinfo = lambda *_, **__: time.sleep(600)
from bot.fetching.name_lookups import NameLookups

async def main():
    lookups = NameLookups()
    asyncio.create_task(lookups.resolve("dead.example"))
    await asyncio.sleep(0.1)
    await lookups.close()

asyncio.run(main())
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
