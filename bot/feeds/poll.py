"""One poll of one feed, from the conditional request to the outcome; and many of them at a time."""

import asyncio
import hashlib
import random
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from yarl import URL

from bot.clock import Clock
from bot.errors import FeedError, FetchFailed, HearsayError, WorkerFailed
from bot.feeds.http import FEED_ACCEPT, PER_HOST, Answer, Fetcher
from bot.feeds.parse import parse_feed
from bot.feeds.schedule import Pace, fresh_for, next_poll, next_poll_after_failure, own_interval, state_after
from bot.feeds.values import ParsedFeed, PollOutcome, PollStatus, PollTarget, Validators
from bot.jobs.workers import Workers

UNCONDITIONAL = 0.02
"""Share of polls without validators: servers exist that answer 304 for ever."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PollLimits:
    """What bounds a poll."""

    pace: Pace = field(default_factory=Pace)
    max_bytes: int = 5_000_000
    parse_timeout_s: float = 10.0


async def poll(
    target: PollTarget,
    *,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    limits: PollLimits = PollLimits(),
    chance: random.Random | None = None,
) -> PollOutcome:
    """Return what polling `target` found, and when to poll it again. Never raises for what a feed does."""
    chance = chance or random.Random()  # noqa: S311 - spreads polls, guards nothing
    validators = Validators() if chance.random() < UNCONDITIONAL else target.validators
    try:
        answer = await fetcher.fetch(
            target.url,
            validators=validators,
            accept=FEED_ACCEPT,
            max_bytes=limits.max_bytes,
            subscribers=target.subscribers,
        )
        return await _outcome(
            target,
            answer,
            sent=validators,
            workers=workers,
            clock=clock,
            limits=limits,
            chance=chance.random(),
        )
    except HearsayError as error:
        return _failed(target, error, clock(), limits.pace, chance.random())
    except Exception as error:  # noqa: BLE001 - one odd feed must not end the pass; the log has the details
        _log.exception("poll_failed", feed_id=target.feed_id, url=target.url)
        odd = FetchFailed(f"Hearsay could not poll this feed ({type(error).__name__}).")
        return _failed(target, odd, clock(), limits.pace, chance.random())


async def _outcome(
    target: PollTarget,
    answer: Answer,
    *,
    sent: Validators,
    workers: Workers,
    clock: Clock,
    limits: PollLimits,
    chance: float,
) -> PollOutcome:
    now = clock()
    body_hash = target.body_hash
    feed: ParsedFeed | None = None
    if answer.not_modified or _same_validators(sent, answer.validators):
        status = PollStatus.NOT_MODIFIED
    else:
        body_hash = hashlib.sha256(answer.body).hexdigest()
        if body_hash == target.body_hash:
            status = PollStatus.UNCHANGED
        else:
            status = PollStatus.CHANGED
            feed = await workers.run(
                parse_feed, answer.body, answer.url, answer.content_type, now, timeout=limits.parse_timeout_s
            )
    interval = (own_interval(feed, now) if feed else None) or target.interval
    return PollOutcome(
        feed_id=target.feed_id,
        status=status,
        polled_at=now,
        next_poll_at=next_poll(
            now,
            interval=interval,
            fresh=fresh_for(answer.headers, now),
            pace=limits.pace,
            chance=chance,
            feed=feed,
        ),
        state=state_after(status),
        validators=_kept_validators(target.validators, answer),
        body_hash=body_hash,
        feed=feed,
        moved_to=answer.permanent_redirect,
        interval=interval,
    )


def _same_validators(sent: Validators, received: Validators) -> bool:
    """Tell whether a 200 repeats what was sent: some servers never answer 304."""
    if sent.etag or received.etag:
        return sent.etag is not None and sent.etag == received.etag
    return sent.last_modified is not None and sent.last_modified == received.last_modified


def _kept_validators(known: Validators, answer: Answer) -> Validators:
    """Return the validators for the next poll: byte-exact, none invented.

    A 304 need not repeat them. Under `Expires: 0` they are known to be nonsense.
    """
    if answer.headers.get("Expires", "").strip() == "0":
        return Validators()
    new = answer.validators
    if answer.not_modified:
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
        error=message,
        failures=failures,
        interval=target.interval,
    )


async def poll_many(
    targets: Sequence[PollTarget],
    *,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    concurrency: int = 50,
    per_host: int = PER_HOST,
    limits: PollLimits = PollLimits(),
    chance: random.Random | None = None,
) -> AsyncIterator[PollOutcome]:
    """Poll all `targets` and yield each outcome as it comes.

    At most `concurrency` at a time and `per_host` of one host: a slow host with many feeds holds no more than its
    share of the places, so that the others go on. Leaving the iteration stops what is under way.
    """
    order = _HostQueues(targets, per_host)
    running: dict[asyncio.Task[PollOutcome], PollTarget] = {}
    try:
        while True:
            while len(running) < concurrency and (target := order.take()) is not None:
                task = asyncio.create_task(
                    poll(target, fetcher=fetcher, workers=workers, clock=clock, limits=limits, chance=chance)
                )
                running[task] = target
            if not running:
                return
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                order.give_back(running.pop(task))
            for task in done:
                yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


class _HostQueues:
    """Targets by host, handed out in turn to hosts that have a place free."""

    def __init__(self, targets: Sequence[PollTarget], per_host: int) -> None:
        self._per_host = per_host
        self._waiting: dict[str, deque[PollTarget]] = defaultdict(deque)
        self._busy: dict[str, int] = defaultdict(int)
        for target in targets:
            self._waiting[_host(target)].append(target)
        self._ready = deque(self._waiting)

    def take(self) -> PollTarget | None:
        """Return the next target, or None while none may start."""
        if not self._ready:
            return None
        host = self._ready.popleft()
        target = self._waiting[host].popleft()
        self._busy[host] += 1
        if self._waiting[host] and self._busy[host] < self._per_host:
            self._ready.append(host)
        return target

    def give_back(self, target: PollTarget) -> None:
        """Free the place of a target that is done."""
        host = _host(target)
        was_full = self._busy[host] == self._per_host
        self._busy[host] -= 1
        if was_full and self._waiting[host]:
            self._ready.append(host)


def _host(target: PollTarget) -> str:
    try:
        return URL(target.url).host or ""
    except ValueError:
        return ""
