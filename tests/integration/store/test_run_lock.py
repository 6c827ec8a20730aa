"""The lock of the running bot, on either database and across processes."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.run_lock import hold_run_lock

ROOT = Path(__file__).parents[3]
HOLDER = """
import asyncio, sys
from bot.store.run_lock import hold_run_lock

async def main():
    async with hold_run_lock(sys.argv[1]) as got:
        print(got, flush=True)
        sys.stdin.read()

asyncio.run(main())
"""


async def test_a_second_holder_is_refused_until_the_first_has_ended(
    database_url: str,
) -> None:
    async with hold_run_lock(database_url) as first:
        async with hold_run_lock(database_url) as second:
            pass
        async with hold_run_lock(database_url) as third:
            pass
    async with hold_run_lock(database_url) as fourth:
        pass
    assert (first, second, third, fourth) == (True, False, False, True)


async def test_a_killed_process_holds_nothing(database_url: str) -> None:
    command = [sys.executable, "-c", HOLDER, database_url]
    pipe = subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=ROOT)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"True\n"
    async with hold_run_lock(database_url) as meanwhile:
        pass
    process.kill()
    await process.wait()
    async with hold_run_lock(database_url) as afterwards:
        pass
    assert (meanwhile, afterwards) == (False, True)


async def test_a_database_that_cannot_be_reached_is_reported() -> None:
    with pytest.raises(StoreError):
        async with hold_run_lock("postgresql://hearsay@127.0.0.1:1/news"):
            raise AssertionError("it was reached")
