"""`feeds`: the feeds that the host keeps, whether or not a Discord server has them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.app import open_services
from bot.cli.console import PlainErrors, log_for, out, run_async
from bot.errors import BadInput, HearsayError
from bot.feeds.opml import OpmlFeed, feeds_of, opml_of
from bot.jobs.requests import add_feed, remove_feed
from bot.store.records import Feed
from config.loading import load_settings
from config.settings import Settings

group = typer.Typer(
    cls=PlainErrors,
    help="The feeds that the host keeps. Servers add their own with /feed add.",
    no_args_is_help=True,
)

STARTER_LIST = Path(__file__).parents[2] / "config" / "starter.opml"
HOST = 0
"""Stands for a user's id where the host asks."""
OPML_LARGEST = 5_000_000


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(group, name="feeds")


def _settings() -> Settings:
    settings = load_settings()
    log_for(settings, quiet=True)
    return settings


@group.command()
def add(
    addresses: Annotated[list[str], typer.Argument(help="Feeds, or pages that name their feed.")],
) -> None:
    """Add feeds by address; a site's home page will do where it names its feed."""
    failed = run_async(_add(_settings(), addresses))
    if failed:
        raise typer.Exit(1)


async def _add(settings: Settings, addresses: list[str]) -> int:
    console, failed = out(), 0
    async with open_services(settings) as services:
        kept = {feed.id for feed in await services.store.feeds.all() if feed.kept_by_host}
        for address in addresses:
            try:
                feed = await add_feed(services, None, HOST, address)
            except HearsayError as error:
                failed += 1
                console.print(f"✗ {address}: {error.message}", markup=False)
                continue
            word = "known already" if feed.id in kept else "added"
            console.print(f"✓ {feed.title or feed.url} ({feed.url}): {word}", markup=False)
    return failed


@group.command("list")
def list_feeds() -> None:
    """List all feeds with their state."""
    feeds = run_async(_all(_settings()))
    if not feeds:
        out().print("There are no feeds yet. Add one: python -m bot feeds add ADDRESS")
        return
    table = Table("id", "feed", "state", "last success", "next poll", "kept by", box=None, pad_edge=False)
    for feed in feeds:
        table.add_row(
            str(feed.id),
            f"{feed.title}\n{feed.url}" if feed.title else feed.url,
            f"{feed.state.value}: {feed.error}" if feed.error else feed.state.value,
            f"{feed.last_success_at:%Y-%m-%d %H:%M} UTC" if feed.last_success_at else "never",
            f"{feed.next_poll_at:%Y-%m-%d %H:%M} UTC",
            "host" if feed.kept_by_host else "servers",
        )
    out().print(table, markup=False)


async def _all(settings: Settings) -> list[Feed]:
    async with open_services(settings) as services:
        return await services.store.feeds.all()


@group.command()
def remove(
    feeds: Annotated[list[str], typer.Argument(help="Ids or addresses, as `feeds list` shows them.")],
) -> None:
    """Stop keeping feeds. Servers that added one keep it, and its articles stay."""
    run_async(_remove(_settings(), feeds))


async def _remove(settings: Settings, names: list[str]) -> None:
    async with open_services(settings) as services:
        for name in names:
            feed = await remove_feed(services, None, name)
            out().print(f"✓ {feed.title or feed.url}: no longer kept by the host", markup=False)


@group.command("import")
def import_opml(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="An OPML file. Default: the starter list that comes with Hearsay.", show_default=False
        ),
    ] = None,
) -> None:
    """Add all feeds of an OPML file. They are looked at with the next poll, not now."""
    path = file or STARTER_LIST
    try:
        if path.stat().st_size > OPML_LARGEST:
            raise BadInput(f"{path} is larger than 5 MB. Is this an OPML file?")
        listed = feeds_of(path.read_bytes())
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    added = run_async(_import(_settings(), listed))
    out().print(f"{added} feeds added, {len(listed) - added} known already.")


async def _import(settings: Settings, listed: tuple[OpmlFeed, ...]) -> int:
    async with open_services(settings) as services:
        known = {feed.url for feed in await services.store.feeds.all() if feed.kept_by_host}
        for feed in listed:
            await services.store.feeds.add(feed.url, title=feed.title, kept_by_host=True)
        return len({feed.url for feed in listed} - known)


@group.command("export")
def export_opml(
    file: Annotated[
        Path | None, typer.Argument(help="Where to. Default: standard output.", show_default=False)
    ] = None,
) -> None:
    """Write all feeds as OPML."""
    opml = opml_of(OpmlFeed(feed.url, feed.title) for feed in run_async(_all(_settings())))
    if file is None:
        typer.echo(opml.decode())
        return
    try:
        file.write_bytes(opml)
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.") from error
