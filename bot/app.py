"""Builds the parts of a running Hearsay from the settings."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.articles.manners import Manners
from bot.clock import Clock, utc_now
from bot.extraction.extractor import Extractor
from bot.fetching.client import open_fetcher, user_agent
from bot.metrics import Metrics
from bot.runner.loop import EmbeddedRunner
from bot.services.engine import Engine, Services
from bot.store import open_store
from bot.workers import Workers
from config.settings import Settings


@asynccontextmanager
async def open_services(settings: Settings, *, clock: Clock = utc_now) -> AsyncIterator[Services]:
    """Open the store and everything else, and close it all at the end.

    Raises StoreError if the database cannot be used.
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
        engine = Engine(
            settings=settings,
            clock=clock,
            store=store,
            fetcher=fetcher,
            manners=Manners(fetcher, clock),
            workers=workers,
            extractor=extractor,
            metrics=Metrics(),
        )
        yield Services(**vars(engine), runner=EmbeddedRunner(engine))
