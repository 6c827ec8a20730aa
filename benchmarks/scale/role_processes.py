"""Processes of the bot that a benchmark starts, measures, stops and kills."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from preview.discord import LocalDiscord

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
AHEAD = """
import datetime, bot.clock
right = bot.clock.utc_now
bot.clock.utc_now = lambda: right() + datetime.timedelta(minutes={minutes})
from bot.__main__ import main
main()
"""
"""Starts the bot on a machine whose clock is wrong, so to speak."""


@dataclass
class Role:
    """A process with the arguments of `python -m bot`; its worker processes belong to it."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    minutes_ahead: int = 0
    starts: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, after whatever became of it before."""
        self.starts += 1
        self.folder.mkdir(exist_ok=True)
        start = ["-c", AHEAD.format(minutes=self.minutes_ahead)] if self.minutes_ahead else ["-m", "bot"]
        own = {name: value for name, value in os.environ.items() if not name.startswith("HEARSAY_")}
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *start, *self.arguments],
                cwd=self.folder,
                env=own | {"PYTHONPATH": str(ROOT)} | dict(self.environment),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def runs(self) -> bool:
        """Whether it is there."""
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it and its worker processes."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def kill(self) -> None:
        """Kill it at once."""
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    async def stop(self) -> None:
        """Stop it in order, as `docker stop` does; kill it if that takes longer than half a minute."""
        if self.process is None:
            return
        self.process.terminate()
        for _ in range(300):
            if not self.runs:
                break
            await asyncio.sleep(0.1)
        self.kill()

    def cpu_s(self) -> float:
        """Return the seconds of processor that it and its worker processes have used."""
        return sum((int(stat[11]) + int(stat[12])) / TICKS for stat in self._stats())

    def memory_mb(self) -> tuple[float, float]:
        """Return the memory of the process, and of its worker processes, in megabytes."""
        pid = self.process.pid if self.process is not None else 0
        sizes = {int(stat[-1]): int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6 for stat in self._stats()}
        return sizes.get(pid, 0.0), sum(size for of, size in sizes.items() if of != pid)

    def rollup_mb(self) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Return resident memory and PSS of the process, and the sums of its worker processes, in megabytes."""
        main, workers = defaultdict[str, float](float), defaultdict[str, float](float)
        for *_, pid in self._stats():
            of = main if self.process is not None and int(pid) == self.process.pid else workers
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
                name, size = line.split()[:2]
                of[name.rstrip(":")] += int(size) / 1024
        return main, workers

    def _stats(self) -> list[list[str]]:
        """Return the fields of /proc/PID/stat after the name, and the pid, of all processes of the session."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if self.process is not None and int(fields[3]) == self.process.pid:
                found.append([*fields, path.parent.name])
        return found


def bot_environment(url: str, discord: LocalDiscord) -> dict[str, str]:
    """Return the settings of a bot with a database on PostgreSQL, whose news wire is on this machine."""
    return {
        "DISCORD_TOKEN": discord.token,
        "HEARSAY_DATABASE_URL": url,
        "HEARSAY_DISCORD_API_BASE": discord.api_base,
        "HEARSAY_DISCORD_GATEWAY_URL": discord.gateway_url,
        "HEARSAY_ALLOW_PRIVATE_ADDRESSES": "true",
        "HEARSAY_LOG_LEVEL": "info",
        "HEARSAY_PASS_INTERVAL": "1",
        "HEARSAY_POLL_CONCURRENCY": "200",
    }


async def ready(roles: Sequence[Role]) -> None:
    """Wait until all say that they are ready: the model is loaded then."""
    async with asyncio.timeout(600):
        while not all('"ready"' in (role.folder / "log").read_text() for role in roles):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
