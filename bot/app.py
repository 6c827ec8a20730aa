"""Builds everything from the settings: the parts a running Hearsay is made of."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from bot.articles.manners import Manners
from bot.clock import Clock, utc_now
from bot.extraction.extractor import Extractor
from bot.feeds.poll import PollLimits
from bot.feeds.schedule import Pace
from bot.fetching.client import open_fetcher, user_agent
from bot.metrics import Metrics
from bot.runner.hubs import Hubs
from bot.runner.loop import EmbeddedRunner
from bot.services.core import Services
from bot.store import open_store
from bot.workers import Workers
from config.settings import Settings


def poll_limits(settings: Settings) -> PollLimits:
    """Return the limits of polling that the settings give."""
    return PollLimits(
        pace=Pace(
            minimum=timedelta(seconds=settings.poll_minimum), maximum=timedelta(seconds=settings.poll_maximum)
        ),
        max_bytes=settings.fetch_max_bytes,
        parse_timeout_s=settings.parse_timeout,
        pushed=settings.public_url is not None,
    )


@asynccontextmanager
async def open_services(settings: Settings, *, clock: Clock = utc_now) -> AsyncIterator[Services]:
    """Open the store and everything else; close it all at the end.

    Raises StoreError where the database cannot be used.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(settings.store_url, clock=clock))
        fetcher = await stack.enter_async_context(
            open_fetcher(
                user_agent(str(settings.contact_url)),
                allow_private=settings.allow_private_addresses,
                timeout_s=settings.fetch_timeout,
                clock=clock,
            )
        )
        workers = Workers(
            settings.parse_processes, timeout_s=settings.parse_timeout, memory_mb=settings.worker_memory_mb
        )
        stack.push_async_callback(workers.close)
        extractor = Extractor(
            settings.model, processes=settings.extract_processes, timeout_s=settings.extract_timeout
        )
        stack.push_async_callback(extractor.close)
        manners = Manners(fetcher, clock)
        metrics = Metrics()
        limits = poll_limits(settings)
        hubs = None
        if settings.public_url is not None:
            hubs = Hubs(str(settings.public_url), store, fetcher, workers, clock, metrics, limits)
        runner = EmbeddedRunner(
            store=store,
            fetcher=fetcher,
            manners=manners,
            workers=workers,
            extractor=extractor,
            clock=clock,
            limits=limits,
            concurrency=settings.poll_concurrency,
            interval=settings.pass_interval,
            metrics=metrics,
            hubs=hubs,
        )
        yield Services(
            settings=settings,
            clock=clock,
            store=store,
            fetcher=fetcher,
            manners=manners,
            workers=workers,
            extractor=extractor,
            runner=runner,
            metrics=metrics,
        )
