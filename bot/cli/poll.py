"""`poll`: one pass over the feeds and over what they brought."""

import time
from typing import Annotated

import typer

from bot.app import open_services
from bot.cli.console import hint, quiet_settings, say, say_json
from bot.cli.feeds import HOW_TO_ADD
from bot.cli.json_rows import PollRow
from bot.delivery.claim_rows import as_json
from bot.event_loop import run_async
from bot.services.feeds import polled_feeds
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(poll)


def poll(
    every: Annotated[bool, typer.Option("--all", help="Poll all feeds, not only those that are due.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the summary as one JSON object (docs/reference/json.md).")
    ] = False,
) -> None:
    """Make one pass: poll the due feeds, read new articles, find their claims, group them into stories."""
    settings = quiet_settings()
    row, polled = run_async(_poll(settings, every))
    if json:
        say_json(as_json(row))
    else:
        for url, error in row.error_messages.items():
            say(f"✗ {url}: {error}")
        say(
            f"feeds {row.feeds}, not modified {row.not_modified}, unchanged {row.unchanged}, "
            f"changed {row.changed}, new articles {row.new_articles}, errors {row.errors}, seconds {row.seconds}"
        )
    if not polled:
        hint(f"There are no feeds to poll. {HOW_TO_ADD}")
    elif row.errors == row.feeds > 1:
        hint("No feed could be polled. Is this machine connected to the internet?")
    elif not row.feeds:
        hint("No feed is due yet. `python -m bot poll --all` polls all feeds now.")


async def _poll(settings: Settings, every: bool) -> tuple[PollRow, int]:
    """Make the pass; return its summary, and how many feeds somebody keeps."""
    started = time.perf_counter()
    async with open_services(settings) as services:
        found = await services.runner.catch_up(every=every)
        polled = await polled_feeds(services)
    return PollRow.of(found.polls, found.articles, time.perf_counter() - started), len(polled)
