"""Runs the steps of one process as jobs of the queue, and asks the workers of others to look for work."""

import asyncio
from collections import Counter
from collections.abc import Collection

import structlog

from bot.errors import StoreError
from bot.event_loop import end_tasks, run_together
from bot.model.queues import ONE_HOLDER, STEPS, queue_of
from bot.runner.each_item import log_step_failure
from bot.runner.garbage_collection import collect_less_often
from bot.runner.job_queue import STOPPED_WITHIN_S, open_queue
from bot.runner.loop import LONGEST_PAUSE, PAUSE_AFTER_ERROR
from bot.runner.passes import Passes
from bot.services.engine import Engine
from bot.store.leases import KEPT_EVERY, Topic, key_of

log = structlog.get_logger(__name__)

OF_THIS_PROCESS = "read pushes"
"""The step that no other process can do: pushes from hubs are in the memory of the process that received them."""
HELD_EVERY_S = KEPT_EVERY.total_seconds() / 2
"""How often a process asks whether such a queue is its own to work."""
ENDED_WITHIN_S = STOPPED_WITHIN_S + 5
TOGETHER_S = 0.05
"""How long requests to look are collected: a step may say many times in a row that there is more."""


class QueueRunner(Passes):
    """Works the `queues`, if any, and has a worker, wherever it is, look for work that was announced.

    A step that fails is logged and rests here, longer after each failure. If other processes work its queue, too,
    they go on with it; if this process is the only one, it goes on with the other steps of the queue.
    """

    counts_what_waits = False  # the scheduler does, for all

    def __init__(self, engine: Engine, queues: Collection[str] = ()) -> None:
        self._wanted: set[str] = set()
        self._asked = asyncio.Event()
        super().__init__(engine)
        self._queues = queues
        self._failed: Counter[str] = Counter()
        self._rests_until: dict[str, float] = {}
        self._pushed = asyncio.Event()
        if self.steps.hubs is not None:
            self.steps.hubs.inbox.arrived = self._pushed.set

    def wake(self) -> None:
        """Make every step look for due work at once."""
        self._wanted.update(STEPS)
        self._asked.set()

    def wake_step(self, name: str) -> None:
        """Make one step look for due work at once."""
        if name != OF_THIS_PROCESS:
            self._wanted.add(name)
            self._asked.set()

    async def run(self) -> None:
        """Work the queues until cancelled."""
        collect_less_often()
        url = self._engine.settings.store_url
        async with (
            self._leases.working(),
            open_queue(url, self._engine.store, self._look) as self._queue,
        ):
            works = {"requests to look": self._pass_on()}
            for name in self._queues:
                works[f"queue {name}"] = self._hold(name) if name in ONE_HOLDER else self._queue.work(name)
            if self.steps.hubs is not None and "poll" in self._queues:
                works["pushes"] = self._read_what_is_pushed()
            await run_together(works, again_s=ENDED_WITHIN_S)

    async def _look(self, step: str) -> None:
        """Do the due work of a step; then let any free worker look for more."""
        now = asyncio.get_running_loop().time
        rests = now() < self._rests_until.get(step, 0.0)
        if rests or step not in self.steps.names:
            return
        try:
            if not await self.steps.may_run(step):
                return
            done = await self.steps.run(step)
        except Exception as error:  # noqa: BLE001 - whatever it is, the step is tried again
            log_step_failure(step, error, again=self._failed[step] > 0)
            self._engine.metrics.step_failures.labels(step).inc()
            pause = min(PAUSE_AFTER_ERROR * 2 ** min(self._failed[step], 10), LONGEST_PAUSE)
            self._failed[step] += 1
            if queue_of(step) in ONE_HOLDER:
                self._rests_until[step] = now() + pause
            else:
                await asyncio.sleep(pause)  # takes no jobs in the meantime, which leaves them to others
            return
        del self._failed[step]
        if done:
            self.wake_step(step)
            if (following := self.steps.following(step)) is not None:
                self.wake_step(following)

    async def _pass_on(self) -> None:
        """Send requests to look, those of a short time together."""
        while True:
            await self._asked.wait()
            await asyncio.sleep(TOGETHER_S)
            self._asked.clear()
            wanted, self._wanted = self._wanted, set()
            try:
                await self._queue.ask(wanted)
            except StoreError as error:  # the scheduler finds due work
                log.warning("nobody asked to look", steps=sorted(wanted), error=error.message)

    async def _hold(self, queue: str) -> None:
        """Work a queue while this process is the one in charge of it."""
        working: asyncio.Task[None] | None = None
        try:
            while True:
                held = await self._is_holder(queue)
                if held and working is None:
                    log.info("this worker does it for all", queue=queue)
                    working = asyncio.create_task(self._queue.work(queue), name=f"jobs of {queue}")
                elif not held and working is not None:
                    await end_tasks([working], again_s=ENDED_WITHIN_S)
                    working = None
                await asyncio.sleep(HELD_EVERY_S)
        finally:
            if working is not None:
                await end_tasks([working], again_s=ENDED_WITHIN_S)

    async def _is_holder(self, queue: str) -> bool:
        key = key_of(f"queue {queue}")
        try:
            return key in await self._engine.store.leases.take(Topic.STEP, [key])
        except StoreError as error:
            log.warning("holder of a queue not known", queue=queue, error=error.message)
            return False

    async def _read_what_is_pushed(self) -> None:
        while True:
            await self._pushed.wait()
            self._pushed.clear()
            await self._look(OF_THIS_PROCESS)
