"""Fifty readers at once while news comes in and digests go out: `python -m benchmarks readers`.

The bot is a real process with SQLite, as most hosts run it. The local Discord measures how long readers wait:
from what somebody does to the first response (Discord gives up after three seconds), and to the whole answer.
The same readers are measured again when there is no more news: the ratio tells what the news costs them.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from benchmarks.scale.newswire import Newswire
from benchmarks.scale.role_processes import Role
from bot.event_loop import run_async
from bot.services.kept_suggestions import KEPT_FOR
from bot.store import Store, open_store
from preview.discord import MANAGER, Channel, LocalDiscord, NotAnswered, Person, Reply
from preview.discord.messages import BUTTON, SELECTS, all_components

READERS = 50
VARIABLE = "HEARSAY_READERS"
BEFORE, NEWS = 60, 200
"""Articles that are there already, and that come in meanwhile."""
OUTLETS = 3
PAUSES_S = 1.0, 3.0
"""How long a reader looks at an answer before the next question, and at most before the first."""
SAME_MOMENT = 5
"""How often all begin in the same moment, with `PAUSES_S` between: the hardest case, which is told apart."""
QUIET_S = 45.0
LIMIT_S = 1.0
"""What 99 of 100 interactions must be acknowledged within."""
SUGGESTED = "suggestion while typing"


@dataclass
class Waits:
    """How long readers waited, in seconds, by what they did: for the first response, and for the whole answer."""

    acknowledged: dict[str, list[float]] = field(default_factory=dict)
    answered: dict[str, list[float]] = field(default_factory=dict)
    unanswered: int = 0

    def note(self, what: str, acknowledged: float, answered: float) -> None:
        """Note an interaction."""
        self.acknowledged.setdefault(what, []).append(acknowledged)
        self.answered.setdefault(what, []).append(answered)


@dataclass(frozen=True)
class Measured:
    """What was measured in one part of the run."""

    name: str
    waits: Waits
    seconds: float
    articles: int
    messages: int
    cpu_s: float


def run(console: Console) -> None:
    """Print the table."""
    readers = int(os.environ.get(VARIABLE) or READERS)
    with tempfile.TemporaryDirectory(prefix="hearsay-readers-") as folder:
        _print(console, run_async(_measured(Path(folder), readers)), readers)


async def _measured(folder: Path, readers: int) -> list[Measured]:
    async with (
        Newswire(OUTLETS, seed=1) as known,
        Newswire(OUTLETS + 2, seed=2) as wire,
        LocalDiscord(guilds={"Readers": ("general", "news", "briefs")}, patience=60) as discord,
    ):
        bot = Role("run", ("run",), _environment(discord, folder), folder / "bot")
        bot.start()
        try:
            await discord.ready(seconds=120)
            return await _two_parts(discord, bot, known, wire, readers)
        finally:
            await bot.stop()


async def _two_parts(
    discord: LocalDiscord, bot: Role, known: Newswire, wire: Newswire, readers: int
) -> list[Measured]:
    manager, news = discord.user("mona", permissions=MANAGER), discord.channel("news")
    people = [discord.user(f"reader{number}") for number in range(readers)]
    async with open_store(bot.environment["HEARSAY_DATABASE_URL"], migrate=False) as store:
        for _ in range(BEFORE):
            known.publish()
        await _add(manager, news, known)
        await _until(store, BEFORE)
        digested = [discord.channel(name) for name in ("news", "briefs")]
        for where in digested:
            digest = await manager.slash(
                where, "digest subscribe", channel=where, cadence="every story", per_hour=30
            )
            await digest.done()
        for _ in range(NEWS):
            wire.publish()
        await _add(manager, news, wire)

        async def read_all() -> None:
            old = [_messages(where) for where in digested]
            await _until(store, BEFORE + NEWS)
            await discord.until(
                lambda: all(_messages(where) > count for where, count in zip(digested, old, strict=True)),
                "digests in both channels",
                120,
            )

        busy = await _part("while 200 articles are read", discord, bot, people, read_all, NEWS)
        quiet = await _part("with no news", discord, bot, people, lambda: asyncio.sleep(QUIET_S), 0)
        together = await _together("all in the same moment", discord, bot, people)
    return [busy, quiet, together]


async def _together(name: str, discord: LocalDiscord, bot: Role, people: Sequence[Person]) -> Measured:
    """Let everybody ask in the same moment, some times. Suggested names are forgotten in between."""
    channel, waits, chance = discord.channel("general"), Waits(), random.Random(SAME_MOMENT)
    used, started = bot.cpu_s(), time.monotonic()
    for _ in range(SAME_MOMENT):
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(_ask(person, channel, None, waits, chance))
        await asyncio.sleep(KEPT_FOR.total_seconds())
    return Measured(name, waits, time.monotonic() - started, 0, 0, bot.cpu_s() - used)


async def _part(
    name: str,
    discord: LocalDiscord,
    bot: Role,
    people: Sequence[Person],
    during: Callable[[], Awaitable[None]],
    articles: int,
) -> Measured:
    """Let everybody ask until `during` has ended."""
    channel, waits = discord.channel("general"), Waits()
    digested = [discord.channel(name) for name in ("news", "briefs")]
    posted = sum(map(_messages, digested))
    used, started = bot.cpu_s(), time.monotonic()
    ended = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for seed, person in enumerate(people):
            group.create_task(_read_until(ended, person, channel, waits, seed))
        await during()
        seconds = time.monotonic() - started
        ended.set()
    messages = sum(map(_messages, digested)) - posted
    return Measured(name, waits, seconds, articles, messages, bot.cpu_s() - used)


async def _read_until(ended: asyncio.Event, person: Person, channel: Channel, waits: Waits, seed: int) -> None:
    """Ask, turn pages, open the evidence and type names, with a pause after each."""
    chance = random.Random(seed)
    answer: Reply | None = None
    await asyncio.sleep(chance.uniform(0, PAUSES_S[1]))
    while not ended.is_set():
        answer = await _ask(person, channel, answer, waits, chance)
        await asyncio.sleep(chance.uniform(*PAUSES_S))


async def _ask(
    person: Person, channel: Channel, answer: Reply | None, waits: Waits, chance: random.Random
) -> Reply | None:
    """Do one thing, and note how long it took. Return the answer that the person then looks at."""
    what, act = _next(person, channel, answer, chance)
    started = time.monotonic()
    try:
        reply = await act
        acknowledged = time.monotonic() - started
        if what != SUGGESTED:
            answer = await reply.done()
        waits.note(what, acknowledged, time.monotonic() - started)
    except NotAnswered:
        waits.unanswered += 1
    return answer


def _next(
    person: Person, channel: Channel, answer: Reply | None, chance: random.Random
) -> tuple[str, Awaitable[Reply]]:
    """Return what the reader does next, in words, and doing it."""
    controls = _controls(answer)
    chosen = chance.random()
    if controls and chosen < 0.35:
        custom_id, options = chance.choice(controls)
        if options:
            return "evidence", person.choose(answer or {}, custom_id, [chance.choice(options)])
        return "page", person.click(answer or {}, custom_id)
    typed = chance.choice(("bal", "cor", "mar", "tam", "vin", "ros"))
    if chosen < 0.6:
        return SUGGESTED, person.autocomplete(channel, "said", focused="actor", actor=typed)
    thing = chance.choice(("bridge", "harbour", "museum", "railway", "years"))
    command, options_given = chance.choice(
        (
            ("said", {}),
            ("said", {"topic": thing}),
            ("said", {"actor": typed}),
            ("topic", {"topic": thing}),
            ("catchup", {"since": "3 days"}),
            ("check", {"words": f"the {thing} will cost twice as much"}),
        )
    )
    given: dict[str, Any] = dict(options_given)
    return f"/{command}", person.slash(channel, command, **given)


def _controls(answer: Reply | None) -> list[tuple[str, list[str]]]:
    """Return the pages and the evidence that an answer offers: the custom id, and the values of a select."""
    if answer is None or not answer.has_message:
        return []
    found: list[tuple[str, list[str]]] = []
    for one in all_components(answer.message["components"]):
        custom_id = str(one.get("custom_id") or "")
        if one.get("disabled"):
            continue
        if one["type"] == BUTTON and custom_id.startswith("hearsay:said:"):
            found.append((custom_id, []))
        elif one["type"] in SELECTS and custom_id.startswith("hearsay:evidence"):
            found.append((custom_id, [str(option["value"]) for option in one["options"]]))
    return found


def _messages(channel: Channel) -> int:
    return len(channel.messages)


async def _add(manager: Person, channel: Channel, wire: Newswire) -> None:
    for address in wire.feeds:
        await (await manager.slash(channel, "feed add", address=address)).done()


async def _until(store: Store, articles: int) -> None:
    """Wait until so many articles have been read, analysed and grouped."""
    async with asyncio.timeout(900):
        while await _grouped(store) < articles:  # noqa: ASYNC110 - what is awaited is in another process
            await asyncio.sleep(0.5)


async def _grouped(store: Store) -> int:
    async with store.database.reading() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM articles WHERE story_id IS NOT NULL")) or 0)


def _environment(discord: LocalDiscord, folder: Path) -> dict[str, str]:
    return {
        "DISCORD_TOKEN": discord.token,
        "HEARSAY_DATABASE_URL": f"sqlite:///{folder}/hearsay.db",
        "HEARSAY_DISCORD_API_BASE": discord.api_base,
        "HEARSAY_DISCORD_GATEWAY_URL": discord.gateway_url,
        "HEARSAY_ALLOW_PRIVATE_ADDRESSES": "true",
        "HEARSAY_LOG_LEVEL": "info",
    }


def share_of(waits: Sequence[float], share: float) -> float:
    """Return the wait that so large a share of all is not longer than."""
    ordered = sorted(waits)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _print(console: Console, found: Sequence[Measured], readers: int) -> None:
    table = Table(title=f"{readers} readers at once, milliseconds as Discord measures them", title_justify="left")
    headings = ("", "done", "unanswered", "first p50", "p95", "p99", "longest", "answer p50", "p95", "p99")
    for heading in headings:
        table.add_column(heading, justify="right" if heading else "left")
    for part in found:
        every = [wait for some in part.waits.acknowledged.values() for wait in some]
        whole = [wait for some in part.waits.answered.values() for wait in some]
        table.add_row(f"[bold]{part.name}[/]", *_row(every, whole, str(part.waits.unanswered)))
        for what in sorted(part.waits.acknowledged):
            table.add_row(f"  {what}", *_row(part.waits.acknowledged[what], part.waits.answered[what], ""))
    console.print(table)
    for part in found:
        done = sum(map(len, part.waits.acknowledged.values()))
        console.print(
            f"{part.name}: {done / part.seconds:.1f} interactions a second for {part.seconds:.0f} s, "
            f"{part.articles} articles, {part.messages} messages posted, "
            f"{part.cpu_s / part.seconds:.2f} processors used by the bot."
        )
    console.print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. To reach: none unanswered, p99 below "
        f"{LIMIT_S * 1000:.0f} ms."
    )


def _row(acknowledged: Sequence[float], answered: Sequence[float], unanswered: str) -> list[str]:
    figures = [*(share_of(acknowledged, share) for share in (0.5, 0.95, 0.99)), max(acknowledged, default=0.0)]
    figures += [share_of(answered, share) for share in (0.5, 0.95, 0.99)]
    return [f"{len(acknowledged):,}", unanswered, *(f"{figure * 1000:,.0f}" for figure in figures)]
