"""What services need from the runner, which is built above them in `bot.runner.loop`."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.delivery.outbox import Sender
from bot.model.feeds import PollSummary


class Runner(Protocol):
    """Runs the steps; see `bot.runner.loop`."""

    sender: Sender | None
    """Posts messages. None until there is a Discord client; digests wait in the outbox."""

    def wake(self) -> None:
        """Make every step look for due work now."""

    async def run(self) -> None:
        """Run all steps until cancelled."""

    def serve_hubs(self, address: str) -> AbstractAsyncContextManager[str] | None:
        """Serve the endpoint for hubs at `address` ("host:port") and yield its URL. None if hubs are off."""

    async def pass_once(self) -> dict[str, int]:
        """Do all due work once. Return how much each step did."""

    async def catch_up(self, *, every: bool = False) -> "CaughtUp":
        """Poll the due feeds, or with `every` all feeds; then read, analyse and group everything that waits for
        it.
        """


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """The result of one pass over the feeds: the polls, and how many articles were analysed."""

    polls: PollSummary
    articles: int
