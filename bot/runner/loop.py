"""The embedded runner: one process finds and does the due work of all steps. Several may share a PostgreSQL."""

import asyncio

from bot.event_loop import run_together
from bot.runner.each_item import log_step_failure
from bot.runner.garbage_collection import collect_less_often
from bot.runner.passes import Passes
from bot.services.engine import Engine

PAUSE_AFTER_ERROR = 5.0
"""Seconds that a step waits after its first failure, doubled after each further one."""
LONGEST_PAUSE = 300.0


class EmbeddedRunner(Passes):
    """Runs every step in a loop of its own, so that a slow feed does not hold up a digest.

    A step that fails is logged and retried with growing delays.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._wakes = {name: asyncio.Event() for name in self.steps.names}
        self._wakes["poll"] = self.steps.poll_news
        if self.steps.hubs is not None:
            self.steps.hubs.inbox.arrived = self._wakes["read pushes"].set

    def wake(self) -> None:
        """Make every step look for due work at once."""
        for event in self._wakes.values():
            event.set()

    def wake_step(self, name: str) -> None:
        """Make one step look for due work at once."""
        self._wakes[name].set()

    async def run(self) -> None:
        """Run all steps until cancelled."""
        collect_less_often()
        async with self._leases.working():
            await run_together({f"step {name}": self._loop(name) for name in self.steps.names})

    async def _loop(self, name: str) -> None:
        wake = self._wakes[name]
        failed = 0
        while True:
            wake.clear()
            pause = self._engine.settings.pass_interval
            try:
                if not await self.steps.may_run(name):
                    await asyncio.sleep(pause)
                    continue
                done = await self.steps.run(name)
            except Exception as error:  # noqa: BLE001 - whatever it is, the step is tried again
                log_step_failure(name, error, again=failed > 0)
                self._engine.metrics.step_failures.labels(name).inc()
                pause = max(pause, min(PAUSE_AFTER_ERROR * 2**failed, LONGEST_PAUSE))
                failed = min(failed + 1, 10)
            else:
                failed = 0
                if done:
                    wake.set()  # a step takes a batch at a time, so there may be more
                    if (following := self.steps.following(name)) is not None:
                        self.wake_step(following)
            try:
                async with asyncio.timeout(pause):
                    await wake.wait()
            except TimeoutError:
                continue
