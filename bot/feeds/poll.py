"""One poll of one feed, from the conditional request to the outcome; and many of them at a time."""

import asyncio
import hashlib
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import structlog
from aiohttp.hdrs import EXPIRES

from bot.clock import Clock
from bot.errors import FeedError, FetchFailed, HearsayError, WorkerFailed
from bot.feeds.host_queues import HostQueues
from bot.feeds.link_header import header_links
from bot.feeds.parse import Document
from bot.feeds.parsing import Parsing
from bot.feeds.schedule import Pace, fresh_for, next_poll, next_poll_after_failure, own_interval, state_after
from bot.feeds.websub import announcement_of, poll_stretch
from bot.fetching.client import FEED_ACCEPT, PER_HOST, Answer, Fetcher
from bot.languages.translations import _
from bot.model.feeds import ParsedFeed, PollOutcome, PollStatus, PollTarget, Validators
from bot.workers import Workers

UNCONDITIONAL = 0.02
"""Share of polls without validators: some servers answer 304 forever."""

TOGETHER = 1000
"""The most outcomes that wait to be stored together."""
TOGETHER_SIZE = 4_000_000
"""The most characters of content that wait with them; the last outcome may exceed it."""
TOGETHER_S = 0.5
"""How many seconds an outcome waits to be stored together with others."""

_NONE_SENT = Validators()
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PollLimits:
    """The limits of a poll."""

    pace: Pace = field(default_factory=Pace)
    max_bytes: int = 5_000_000
    parse_timeout_s: float = 10.0
    pushed: bool = False
    """Whether hubs can reach Hearsay: feeds are polled less often while theirs push what is new."""


async def poll(
    target: PollTarget,
    *,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    limits: PollLimits = PollLimits(),
    chance: random.Random | None = None,
    parsing: Parsing | None = None,
    answered: Callable[[], None] | None = None,
) -> PollOutcome:
    """Return the outcome of polling `target`, and when to poll it again. Never raises because of what a feed does.

    `parsing` sends documents to the workers, together with those of other polls. `answered` is called once the
    server has answered, before its answer is read.
    """
    chance = chance or random.Random()  # noqa: S311 - spreads polls, guards nothing
    validators = _NONE_SENT if chance.random() < UNCONDITIONAL else target.validators
    try:
        answer = await fetcher.fetch(
            target.url,
            validators=validators,
            accept=FEED_ACCEPT,
            max_bytes=limits.max_bytes,
            subscribers=target.subscribers,
            known=target.wire_hash,
        )
        if answered is not None:
            answered()
        return await _outcome(
            target,
            answer,
            sent=validators,
            parsing=parsing or Parsing(workers, limits.parse_timeout_s),
            clock=clock,
            limits=limits,
            chance=chance.random(),
        )
    except HearsayError as error:
        return _failed(target, error, clock(), limits.pace, chance.random())
    except Exception as error:  # noqa: BLE001 - one odd feed must not end the pass; the log has the details
        _log.exception("poll_failed", feed_id=target.feed_id, url=target.url)
        odd = FetchFailed(_("Hearsay could not poll this feed ({name}).", name=type(error).__name__))
        return _failed(target, odd, clock(), limits.pace, chance.random())


async def _outcome(
    target: PollTarget,
    answer: Answer,
    *,
    sent: Validators,
    parsing: Parsing,
    clock: Clock,
    limits: PollLimits,
    chance: float,
) -> PollOutcome:
    now = clock()
    body_hash, wire_hash = target.body_hash, target.wire_hash
    feed: ParsedFeed | None = None
    received = answer.validators
    if answer.not_modified or _same_validators(sent, received):
        status = PollStatus.NOT_MODIFIED
    elif answer.same_body:
        status = PollStatus.UNCHANGED
    else:
        body_hash, wire_hash = hashlib.sha256(answer.body).hexdigest(), answer.wire_hash
        if body_hash == target.body_hash:
            status = PollStatus.UNCHANGED
        else:
            status = PollStatus.CHANGED
            feed = await parsing.parse(
                Document(answer.body, answer.url, answer.content_type, now, target.item_hashes)
            )
    interval = (own_interval(feed, now) if feed else None) or target.interval
    validators = _kept_validators(target.validators, received, answer)
    known = target.pushing.announcement if target.pushing and target.pushing.announcement.hubs else None
    announced = announcement_of(header_links(answer.link_fields, answer.url), feed, target.url) if feed else known
    planned = partial(
        next_poll,
        now,
        interval=interval,
        fresh=fresh_for(answer.headers, now),
        pace=limits.pace,
        chance=chance,
        feed=feed or target,
    )
    next_poll_at = planned()
    return PollOutcome(
        feed_id=target.feed_id,
        status=status,
        polled_at=now,
        next_poll_at=next_poll_at,
        state=state_after(status),
        validators=validators,
        body_hash=body_hash,
        wire_hash=wire_hash,
        feed=feed,
        moved_to=answer.permanent_redirect,
        interval=interval,
        url=target.url,
        announced=announced,
        announces_anew=announced != known,
        quiet_poll_at=_quiet_poll_at(target, now, next_poll_at, planned) if limits.pushed else None,
        as_known=feed is None and wire_hash == target.wire_hash and validators == target.validators,
    )


def _quiet_poll_at(
    target: PollTarget, now: datetime, normal: datetime, planned: Callable[..., datetime]
) -> datetime | None:
    """Return when to poll next if the hub has pushed everything new; None without an active hub.

    `normal` is when to poll otherwise. The next poll is no later than the end of the hub's lease.
    """
    pushing = target.pushing
    if pushing is None or pushing.lease_until is None:
        return None
    stretch = poll_stretch(pushing, now, normal - now)
    later: datetime = normal if stretch == 1 else planned(stretch=stretch)
    return max(normal, min(later, pushing.lease_until))


def _same_validators(sent: Validators, received: Validators) -> bool:
    """Return whether a 200 repeats the validators that were sent: some servers never answer 304."""
    if sent.etag or received.etag:
        return sent.etag is not None and sent.etag == received.etag
    return sent.last_modified is not None and sent.last_modified == received.last_modified


def _kept_validators(known: Validators, new: Validators, answer: Answer) -> Validators:
    """Return the validators for the next poll, byte for byte as they were received.

    A 304 need not repeat them. With `Expires: 0` they are meaningless.
    """
    if answer.headers.get(EXPIRES, "").strip() == "0":
        return Validators()
    if answer.not_modified:
        if new == _NONE_SENT:
            return known
        return Validators(new.etag or known.etag, new.last_modified or known.last_modified)
    return new


def _failed(target: PollTarget, error: HearsayError, now: datetime, pace: Pace, chance: float) -> PollOutcome:
    gone = isinstance(error, FetchFailed) and error.status == 410
    status = PollStatus.GONE if gone else PollStatus.ERROR
    failures = target.failures + 1
    message = error.message
    if isinstance(error, WorkerFailed):
        message = f"The feed could not be parsed: {message}"
    elif not isinstance(error, FeedError):
        _log.warning("poll_failed", feed_id=target.feed_id, error=message)
    return PollOutcome(
        feed_id=target.feed_id,
        status=status,
        polled_at=now,
        next_poll_at=next_poll_after_failure(
            now,
            failures=failures,
            retry_after=error.retry_after if isinstance(error, FetchFailed) else None,
            pace=pace,
            chance=chance,
        ),
        state=state_after(status),
        validators=target.validators,
        body_hash=target.body_hash,
        wire_hash=target.wire_hash,
        error=message,
        failures=failures,
        interval=target.interval,
        url=target.url,
    )


def not_stored(outcome: PollOutcome) -> PollOutcome:
    """Return a failure in place of an outcome that cannot be stored, so that its feed is polled later."""
    failures = outcome.failures + 1
    return replace(
        outcome,
        status=PollStatus.ERROR,
        state=state_after(PollStatus.ERROR),
        feed=None,
        moved_to=None,
        failures=failures,
        error=_("What this feed brought could not be stored. The log has the details."),
        next_poll_at=next_poll_after_failure(
            outcome.polled_at, failures=failures, retry_after=None, pace=Pace(), chance=0.0
        ),
    )


async def poll_together(
    targets: Sequence[PollTarget] | AsyncGenerator[Sequence[PollTarget], None],
    *,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    concurrency: int = 50,
    per_host: int = PER_HOST,
    limits: PollLimits = PollLimits(),
    chance: random.Random | None = None,
    within_s: float = TOGETHER_S,
) -> AsyncGenerator[list[PollOutcome], None]:
    """Poll all `targets` and yield the outcomes as they arrive; those that arrive `within_s` of each other
    together.

    At most `concurrency` run at a time, `per_host` of them to one host; slow hosts hold no more than their share
    of the places (see `HostQueues`). `targets` may be a generator: more are requested whenever there is room. A
    slow consumer slows the polls: only a few outcomes wait, so that memory does not grow with the number of feeds.
    Leaving the iteration stops the polls in progress.
    """
    chance = chance or random.Random()  # noqa: S311 - spreads polls, guards nothing
    order = HostQueues(places=concurrency, per_host=per_host)
    parsing = Parsing(workers, limits.parse_timeout_s)
    done = _Arrivals()
    now = asyncio.get_running_loop().time

    async def supply() -> None:
        if isinstance(targets, Sequence):
            order.add(targets)
        else:
            async with aclosing(targets):
                async for some in targets:
                    order.add(some)
                    await order.wants_more.wait()
        order.close()

    async def work() -> None:
        while (target := await order.take()) is not None:
            started = now()
            outcome = await poll(
                target,
                fetcher=fetcher,
                workers=workers,
                clock=clock,
                limits=limits,
                chance=chance,
                parsing=parsing,
                answered=lambda: order.answered(target, now() - started),  # noqa: B023 - called before the next
            )
            order.give_back(target, now() - started)
            await done.put(outcome)
            if order.idle:
                done.hurry()

    places = min(concurrency, len(targets)) if isinstance(targets, Sequence) else concurrency
    tasks = [asyncio.create_task(each) for each in (supply(), *(work() for _ in range(places)))]
    ending = asyncio.create_task(done.close_after(tasks))
    try:
        while outcomes := await done.take(within_s):
            yield outcomes
        await ending
    finally:
        for task in (*tasks, ending):
            task.cancel()
        await parsing.close()
        await asyncio.gather(*tasks, ending, return_exceptions=True)


class _Arrivals:
    """Outcomes on their way to the store: a limited number, and fewer of large ones."""

    def __init__(self) -> None:
        self._waiting: list[PollOutcome] = []
        self._size = 0
        self._open = True
        self._arrived = asyncio.Event()
        self._many = asyncio.Event()
        self._taken = asyncio.Event()

    async def put(self, outcome: PollOutcome) -> None:
        """Add an outcome, waiting while there are too many."""
        while len(self._waiting) >= TOGETHER or self._size >= TOGETHER_SIZE:
            self._taken.clear()
            await self._taken.wait()
        self._waiting.append(outcome)
        self._size += _size_of(outcome)
        self._arrived.set()
        if len(self._waiting) * 2 >= TOGETHER or self._size * 2 >= TOGETHER_SIZE:
            self._many.set()

    async def take(self, within_s: float) -> list[PollOutcome]:
        """Return what arrived `within_s` of the first, or as much as may wait; nothing once no more will
        arrive."""
        while self._open and not self._waiting:
            self._arrived.clear()
            await self._arrived.wait()
        if within_s > 0 and self._open:
            with suppress(TimeoutError):
                async with asyncio.timeout(within_s):
                    await self._many.wait()
        self._many.clear()
        taken, self._waiting, self._size = self._waiting, [], 0
        self._taken.set()
        return taken

    def hurry(self) -> None:
        """Stop waiting: nothing more will arrive for now."""
        self._many.set()

    async def close_after(self, tasks: "Sequence[asyncio.Task[None]]") -> None:
        """Wait for `tasks` and raise what one of them raised."""
        try:
            await asyncio.gather(*tasks)
        finally:
            self._open = False
            self._arrived.set()
            self._many.set()


def _size_of(outcome: PollOutcome) -> int:
    return sum(len(entry.html) for entry in outcome.feed.entries) if outcome.feed else 0
