"""A bot that is started again and again on one database, and killed where a test says."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from config.settings import Settings

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL


class MortalBot:
    """Starts the bots of tests/e2e/killed.py, each in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def live(self, boundary: str = "") -> int:
        """Run a bot until it dies at `boundary`, or is done; return its exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{boundary}\n".encode())
        async with asyncio.timeout(120):
            return int(await self._process.stdout.readline())


@asynccontextmanager
async def mortal_bot_with(settings: Settings) -> AsyncIterator[MortalBot]:
    """Yield a bot with these settings. At the end, none of its processes is left."""
    assert settings.discord_token is not None
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HEARSAY_", "COV_"))}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": settings.discord_token.get_secret_value(),
        "HEARSAY_DATA_DIR": str(settings.data_dir),
        "HEARSAY_DISCORD_API_BASE": str(settings.discord_api_base),
        "HEARSAY_DISCORD_GATEWAY_URL": str(settings.discord_gateway_url),
        "HEARSAY_ALLOW_PRIVATE_ADDRESSES": "true",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.e2e.killed",
        cwd=settings.data_dir,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield MortalBot(process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()
