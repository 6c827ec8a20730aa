"""Chaos: roles are killed, frozen and cut off while a news wire goes on; what Discord shows is counted at the end.

`python -m benchmarks chaos`; HEARSAY_CHAOS names the number of events (200).
"""

import asyncio
import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from benchmarks.scale.cut_proxy import CutProxy
from benchmarks.scale.newswire import Newswire
from benchmarks.scale.role_processes import Role
from bot.clock import utc_now
from bot.errors import StoreError
from bot.event_loop import end_tasks, run_async
from bot.model.digests import Plan, Selection
from bot.store import Store, open_store
from bot.store.leases import LEASE
from bot.store.upgrade import upgrade
from preview.discord import LocalDiscord
from tests.databases import Cluster, postgres_programs

EVENTS = 200
VARIABLE = "HEARSAY_CHAOS"
OUTLETS = 8
CRASHES = 10
"""How often PostgreSQL is killed, of 200 events."""
CUTS = 20
FREEZES = 4
FROZEN_S = LEASE.total_seconds() + 5
AHEAD_MINUTES = 10
CHANNELS = ("general", "news")
PATIENCE_S = 900.0
"""How long to wait at the end until everything is posted."""


@dataclass
class Found:
    """What was counted."""

    events: Counter[str] = field(default_factory=Counter)
    published: int = 0
    stories: int = 0
    missing: int = 0
    """How many stories are not shown in a channel."""
    shown: dict[str, Counter[str]] = field(default_factory=dict)
    """In how many messages of each channel each headline stands."""
    commands: Counter[str] = field(default_factory=Counter)
    recovery_s: float = 0.0
    reads: int = 0
    most_reads: int = 0
    posts: int = 0
    messages: int = 0

    @property
    def repeated(self) -> int:
        """How often a headline is shown again in a channel."""
        return sum(max(count - 1, 0) for shown in self.shown.values() for count in shown.values())


def run(console: Console) -> bool:
    """Print the counts. Return whether each story was shown once in each channel and each command answered."""
    events = int(os.environ.get(VARIABLE) or EVENTS)
    programs = postgres_programs()
    if programs is None:
        console.print("chaos: PostgreSQL is not installed")
        return False
    with tempfile.TemporaryDirectory(prefix="hearsay-chaos-") as made:
        cluster = Cluster(programs, Path(tempfile.mkdtemp(prefix="hearsay-pg-")))
        cluster.start()
        try:
            cluster.execute("CREATE DATABASE chaos TEMPLATE template0")
            # what is committed survives a crash, unlike in tests
            cluster.execute("ALTER DATABASE chaos SET synchronous_commit = on")
            asyncio.run(upgrade(cluster.url("chaos")))
            found = run_async(_chaos(cluster, Path(made), events, console))
        finally:
            cluster.stop()
    _print(console, found)
    return not (found.missing or found.repeated or found.commands["lost"])


async def _chaos(cluster: Cluster, folder: Path, events: int, console: Console) -> Found:
    found = Found()
    async with (
        Newswire(OUTLETS, seed=3) as wire,
        LocalDiscord(guilds={"Readers": CHANNELS}, shards=2) as discord,
        CutProxy(cluster.port) as proxy,
        _roles(cluster, proxy, discord, folder) as roles,
    ):
        url = cluster.url("chaos")
        await _set_up(url, discord, wire)
        for role in roles:
            role.start()
        await discord.ready(120)
        async with _beside(
            _publishing(wire), _news_are_due(url), _asking(discord, roles, found), _restarting(roles)
        ):
            await _events(cluster, proxy, roles, events, found, console)
        ended = time.monotonic()
        async with _beside(_restarting(roles), _news_are_due(url)):
            await _until_all_is_posted(url, discord, wire)
        found.recovery_s = time.monotonic() - ended
        async with open_store(url, migrate=False) as store:
            stories = await _stories(store)
        found.stories, found.missing = len(stories), _missing(discord, wire, stories)
        _count(discord, wire, found)
    return found


@asynccontextmanager
async def _roles(
    cluster: Cluster, proxy: CutProxy, discord: LocalDiscord, folder: Path
) -> AsyncIterator[list[Role]]:
    environment = {
        "DISCORD_TOKEN": discord.token,
        "HEARSAY_DATABASE_URL": cluster.url("chaos").replace(f":{cluster.port}/", f":{proxy.port}/"),
        "HEARSAY_DISCORD_API_BASE": discord.api_base,
        "HEARSAY_DISCORD_GATEWAY_URL": discord.gateway_url,
        "HEARSAY_ALLOW_PRIVATE_ADDRESSES": "true",
        "HEARSAY_LOG_LEVEL": "warning",
    }
    light = "poll,read,group,compose,deliver,upkeep"
    made = [
        Role("gateway 0", ("gateway", "--shards", "0/2"), environment, folder / "gateway0"),
        Role("gateway 1", ("gateway", "--shards", "1/2"), environment, folder / "gateway1"),
        Role("worker", ("worker", "--queues", light), environment, folder / "worker0"),
        Role("worker", ("worker", "--queues", light), environment, folder / "worker1", AHEAD_MINUTES),
        Role("worker", ("worker", "--queues", "extract"), environment, folder / "worker2"),
        Role("scheduler", ("scheduler",), environment, folder / "scheduler"),
    ]
    try:
        yield made
    finally:
        for role in made:
            role.kill()


@asynccontextmanager
async def _beside(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do all this beside the body, and end it with the body."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        await end_tasks(tasks)
        for task in tasks:
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error


async def _set_up(url: str, discord: LocalDiscord, wire: Newswire) -> None:
    guild_id = int(discord.guild().id)
    async with open_store(url, migrate=False) as store:
        for address in wire.feeds:
            feed = await store.feeds.add(address)
            await store.guilds.attach(guild_id, feed.id, 1, limit=100)
        for name in CHANNELS:
            plan = Plan(channel_id=int(discord.channel(name).id), at=utc_now().time(), timezone="UTC")
            await store.subscriptions.add(
                guild_id,
                plan,
                Selection(guild_id=guild_id, minimum_confidence=0.0),
                created_by=1,
                next_at=utc_now() + timedelta(days=1),
                limit=25,
            )


async def _events(
    cluster: Cluster, proxy: CutProxy, roles: list[Role], events: int, found: Found, console: Console
) -> None:
    """Let one thing after another happen, at random moments."""
    chance = random.Random(5)
    rare = {"PostgreSQL killed": CRASHES, "network cut": CUTS, "worker frozen": FREEZES}
    planned = [what for what, times in rare.items() for _ in range(max(1, times * events // EVENTS))]
    planned += ["killed"] * (events - len(planned))
    chance.shuffle(planned)
    for number, what in enumerate(planned):
        told = what
        await asyncio.sleep(chance.uniform(0.2, 6.0))
        if what == "PostgreSQL killed":
            await asyncio.to_thread(cluster.crash)
        elif what == "network cut":
            await proxy.cut(chance.uniform(0.1, 5.0))
        elif what == "worker frozen":
            role = roles[chance.choice((2, 3))]
            role.signal(signal.SIGSTOP)
            await asyncio.sleep(FROZEN_S)
            role.signal(signal.SIGCONT)
        else:
            role = chance.choice(roles)
            role.kill()
            told = f"{role.name.split()[0]} killed"
        found.events[told] += 1
        if number % 20 == 19:
            console.print(f"{number + 1} of {events} events", style="dim")


async def _restarting(roles: list[Role]) -> None:
    """Start again what was killed, as Compose or systemd does."""
    while True:
        for role in roles:
            if not role.runs:
                role.start()
        await asyncio.sleep(0.5)


async def _publishing(wire: Newswire) -> None:
    while True:
        wire.publish()
        await asyncio.sleep(2.0)


async def _news_are_due(url: str) -> None:
    """Let feeds and digests be due every few seconds: in life they are every few minutes."""
    while True:
        with suppress(StoreError):
            async with open_store(url, migrate=False) as store, store.database.writing() as connection:
                await connection.execute(text("UPDATE feeds SET next_poll_at = now() - interval '1 second'"))
                later = "UPDATE subscriptions SET next_at = now() - interval '1 second', paused_reason = NULL"
                await connection.execute(text(later))
        await asyncio.sleep(4.0)


async def _asking(discord: LocalDiscord, roles: list[Role], found: Found) -> None:
    """Ask a command every second. It is lost if nobody answers though the gateways were there all the time."""
    reader = discord.user("rita")
    while True:
        starts = [role.starts for role in roles[:2]]
        connected = discord.connected
        try:
            async with asyncio.timeout(20):
                reply = await reader.slash(discord.channel("news"), "about")
                await reply.done()
            found.commands["answered"] += 1
        except Exception:  # noqa: BLE001 - whatever it was, there was no answer
            there = connected and discord.connected and starts == [role.starts for role in roles[:2]]
            there = there and all(role.runs for role in roles[:2])
            found.commands["lost" if there else "while its gateway was away"] += 1
        await asyncio.sleep(1.0)


async def _until_all_is_posted(url: str, discord: LocalDiscord, wire: Newswire) -> None:
    async def nothing_is_left() -> bool:
        with suppress(StoreError):
            async with open_store(url, migrate=False) as store:
                if not await _is_done(store, len(wire.titles)):
                    return False
                return not _missing(discord, wire, await _stories(store))
        return False

    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            while not await nothing_is_left():  # noqa: ASYNC110 - what is awaited is in other processes
                await asyncio.sleep(1.0)


async def _is_done(store: Store, articles: int) -> bool:
    async with store.database.reading() as connection:
        grouped = await connection.scalar(text("SELECT count(*) FROM articles WHERE story_id IS NOT NULL"))
        pending = await connection.scalar(text("SELECT count(*) FROM deliveries WHERE state = 'pending'"))
    return bool(grouped == articles and not pending)


def _shown(discord: LocalDiscord, wire: Newswire, channel: str) -> Counter[str]:
    """Return how many messages of a channel show each article."""
    messages = [json.dumps(message, ensure_ascii=False) for message in discord.channel(channel).messages]
    return Counter({title: sum(title in message for message in messages) for title in wire.titles})


async def _stories(store: Store) -> list[list[str]]:
    """Return the headlines of each story: a digest shows one of them."""
    async with store.database.reading() as connection:
        rows = await connection.execute(text("SELECT array_agg(title) FROM articles GROUP BY story_id"))
        return [list(row[0]) for row in rows]


def _missing(discord: LocalDiscord, wire: Newswire, stories: list[list[str]]) -> int:
    """Return how many stories are not shown in a channel."""
    shown = [_shown(discord, wire, name) for name in CHANNELS]
    return sum(not any(one[title] for title in titles) for one in shown for titles in stories)


def _count(discord: LocalDiscord, wire: Newswire, found: Found) -> None:
    found.published = len(wire.titles)
    found.shown = {name: _shown(discord, wire, name) for name in CHANNELS}
    pages = Counter({path: times for path, times in wire.visits.items() if not path.endswith("/feed")})
    found.reads, found.most_reads = pages.total(), max(pages.values(), default=0)
    for name in CHANNELS:
        channel = discord.channel(name)
        found.messages += len(channel.messages)
        path = f"/channels/{channel.id}/messages"
        found.posts += sum(seen.method == "POST" and seen.path.endswith(path) for seen in discord.requests)


def _print(console: Console, found: Found) -> None:
    table = Table(title="chaos", title_justify="left")
    table.add_column("what")
    table.add_column("count", justify="right")
    table.add_column("aim", justify="right")
    rows: list[tuple[str, Any, str]] = [(what, times, "") for what, times in sorted(found.events.items())]
    rows += [
        ("articles published", found.published, ""),
        ("stories of them", found.stories, ""),
        ("headlines shown twice in a channel", found.repeated, "0"),
        ("stories missing in a channel", found.missing, "0"),
        ("pages read", found.reads, "" if found.most_reads < 2 else f"most for a page: {found.most_reads}"),
        ("messages", found.messages, ""),
        ("posts to Discord", found.posts, "messages, and those repeated with a nonce"),
        ("commands answered", found.commands["answered"], ""),
        ("commands while their gateway was away", found.commands["while its gateway was away"], ""),
        ("commands lost", found.commands["lost"], "0"),
        ("seconds until all is posted after the last event", round(found.recovery_s), ""),
    ]
    for what, count, aim in rows:
        table.add_row(what, f"{count:,}", aim)
    console.print(table)
