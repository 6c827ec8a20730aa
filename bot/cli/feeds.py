"""`feeds`: the feeds that the host keeps, whether or not a Discord server has them too."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.app import open_services
from bot.cli.console import PlainErrors, out_unfolded, quiet_settings, say, say_json
from bot.cli.json_rows import FeedRow
from bot.delivery.claim_rows import as_json
from bot.delivery.escape import cleaned
from bot.delivery.explanations import check_lines
from bot.errors import BadInput, HearsayError
from bot.event_loop import run_async
from bot.model.feeds import Candidate, EntryProgress, EntryStatus, Feed
from bot.services.explanations import check_feed
from bot.services.feed_choices import LARGEST_LIST, Imported, export_feeds, feeds_at, import_feeds, pace_in_words
from bot.services.feeds import add_found, entries_of, feeds_of, polled_feeds, remove_feed
from bot.services.health import hub_in_words
from bot.text.clipping import clip
from config.settings import Settings

group = typer.Typer(
    cls=PlainErrors,
    help="The feeds that the host keeps. Servers add their own with /feed add.",
    no_args_is_help=True,
)

STARTER_LIST = Path(__file__).parents[2] / "config" / "starter.opml"
HOW_TO_ADD = "Add some: `python -m bot feeds add ADDRESS`, or `feeds import` for a starter list."
HOST = 0
"""Used as the user's id if the host asks."""
LONGEST_SHOWN = 200
"""Characters of an address that are shown if it is left out."""


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(group, name="feeds")


@group.command()
def add(
    addresses: Annotated[
        list[str],
        typer.Argument(
            help="Feeds, sites, OPML lists, YouTube channels, GitHub repositories, subreddits.", show_default=False
        ),
    ],
    first: Annotated[
        bool, typer.Option("--first", help="If an address leads to several feeds, add the first.")
    ] = False,
    pick: Annotated[
        list[int] | None,
        typer.Option(help="If the address leads to several feeds, add the one with this number. Can be repeated."),
    ] = None,
) -> None:
    """Add feeds by address; a site's home page is enough if it names its feeds.

    If it names several, you are asked which. Without a terminal, they are printed, nothing is added, and the exit
    code is 1.
    """
    if pick and len(addresses) > 1:
        raise typer.BadParameter("--pick takes numbers from one table. Give one address with it.")
    failed = run_async(_add(quiet_settings(), addresses, [1] if first else pick or []))
    if failed:
        raise typer.Exit(1)


async def _add(settings: Settings, addresses: list[str], picked: list[int]) -> int:
    failed = 0
    async with open_services(settings) as services:
        kept = {feed.id for feed in await feeds_of(services, None) if feed.kept_by_host}
        for address in addresses:
            try:
                chosen = _chosen(address, await feeds_at(services, address), picked)
                feeds = [await add_found(services, None, HOST, found) for found in chosen]
            except HearsayError as error:
                failed += 1
                say(f"✗ {address}: {error.message}")
                continue
            for feed in feeds:
                word = "known already" if feed.id in kept else "added"
                kept.add(feed.id)
                say(f"✓ {feed.title or feed.url} ({feed.url}): {word}")
    return failed


def _chosen(address: str, found: Sequence[Candidate], picked: Sequence[int]) -> list[Candidate]:
    """Return which of the feeds behind an address to add. Raises BadInput if nobody says which."""
    if len(found) == 1:
        return list(found)
    if not picked:
        say(f"{address} leads to {len(found)} feeds:")
        out_unfolded().print(_table(found), markup=False)
        if not _in_a_terminal():
            raise BadInput("Say which with --pick and its number, or --first.")
        picked = _numbers(typer.prompt("Which (numbers, separated by spaces)", default="1"))
    if wrong := [str(number) for number in picked if not 1 <= number <= len(found)]:
        raise BadInput(f"There is no feed {', '.join(wrong)}: it leads to {len(found)}.")
    return [found[number - 1] for number in dict.fromkeys(picked)]


def _in_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _numbers(typed: str) -> list[int]:
    words = typed.replace(",", " ").split()
    if not words or not all(word.isascii() and word.isdigit() for word in words):
        raise BadInput("Give the numbers of the feeds that you want, such as: 1 3")
    return [int(word[:9]) for word in words]


def _table(found: Sequence[Candidate]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("", "feed", "language", "last entry (UTC)", "posts"):
        table.add_column(title, overflow="fold")
    for number, candidate in enumerate(found, 1):
        last = candidate.last_entry_at
        table.add_row(
            str(number),
            f"{cleaned(candidate.title)}\n{candidate.url}" if candidate.title else candidate.url,
            cleaned(candidate.language or ""),
            f"{last:%Y-%m-%d %H:%M}" if last else "",
            pace_in_words(candidate.entries_a_week),
        )
    return table


@group.command("list")
def list_feeds(
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a feed (docs/reference/json.md).")
    ] = False,
) -> None:
    """List all feeds with their state. A feed that nobody keeps is not polled."""
    feeds, wanted = run_async(_listed(quiet_settings()))
    if json:
        for feed in feeds:
            say_json(as_json(FeedRow.of(feed, polled=feed.id in wanted)))
        return
    if not feeds:
        say(f"There are no feeds yet. {HOW_TO_ADD}")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("id", "feed", "state", "last success (UTC)", "next poll (UTC)", "kept by"):
        table.add_column(title, overflow="fold")
    for feed in feeds:
        table.add_row(
            str(feed.id),
            f"{feed.title}\n{feed.url}" if feed.title else feed.url,
            f"{feed.state.value}: {feed.error}" if feed.error else feed.state.value,
            f"{feed.last_success_at:%Y-%m-%d %H:%M}" if feed.last_success_at else "never",
            f"{feed.next_poll_at:%Y-%m-%d %H:%M}" if feed.id in wanted else "never",
            "host" if feed.kept_by_host else "servers" if feed.id in wanted else "nobody",
        )
    out_unfolded().print(table, markup=False)


async def _listed(settings: Settings) -> tuple[list[Feed], set[int]]:
    """Return all feeds, and the ids of those that are polled because somebody keeps them."""
    async with open_services(settings) as services:
        return await feeds_of(services, None), await polled_feeds(services)


@group.command()
def show(
    feed: Annotated[str, typer.Argument(help="Id or address, as `feeds list` shows it.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many entries, the newest first.")] = 30,
) -> None:
    """Show what became of a feed's entries: how far each has come, and why one could not be read or analysed."""
    named, hub, entries = run_async(_shown(quiet_settings(), feed, limit))
    say(f"{named.title or named.url} ({named.url}): {named.state.value}")
    for line in (named.error, named.kept_back, hub):
        if line:
            say(line)
    if not entries:
        say("It has brought no entries yet.")
        return
    counts = Counter(entry.progress for entry in entries)
    say(", ".join(f"{counts[progress]} {progress.value}" for progress in EntryProgress if counts[progress]))
    table = Table(box=None, pad_edge=False)
    for title in ("first seen (UTC)", "entry", "state", "reason", "again (UTC)"):
        table.add_column(title, overflow="fold")
    for entry in entries:
        table.add_row(
            f"{entry.first_seen_at:%Y-%m-%d %H:%M}",
            "\n".join(filter(None, (cleaned(entry.title), entry.url))),
            entry.progress.value,
            entry.reason or "",
            f"{entry.retry_at:%Y-%m-%d %H:%M}" if entry.retry_at else "",
        )
    out_unfolded().print(table, markup=False)


async def _shown(settings: Settings, named: str, limit: int) -> tuple[Feed, str | None, list[EntryStatus]]:
    async with open_services(settings) as services:
        feed, entries = await entries_of(services, None, named, limit)
        words, at = await hub_in_words(services, feed) or (None, None)
        return feed, f"{words} {at:%Y-%m-%d %H:%M} UTC." if words and at else words, entries


@group.command()
def remove(
    feeds: Annotated[list[str], typer.Argument(help="Ids or addresses, as `feeds list` shows them.")],
) -> None:
    """Stop keeping feeds. Servers that added one keep it, and its articles stay."""
    if run_async(_remove(quiet_settings(), feeds)):
        raise typer.Exit(1)


async def _remove(settings: Settings, names: list[str]) -> int:
    failed = 0
    async with open_services(settings) as services:
        for name in names:
            try:
                feed = await remove_feed(services, None, name)
            except HearsayError as error:
                failed += 1
                say(f"✗ {name}: {error.message}")
                continue
            say(f"✓ {feed.title or feed.url}: no longer kept by the host")
    return failed


@group.command()
def check(
    feed: Annotated[str, typer.Argument(help="Id or address, as `feeds list` shows it, or any address.")],
) -> None:
    """Try a feed now and explain each step. One that had failed and works is polled again."""
    if not run_async(_check(quiet_settings(), feed)):
        raise typer.Exit(1)


async def _check(settings: Settings, named: str) -> bool:
    async with open_services(settings) as services:
        checked = await check_feed(services, None, named)
    for line in check_lines(checked.steps):
        say(line)
    return checked.trial.feed is not None


@group.command("import")
def import_opml(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="An OPML file; - is standard input. Default: the starter list that comes with Hearsay.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Add all feeds of an OPML file. They are polled later, not now; addresses that cannot be are left out."""
    path = file or STARTER_LIST
    try:
        opml = _start_of(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    if len(opml) > LARGEST_LIST:
        raise BadInput(f"{path} is larger than {LARGEST_LIST // 1_000_000} MB. Is this an OPML file?")
    done = run_async(_import(quiet_settings(), opml))
    for refused in done.refused:
        say(f"✗ {clip(cleaned(refused.candidate.url), LONGEST_SHOWN)}: {refused.problem}")
    left_out = f" {len(done.refused)} left out." if done.refused else ""
    say(f"{done.added} feeds added, {done.known} known already.{left_out}")
    if not done.added and not done.known:
        raise typer.Exit(1)


def _start_of(path: Path) -> bytes:
    """Return the content of the file, or of standard input, as far as it can be a list."""
    if str(path) == "-":
        return sys.stdin.buffer.read(LARGEST_LIST + 1)
    with path.open("rb") as file:
        return file.read(LARGEST_LIST + 1)


async def _import(settings: Settings, opml: bytes) -> Imported:
    async with open_services(settings) as services:
        return await import_feeds(services, None, HOST, opml)


@group.command("export")
def export_opml(
    file: Annotated[
        Path | None, typer.Argument(help="Where to. Default: standard output.", show_default=False)
    ] = None,
) -> None:
    """Write all feeds as OPML."""
    opml = run_async(_export(quiet_settings()))
    if file is None:
        typer.echo(opml, nl=False)  # bytes: the file names its encoding
        return
    try:
        file.write_bytes(opml)
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.") from error


async def _export(settings: Settings) -> bytes:
    async with open_services(settings) as services:
        return await export_feeds(services, None)
