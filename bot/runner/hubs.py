"""The parts of a Hearsay that hubs can reach (WebSub): they are asked to push, and their pushes are read."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.feeds.poll import PollLimits
from bot.fetching.client import Fetcher
from bot.metrics import Metrics
from bot.runner.hub_requests import ask_hubs
from bot.runner.pushes import Inbox, read_pushes
from bot.store import Store
from bot.workers import Workers


@dataclass(frozen=True, slots=True)
class Hubs:
    """The subscriptions to hubs, which reach this Hearsay at `public_url`, and the inbox of their pushes."""

    public_url: str
    store: Store
    fetcher: Fetcher
    workers: Workers
    clock: Clock
    metrics: Metrics
    limits: PollLimits
    inbox: Inbox = field(default_factory=Inbox)

    async def ask(self) -> int:
        """Ask the hubs whose turn has come; return how many."""
        return await ask_hubs(
            self.store,
            self.fetcher,
            self.clock,
            self.metrics,
            public_url=self.public_url,
            poll_pause=self.limits.pace.minimum,
        )

    async def read(self) -> int:
        """Read the waiting pushes; return how many entries were new."""
        return await read_pushes(
            self.inbox,
            self.store,
            self.workers,
            self.clock,
            self.metrics,
            parse_timeout_s=self.limits.parse_timeout_s,
        )

    def served_at(self, address: str) -> AbstractAsyncContextManager[str]:
        """Serve hubs at `address` ("host:port"). Raises SettingsError if that cannot be used."""
        from bot.runner.push_endpoint import (  # noqa: PLC0415 - aiohttp's server takes 2 MB
            PushEndpoint,
            serve_pushes,
        )

        endpoint = PushEndpoint(self.store, self.inbox, self.metrics, self.clock, max_bytes=self.limits.max_bytes)
        return serve_pushes(endpoint, address)
