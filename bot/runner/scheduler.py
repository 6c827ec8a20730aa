"""The scheduler: finds work that has become due, and asks the workers to look. Several do no harm."""

import asyncio

import structlog

from bot.errors import HearsayError
from bot.model.queues import ALONE, QUEUES
from bot.runner.all_steps import count_what_waits
from bot.runner.job_queue import STALLED_AFTER_S, JobQueue, open_queue
from bot.services.engine import Engine

log = structlog.get_logger(__name__)

EVERY_S = 1.0
"""How often it asks what is due; a digest is late by at most that much."""
UPKEEP_EVERY_S = 15.0
"""How often the light steps look that nobody else requests."""


class Scheduler:
    """Finds out what is due, and tells the queue."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.works = False
        """Whether the last look at the database succeeded."""

    async def run(self) -> None:
        """Run until cancelled. If the database is away for a while, wait for it."""
        while True:
            try:
                async with open_queue(self._engine.settings.store_url, self._engine.store) as queue:
                    await self._schedule(queue)
            except HearsayError as error:
                self.works = False
                log.warning("nothing scheduled", error=error.message)
                await asyncio.sleep(EVERY_S)

    async def _schedule(self, queue: JobQueue) -> None:
        passed = UPKEEP_EVERY_S
        since_stalled = STALLED_AFTER_S
        while True:
            due = await self._engine.store.due_work.steps(self._engine.clock())
            if passed >= UPKEEP_EVERY_S:
                due |= ALONE
                passed = 0.0
                await count_what_waits(self._engine)
            await queue.ask(due)
            if since_stalled >= STALLED_AFTER_S / 2:
                await queue.give_back_stalled()
                since_stalled = 0.0
            await self._measure()
            self.works = True
            await asyncio.sleep(EVERY_S)
            passed += EVERY_S
            since_stalled += EVERY_S

    async def _measure(self) -> None:
        """Record the state of the queues for /metrics."""
        metrics, due_work = self._engine.metrics, self._engine.store.due_work
        states = {state.queue: state for state in await due_work.queues()}
        for name in QUEUES:
            state = states.get(name)
            metrics.queue_jobs.labels(name, "waiting").set(state.waiting if state else 0)
            metrics.queue_jobs.labels(name, "running").set(state.running if state else 0)
            metrics.queue_age.labels(name).set(state.oldest.total_seconds() if state else 0.0)
