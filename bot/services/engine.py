"""The open parts of a running Hearsay, which cogs and commands pass to the functions of the services."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.articles.manners import Manners
from bot.clock import Clock
from bot.extraction.extractor import Extractor
from bot.feeds.poll import PollLimits
from bot.feeds.schedule import Pace
from bot.fetching.client import Fetcher
from bot.fetching.host_budget import HostBudget
from bot.metrics import Metrics
from bot.services.kept_suggestions import KeptSuggestions
from bot.services.reading_desk import ReadingDesk
from bot.services.runner_protocol import Runner
from bot.services.suggestions_first import SuggestionsFirst
from bot.store import Store
from bot.store.retention import Kept
from bot.tracing import Tracer
from bot.workers import Workers
from config.settings import Settings


@dataclass(frozen=True)
class Engine:
    """The open parts of a running Hearsay, without the runner."""

    settings: Settings
    clock: Clock
    store: Store
    fetcher: Fetcher
    manners: Manners
    workers: Workers
    drawers: Workers
    """Processes that draw plots. They end when there is nothing to draw: matplotlib takes 70 MB."""
    extractor: Extractor
    metrics: Metrics
    tracer: Tracer
    page_budget: HostBudget = field(default_factory=HostBudget)
    """How much of the worker processes the pages of each host may use, whoever has them read."""

    @property
    def kept(self) -> Kept:
        """How long things are stored, from the settings."""
        settings = self.settings
        return Kept(
            claims=timedelta(days=settings.keep_claims_days),
            texts=timedelta(days=settings.keep_texts_days),
            deliveries=timedelta(days=settings.keep_deliveries_days),
        )

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
    """The parts that cogs and commands work with: the engine, its runner, and recent readings."""

    runner: Runner = field(kw_only=True)
    readings: ReadingDesk = field(default_factory=ReadingDesk)
    suggestions: KeptSuggestions = field(default_factory=KeptSuggestions)
    suggestions_first: SuggestionsFirst = field(default_factory=SuggestionsFirst)
