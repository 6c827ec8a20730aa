"""Processes of the bot that a benchmark starts, measures, stops and kills."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
