"""The queue of jobs on PostgreSQL (procrastinate), through which processes tell each other to look for work.

A job only says "look": the due work is in the tables. So a job that is lost, late or done twice does no harm, and
at most one for each step waits. Only processes that use the queue import this module, because procrastinate and
psycopg take memory.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import procrastinate
import psycopg_pool
import structlog
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from bot.errors import StoreError
from bot.model.queues import UPKEEP, queue_of
from bot.store import Store
from bot.store.database_address import libpq_url

log = structlog.get_logger(__name__)

LOOK = "look"
"""The name of the one task."""
HEARTBEAT_S = 5.0
STALLED_AFTER_S = 20.0
"""A worker not heard of for this long is dead or stuck: its jobs are given to others."""
LOOKED_EVERY_S = 5.0
"""How often a worker asks for jobs even if none was announced: an announcement may be lost with its connection."""
STOPPED_WITHIN_S = 10.0
"""How long a step may go on after its worker was told to stop."""
CONNECTIONS = 4
CONNECTED_WITHIN_S = 15.0
AGAIN_S = 2.0
"""Seconds until a worker whose connection broke is restarted."""

Look = Callable[[str], Awaitable[None]]
"""Looks for the work of a step."""


class JobQueue:
    """The queue, by the connections of this process."""

    def __init__(self, app: procrastinate.App, store: Store) -> None:
        self._app = app
        self._store = store

    async def ask(self, steps: Iterable[str]) -> int:
        """Make a worker look for the work of each of `steps`, unless one is about to; return how many were
        requested.

        Raises StoreError if the database cannot be used.
        """
        asked = 0
        waiting = await self._store.due_work.queued()
        for step in sorted(set(steps) - waiting):
            job = self._app.configure_task(LOOK, queue=queue_of(step), queueing_lock=step)
            with _plain_errors(), suppress(AlreadyEnqueued):
                await job.defer_async(step=step)
                asked += 1
        return asked

    async def give_back_stalled(self) -> int:
        """Let others do the jobs of dead workers; return how many jobs these are. Raises StoreError."""
        with _plain_errors():
            stalled = await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S)
            steps = []
            for job in stalled:
                assert job.id is not None
                steps.append(str(job.task_kwargs.get("step", job.task_name)))
                with suppress(ConnectorException):  # its worker finished it after all
                    await self._app.job_manager.finish_job_by_id_async(
                        job_id=job.id, status=procrastinate.jobs.Status.ABORTED, delete_job=True
                    )
            await self._app.job_manager.prune_stalled_workers(STALLED_AFTER_S)
        if steps:
            log.warning("jobs of workers that are gone are given to others", steps=steps)
        await self.ask(steps)
        return len(steps)

    async def work(self, queue: str) -> None:
        """Do the jobs of a queue, one at a time, until cancelled. A broken connection is renewed."""
        while True:
            try:
                await self._app.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=1,
                    fetch_job_polling_interval=LOOKED_EVERY_S,
                    update_heartbeat_interval=HEARTBEAT_S,
                    stalled_worker_timeout=STALLED_AFTER_S,
                    shutdown_graceful_timeout=STOPPED_WITHIN_S,
                    delete_jobs="always",
                    install_signal_handlers=False,
                )
            except Exception as error:  # noqa: BLE001 - a database that is away for a while comes back
                log.warning("worker starts again", queue=queue, error=type(error).__name__)
            await asyncio.sleep(AGAIN_S)


@asynccontextmanager
async def open_queue(url: str, store: Store, look: Look | None = None) -> AsyncIterator[JobQueue]:
    """Yield the queue in the database at `url`; `look` is called for the jobs done here.

    Raises StoreError if the database cannot be reached.
    """
    app = procrastinate.App(connector=procrastinate.PsycopgConnector())

    async def do(step: str) -> None:
        if look is not None:
            await look(step)

    async def purge(timestamp: int) -> None:
        del timestamp
        await do("purge")

    app.task(name=LOOK)(do)
    # The scheduler requests it, too. But a worker without any periodic task only watches over its own connections
    # for a moment (procrastinate 3.10, Worker._monitor_side_tasks ends with the first task that ends).
    app.periodic(cron="17 4 * * *")(app.task(name="purge", queue=UPKEEP)(purge))
    pool = psycopg_pool.AsyncConnectionPool(
        libpq_url(url),
        min_size=1,
        max_size=CONNECTIONS,
        kwargs={"application_name": "hearsay queue", "connect_timeout": 15},
        check=psycopg_pool.AsyncConnectionPool.check_connection,
        open=False,
    )
    try:
        with _plain_errors():
            await pool.open(wait=True, timeout=CONNECTED_WITHIN_S)
            await app.open_async(pool)
        yield JobQueue(app, store)
    finally:
        await pool.close()


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn database failures into StoreError."""
    try:
        yield
    except (ConnectorException, psycopg_pool.PoolTimeout) as error:
        cause = error.__cause__ or error
        raise StoreError(f"The queue in the database cannot be used: {type(cause).__name__}.") from error
