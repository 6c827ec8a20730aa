"""Documents on their way to the worker processes. Small ones travel together, because each trip has a cost."""

import asyncio
from collections import deque

from bot.errors import HearsayError, WorkerFailed
from bot.feeds.parse import Document, parse_feeds
from bot.model.feeds import ParsedFeed
from bot.workers import Workers

TOGETHER = 16
"""The most documents that travel together."""
TOGETHER_BYTES = 500_000
"""The most bytes that they have together; a larger document travels alone."""

_Waiting = tuple[Document, "asyncio.Future[ParsedFeed]"]


class Parsing:
    """Parses documents in `workers`, each within `timeout_s`.

    While all workers are busy, documents queue, and then travel together. If a worker fails at several, each is
    tried alone, so that one hostile document harms no other.
    """

    def __init__(self, workers: Workers, timeout_s: float) -> None:
        self._workers = workers
        self._timeout_s = timeout_s
        self._line: deque[_Waiting] = deque()
        self._journeys: set[asyncio.Task[None]] = set()

    async def parse(self, document: Document) -> ParsedFeed:
        """Return the feed in `document`. Raises NotAFeed, or WorkerFailed if it takes too much time or memory."""
        future: asyncio.Future[ParsedFeed] = asyncio.get_running_loop().create_future()
        self._line.append((document, future))
        self._set_out()
        return await future

    async def close(self) -> None:
        """Cancel what is in progress."""
        for journey in self._journeys:
            journey.cancel()
        await asyncio.gather(*self._journeys, return_exceptions=True)

    def _set_out(self) -> None:
        # One more than there are processes, so that none waits for work.
        while self._line and len(self._journeys) <= self._workers.count:
            journey = asyncio.create_task(self._journey(self._next()))
            self._journeys.add(journey)
            journey.add_done_callback(self._arrived)

    def _arrived(self, journey: "asyncio.Task[None]") -> None:
        self._journeys.discard(journey)
        if not journey.cancelled():
            self._set_out()

    def _next(self) -> list[_Waiting]:
        together = [self._line.popleft()]
        size = len(together[0][0].body)
        while self._line and len(together) < TOGETHER:
            size += len(self._line[0][0].body)
            if size > TOGETHER_BYTES:
                break
            together.append(self._line.popleft())
        return [waiting for waiting in together if not waiting[1].done()]

    async def _journey(self, together: list[_Waiting]) -> None:
        try:
            found = await self._found([document for document, _ in together])
            for (_, future), result in zip(together, found, strict=True):
                if future.done():  # the caller gave up
                    continue
                if isinstance(result, ParsedFeed):
                    future.set_result(result)
                else:
                    future.set_exception(result)
        except Exception as error:  # noqa: BLE001 - raised in the callers
            for _, future in together:
                if not future.done():
                    future.set_exception(error)
        finally:
            for _, future in together:
                future.cancel()

    async def _found(self, documents: list[Document]) -> list[ParsedFeed | HearsayError]:
        if not documents:
            return []
        try:
            return await self._workers.run(parse_feeds, documents, timeout=self._timeout_s)
        except WorkerFailed as error:
            if len(documents) == 1:
                return [error]
        return [(await self._found([document]))[0] for document in documents]
