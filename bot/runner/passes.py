"""Runs steps on request, once or until nothing is left; shared by all runners."""

from contextlib import AbstractAsyncContextManager

from bot.delivery.outbox import Sender
from bot.runner import polling, steps
from bot.runner.all_steps import Steps
from bot.runner.shared_work import KeptLeases, targets_of_free_hosts
from bot.services.engine import Engine
from bot.services.runner_protocol import CaughtUp
from bot.store.leases import Topic

ALL = 1_000_000
"""More feeds than one installation has."""


class Passes:
    """Runs the steps of this process on request. A runner adds when they run by themselves."""

    counts_what_waits = True
    """Whether this process reports on /metrics what waits in the store."""

    def __init__(self, engine: Engine) -> None:
        self.steps = Steps(engine, wake=self.wake_step, counts_what_waits=self.counts_what_waits)
        self._engine = engine
        self._leases = KeptLeases(engine.store)

    @property
    def sender(self) -> Sender | None:
        """Posts messages; None until there is a Discord client."""
        return self.steps.sender

    @sender.setter
    def sender(self, sender: Sender | None) -> None:
        self.steps.sender = sender

    def wake_step(self, name: str) -> None:
        """Make one step look for due work at once."""
        del name  # a pass looks anyway

    def serve_hubs(self, address: str) -> AbstractAsyncContextManager[str] | None:
        """Serve hubs (WebSub) at `address` ("host:port"); give the base URL. None without a public URL."""
        hubs = self.steps.hubs
        return None if hubs is None else hubs.served_at(address)

    async def pass_once(self) -> dict[str, int]:
        """Do all due work once, in the order of an article's way; return how much each step did."""
        async with self._leases.working():
            return {name: await self.steps.run(name) for name in self.steps.names}

    async def catch_up(self, *, every: bool = False) -> CaughtUp:
        """Poll the due feeds, or with `every` all feeds; then read, analyse and group everything that waits for
        it.
        """
        async with self._leases.working():
            return await self._caught_up(every=every)

    async def _caught_up(self, *, every: bool) -> CaughtUp:
        engine = self._engine
        feeds = engine.store.feeds
        async with self.steps.locks["poll"]:
            wanted = await (feeds.targets(None) if every else feeds.due(engine.clock(), ALL))
            free, hosts = await targets_of_free_hosts(engine.store, wanted, None if every else engine.clock())
            try:
                polls = await polling.poll_feeds(
                    engine.store,
                    engine.fetcher,
                    engine.workers,
                    engine.clock,
                    targets=free,
                    limits=engine.poll_limits,
                    concurrency=engine.settings.poll_concurrency,
                )
            finally:
                await engine.store.leases.give_back(Topic.POLL, hosts)
        while await self.steps.run("read"):
            pass
        articles = 0
        while done := await steps.extract_articles(engine.store, engine.extractor):
            articles += done
        while await self.steps.run("group"):
            pass
        return CaughtUp(polls, articles)
