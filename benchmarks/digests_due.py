"""Digests of many channels due in one minute, at Discord's rate limits, while members use slash commands.

The bot runs in a process of its own against the local Discord, which refuses what Discord would refuse: more
than 50 requests a second, and more than 5 messages in 5 seconds in a channel. HEARSAY_DIGESTS sets how many
digests (5,000). Measured: how long it took, the rate, refusals, memory, how evenly servers were served, and how
soon commands were acknowledged.
"""

import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.clock import utc_now
from bot.model.feeds import PollStatus
from bot.store import Store, open_store
from config.settings import Settings
from preview.discord import MANAGER, LocalDiscord, faults
from preview.discord.faults import Fault, Faults
from tests.factories import (
    a_subscription,
    an_article,
    an_attached_feed,
    an_outcome,
    said,
    save_outcome,
    stored_article,
)

DIGESTS, A_GUILD = 5_000, 250
GLOBAL_LIMIT, CHANNEL_LIMIT, CHANNEL_SECONDS = 50, 5, 5.0
ASKED_EVERY_S = 0.5
GIVEN_UP_AFTER_S = 1_800
SUBJECTS = ("dam", "strike", "ferry", "orchestra", "bakery")


class DiscordLimits(Faults):
    """Refuses what is over Discord's limits. Interactions do not count, as on Discord."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self._all: deque[float] = deque()
        self._channels: defaultdict[str, deque[float]] = defaultdict(deque)

    def next_for(self, method: str, path: str) -> Fault | None:
        """Return a 429 for a request that is too much."""
        if not path.startswith("/channels/"):
            return None
        now = time.monotonic()
        over = _over(self._all, now, GLOBAL_LIMIT, 1.0)
        everywhere = over is not None
        if over is None and method == "POST":
            over = _over(self._channels[path], now, CHANNEL_LIMIT, CHANNEL_SECONDS)
        if over is None:
            return None
        self.refused += 1
        return faults.rate_limited(over, everywhere=everywhere)


def _over(seen: deque[float], now: float, limit: int, seconds: float) -> float | None:
    """Count a request, and return how long to wait if it is one too many."""
    while seen and seen[0] <= now - seconds:
        seen.popleft()
    if len(seen) >= limit:
        return seen[0] + seconds - now
    seen.append(now)
    return None


def run(console: Console) -> None:
    """Print the table."""
    console.print(asyncio.run(_measured(int(os.environ.get("HEARSAY_DIGESTS", DIGESTS)))))


async def _measured(digests: int) -> Table:
    guilds = {
        f"Server {number}": [f"news-{number}-{n}" for n in range(min(A_GUILD, digests - number * A_GUILD))]
        for number in range(-(-digests // A_GUILD))
    }
    with tempfile.TemporaryDirectory() as folder:
        limits = DiscordLimits()
        async with LocalDiscord(guilds=guilds, faults=limits, patience=120) as local:
            settings = Settings(
                _env_file=None, discord_token=local.token, data_dir=Path(folder), allow_private_addresses=True
            )
            async with open_store(settings.store_url, clock=utc_now) as store:
                await _prepared(store, local)
            bot = await _started(local, settings, Path(folder))
            try:
                return await _watched(local, limits, bot, digests)
            finally:
                bot.send_signal(signal.SIGTERM)
                await bot.wait()


async def _prepared(store: Store, local: LocalDiscord) -> None:
    """Store five stories, and a digest that is due for each channel."""
    for guild in local.guilds:
        guild_id = int(guild.id)
        feed = await an_attached_feed(store, guild_id)
    for number, subject in enumerate(SUBJECTS):
        text, extraction = said(f"The {subject} was never in danger of any {subject} {number}", "Ada Quist")
        article = an_article(text=text, title=f"News of the {subject}", published_at=utc_now())
        await stored_article(
            store,
            int(local.guilds[0].id),
            article=article,
            extraction=extraction,
            seen_at=utc_now(),
            grouped=True,
        )
    times = {"polled_at": utc_now(), "next_poll_at": utc_now() + timedelta(days=400)}
    await save_outcome(store, an_outcome(feed.id, status=PollStatus.UNCHANGED, feed=None, **times))
    due = utc_now() + timedelta(seconds=20)
    for guild in local.guilds:
        for channel in guild.channels.values():
            if channel.name.startswith("news-"):
                given = {"channel_id": int(channel.id), "next_at": due, "limit": A_GUILD}
                await a_subscription(store, int(guild.id), **given)


async def _started(local: LocalDiscord, settings: Settings, folder: Path) -> asyncio.subprocess.Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEARSAY_")}
    environment |= {
        "DISCORD_TOKEN": local.token,
        "HEARSAY_DATA_DIR": str(settings.data_dir),
        "HEARSAY_DISCORD_API_BASE": local.api_base,
        "HEARSAY_DISCORD_GATEWAY_URL": local.gateway_url,
        "HEARSAY_ALLOW_PRIVATE_ADDRESSES": "true",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    log = (folder / "bot.log").open("wb")
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stdout=log, stderr=log, cwd=folder
    )
    await local.ready()
    return bot


async def _watched(
    local: LocalDiscord, limits: DiscordLimits, bot: asyncio.subprocess.Process, digests: int
) -> Table:
    manager = local.user("mona", permissions=MANAGER)
    first_channel = next(iter(local.guilds[0].channels.values()))
    waits: list[float] = []
    posts: list[tuple[float, str]] = []
    begun = time.monotonic()
    while len(posts) < digests and time.monotonic() - begun < GIVEN_UP_AFTER_S:
        asked = time.monotonic()
        await manager.slash(first_channel, "digest list")
        waits.append(time.monotonic() - asked)
        await asyncio.sleep(ASKED_EVERY_S)
        posts += _posts_since(local, len(posts))
    return _table(posts, limits, waits, _peak_memory(bot.pid))


def _posts_since(local: LocalDiscord, known: int) -> list[tuple[float, str]]:
    """Return when messages came (by their ids) and to which server, those after the first `known`."""
    found = sorted(
        (int(message["id"]) >> 22, guild.id)
        for guild in local.guilds
        for channel in guild.channels.values()
        for message in channel.messages
    )
    return [(moment / 1000, guild_id) for moment, guild_id in found[known:]]


def _peak_memory(pid: int) -> str:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return "unknown"
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    return f"{kilobytes / 1024:.0f} MB"


def _table(posts: list[tuple[float, str]], limits: DiscordLimits, waits: list[float], memory: str) -> Table:
    moments = [moment for moment, _ in posts]
    seconds = max(moments) - min(moments) if moments else 0.0
    rates = Counter(int(moment) for moment in moments)
    halves: defaultdict[str, list[float]] = defaultdict(list)
    for moment, guild_id in posts:
        halves[guild_id].append(moment - min(moments))
    means = [statistics.mean(times) / seconds for times in halves.values()] if seconds else []
    table = Table(title="Digests due in one minute")
    table.add_column("")
    table.add_column("", justify="right")
    rows = {
        "digests posted": f"{len(posts):,}",
        "seconds from the first to the last": f"{seconds:.0f}",
        "messages a second, on average": f"{len(posts) / (seconds or 1):.1f}",
        "messages in the busiest second": str(max(rates.values(), default=0)),
        "refused by the rate limit": str(limits.refused),
        "peak memory of the bot's process": memory,
        "servers: mean place of their messages, from first to last": (
            f"{min(means):.0%} to {max(means):.0%}" if means else "-"
        ),
        "commands acknowledged": str(len(waits)),
        "until acknowledged: median, p99, longest": ", ".join(
            f"{value:.2f} s"
            for value in (statistics.median(waits), sorted(waits)[int(len(waits) * 0.99)], max(waits))
        ),
    }
    for name, value in rows.items():
        table.add_row(name, value)
    return table
