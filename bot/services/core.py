"""The parts that cogs and commands work with: the open store, the fetcher, the workers and the runner."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.articles.manners import Manners
from bot.clock import Clock
from bot.delivery.outbox import Sender
from bot.extraction.extractor import Extractor
from bot.feeds.poll import PollLimits
from bot.feeds.schedule import Pace
from bot.fetching.client import Fetcher
from bot.metrics import Metrics
from bot.model.feeds import PollSummary
from bot.store import Store
from bot.workers import Workers
from config.settings import Settings


class Runner(Protocol):
    """Runs the steps; see `bot.runner.loop`."""

    sender: Sender | None
    """Posts messages. None until there is a Discord client; digests wait in the outbox."""

    def wake(self) -> None:
        """Make every step look for due work now."""

    async def run(self) -> None:
        """Run all steps until cancelled."""

    def serve_hubs(self, address: str) -> AbstractAsyncContextManager[str] | None:
        """Serve the endpoint for hubs at `address` ("host:port") and yield its URL. None if hubs are off."""

    async def pass_once(self) -> dict[str, int]:
        """Do all due work once. Return how much each step did."""

    async def catch_up(self, *, every: bool = False) -> "CaughtUp":
        """Poll the due feeds, or with `every` all feeds; then read, analyse and group all that waits for it."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What one pass over the feeds brought: the polls, and how many articles were analysed."""

    polls: PollSummary
    articles: int


@dataclass(frozen=True)
class Engine:
    """The open parts of a running Hearsay, without the runner."""

    settings: Settings
    clock: Clock
    store: Store
    fetcher: Fetcher
    manners: Manners
    workers: Workers
    extractor: Extractor
    metrics: Metrics

    @property
    def poll_limits(self) -> PollLimits:
        """The limits for polling from the settings."""
        settings = self.settings
        return PollLimits(
            pace=Pace(
                minimum=timedelta(seconds=settings.poll_minimum), maximum=timedelta(seconds=settings.poll_maximum)
            ),
            max_bytes=settings.fetch_max_bytes,
            parse_timeout_s=settings.parse_timeout,
            pushed=settings.public_url is not None,
        )


@dataclass(frozen=True)
class Services(Engine):
    """The parts that cogs and commands work with: the engine and its runner."""

    runner: Runner
