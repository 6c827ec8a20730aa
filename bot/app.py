"""Builds the parts of a running Hearsay from the settings."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from bot.articles.manners import Manners
from bot.clock import Clock, utc_now
from bot.extraction.extractor import Extractor
from bot.fetching.client import open_fetcher, user_agent
from bot.metrics import Metrics
from bot.runner.loop import EmbeddedRunner
from bot.services.engine import Engine, Services
from bot.services.runner_protocol import Runner
from bot.store import open_store
from bot.store.database import CONNECTIONS
from bot.tracing import traces_to
from bot.workers import Workers
from config.settings import Settings

DRAWN_WITHIN_S = 60.0
"""The first plot of a new process takes up to three seconds, since matplotlib is loaded, each further one 0.2; on
a busy machine far longer. The list is there already."""
DRAWERS_IDLE_S = 300.0
"""How long the process that draws waits for the next plot. Readers who turn pages do not wait for a new one."""


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    runner: Callable[[Engine], Runner] = EmbeddedRunner,
    connections: int = CONNECTIONS,
) -> AsyncIterator[Services]:
    """Open the store and everything else, and close it all at the end. `runner` makes what runs the steps.

    At most so many `connections` to the database are open at a time.

    Raises StoreError if the database cannot be used.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(
            open_store(settings.store_url, clock=clock, connections=connections)
        )
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
        drawers = Workers(1, timeout_s=DRAWN_WITHIN_S, memory_mb=settings.worker_memory_mb, idle_s=DRAWERS_IDLE_S)
        stack.push_async_callback(drawers.close)
        traces = settings.traces_endpoint
        tracer = await stack.enter_async_context(traces_to(str(traces) if traces else None))
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
            drawers=drawers,
            extractor=extractor,
            metrics=Metrics(),
            tracer=tracer,
        )
        yield Services(**vars(engine), runner=runner(engine))
