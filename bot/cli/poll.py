"""`poll`: one pass over the feeds, and over what they brought."""

import time
from typing import Annotated, Any

import typer

from bot.app import open_services
from bot.cli.console import log_for, say, say_json
from bot.event_loop import run_async
from bot.model.feeds import PollStatus
from bot.runner import steps
from config.loading import load_settings
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(poll)


def poll(
    every: Annotated[bool, typer.Option("--all", help="Poll all feeds, not only those that are due.")] = False,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print the summary as one JSON object: "
            "feeds, not_modified, unchanged, changed, new_articles, errors, seconds, new_entries, and "
            "error_messages by the address of the feed.",
        ),
    ] = False,
) -> None:
    """Make one pass: poll due feeds, read new articles, find their claims, group them into stories."""
    settings = load_settings()
    log_for(settings, quiet=True)
    summary = run_async(_poll(settings, every))
    if as_json:
        say_json(summary)
        return
    for url, error in summary["error_messages"].items():
        say(f"✗ {url}: {error}")
    say(
        "feeds {feeds}, not modified {not_modified}, unchanged {unchanged}, changed {changed}, "
        "new articles {new_articles}, errors {errors}, seconds {seconds}".format(**summary)
    )


async def _poll(settings: Settings, every: bool) -> dict[str, Any]:
    started = time.perf_counter()
    async with open_services(settings) as services:
        store = services.store
        if every:
            targets = await store.feeds.targets(None)
        else:
            targets = await store.feeds.due(services.clock(), 1_000_000)
        found = await steps.poll_feeds(
            store,
            services.fetcher,
            services.workers,
            services.clock,
            targets=targets,
            limits=services.poll_limits,
            concurrency=settings.poll_concurrency,
        )
        while await steps.read_entries(
            store, services.fetcher, services.workers, services.clock, services.manners
        ):
            pass
        articles = 0
        while done := await steps.extract_articles(store, services.extractor):
            articles += done
        while await steps.group_articles(store, services.clock):
            pass
    statuses = found.statuses
    return {
        "feeds": found.feeds,
        "not_modified": statuses[PollStatus.NOT_MODIFIED],
        "unchanged": statuses[PollStatus.UNCHANGED],
        "changed": statuses[PollStatus.CHANGED],
        "new_articles": articles,
        "errors": statuses[PollStatus.ERROR] + statuses[PollStatus.GONE],
        "seconds": round(time.perf_counter() - started, 2),
        "new_entries": found.new_entries,
        "error_messages": found.errors,
    }
