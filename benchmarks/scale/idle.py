"""What a small installation takes while there is nothing to do: `python -m benchmarks idle`.

`hearsay run` on SQLite as a process, with a local Discord and no feeds. Resident memory counts all pages that are
in memory; PSS counts those shared with other processes (libraries) in part only.
"""

import asyncio
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.scale.role_processes import Role
from bot.event_loop import run_async
from preview.discord import LocalDiscord

SETTLED_S = 10.0
WATCHED_S = 60.0
VARIABLE = "HEARSAY_IDLE_SECONDS"


@dataclass(frozen=True)
class Idle:
    """Memory of the main process and of its worker processes, in megabytes, and the processor of all."""

    start: str
    resident: float
    shared_out: float
    workers: float
    cpu_percent: float


def run(console: Console) -> None:
    """Print the table."""
    watched_s = float(os.environ.get(VARIABLE) or WATCHED_S)
    table = Table(title="idle `hearsay run` on SQLite, main process", title_justify="left")
    for heading in ("", "resident MB", "PSS MB", "its workers, PSS MB", "processor, % of a core"):
        table.add_column(heading, justify="right" if heading else "left")
    with tempfile.TemporaryDirectory(prefix="hearsay-idle-") as folder:
        for one in run_async(_measured(Path(folder), watched_s)):
            figures = one.resident, one.shared_out, one.workers
            table.add_row(one.start, *(f"{figure:.0f}" for figure in figures), f"{one.cpu_percent:.2f}")
    console.print(table)


async def _measured(folder: Path, watched_s: float) -> list[Idle]:
    async with LocalDiscord() as discord:
        environment = {
            "DISCORD_TOKEN": discord.token,
            "HEARSAY_DATA_DIR": str(folder / "data"),
            "HEARSAY_DISCORD_API_BASE": discord.api_base,
            "HEARSAY_DISCORD_GATEWAY_URL": discord.gateway_url,
        }
        found = []
        for start in ("first start", "second start"):
            role = Role(start, ("run",), environment, folder / start.replace(" ", "-"))
            role.start()
            try:
                async with asyncio.timeout(600):
                    while "ready" not in (role.folder / "log").read_text():  # noqa: ASYNC110
                        await asyncio.sleep(0.2)
                await asyncio.sleep(SETTLED_S)
                used, since = role.cpu_s(), time.monotonic()
                await asyncio.sleep(watched_s)
                cpu = (role.cpu_s() - used) / (time.monotonic() - since) * 100
                main, workers = role.rollup_mb()
                found.append(Idle(start, main["Rss"], main["Pss"], workers["Pss"], cpu))
            finally:
                await role.stop()
        return found
