"""`health`: asks the running bot, and tells another server from it."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.http_server import serve_metrics
from bot.metrics import Metrics
from tests.background import in_background
from tests.integration.cli.conftest import Command

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def a_bot(**parts: bool) -> AsyncIterator[str]:
    async def health() -> dict[str, bool]:
        return parts

    async with serve_metrics("127.0.0.1:0", Metrics(), health) as url:
        yield url.removeprefix("http://")


@asynccontextmanager
async def another_server(answer: bytes, status: int) -> AsyncIterator[str]:
    async def anything(_request: web.Request) -> web.Response:
        return web.Response(body=answer, status=status)

    app = web.Application()
    app.router.add_get("/healthz", anything)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def test_a_bot_that_is_well_says_so(hearsay: Command) -> None:
    with in_background(lambda: a_bot(store=True, discord=True)) as address:
        well = hearsay("health", HEARSAY_METRICS_ADDRESS=address)
        everywhere = hearsay("health", HEARSAY_METRICS_ADDRESS=f"0.0.0.0:{address.split(':')[1]}")
    assert (well.exit_code, well.stdout) == (0, "store works, discord works\n")
    assert everywhere.exit_code == 0


def test_parts_that_do_not_work_are_named(hearsay: Command) -> None:
    with in_background(lambda: a_bot(store=True, discord=False)) as address:
        unwell = hearsay("health", HEARSAY_METRICS_ADDRESS=address)
    assert (unwell.exit_code, unwell.stderr) == (1, "Error: Not working: discord. The log says why.\n")


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"{}", b'{"store": "yes"}', b"\xff", b""])
def test_another_server_is_not_taken_for_the_bot(hearsay: Command, answer: bytes, status: int) -> None:
    with in_background(lambda: another_server(answer, status)) as address:
        result = hearsay("health", HEARSAY_METRICS_ADDRESS=address)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "[::1]:1", "127.0.0.1:99999999", "a b:1", "host:"])
def test_an_address_where_nothing_is_is_told(hearsay: Command, address: str) -> None:
    result = hearsay("health", HEARSAY_METRICS_ADDRESS=address)
    assert result.exit_code == 1
    assert "Is it running" in result.stderr


def test_without_an_address_there_is_nobody_to_ask(hearsay: Command) -> None:
    result = hearsay("health")
    assert (result.exit_code, "HEARSAY_METRICS_ADDRESS is not set" in result.stderr) == (1, True)


def test_a_container_that_asks_every_half_minute_imports_nothing_of_the_bot_itself(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['bot', 'health']\n"
        "from bot.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n    print(sorted({'bot.app', 'sqlalchemy', 'discord', 'aiohttp'} & set(sys.modules)))"
    )
    with in_background(lambda: a_bot(store=True, discord=True)) as address:
        asked = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env=os.environ | {"HEARSAY_METRICS_ADDRESS": address, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout == "store works, discord works\n[]\n"
