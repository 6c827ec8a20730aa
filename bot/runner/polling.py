"""The step that polls feeds: the results of each are stored before the next are polled."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import structlog

from bot.clock import Clock
from bot.errors import StoreUnavailable
from bot.feeds.poll import PollLimits, not_stored, poll_together
from bot.fetching.client import Fetcher
from bot.model.feeds import PollOutcome, PollSummary, PollTarget
from bot.runner.due_feeds import DueFeeds
from bot.runner.each_item import Failures, described, shown
from bot.runner.hub_polls import note_polls
from bot.store import Store
from bot.store.feeds.poll_outcomes import SavedPoll
from bot.workers import Workers

log = structlog.get_logger(__name__)


async def polls(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    *,
    targets: Sequence[PollTarget] | DueFeeds,
    limits: PollLimits,
    concurrency: int,
    failures: Failures | None = None,
) -> AsyncGenerator[PollSummary, None]:
    """Poll `targets` and store the results, many together; yield the results that were stored together.

    Never raises for anything a feed does.
    """
    given = targets.pages() if isinstance(targets, DueFeeds) else targets
    found = poll_together(
        given, fetcher=fetcher, workers=workers, clock=clock, limits=limits, concurrency=concurrency
    )
    async with contextlib.aclosing(found):
        async for outcomes in found:
            saved = await _save_outcomes(store, outcomes, failures)
            await note_polls(store, outcomes, saved)
            if isinstance(targets, DueFeeds):
                targets.stored(outcomes)
            summary = PollSummary(new_entries=sum(each.new_entries for each in saved))
            summary.statuses.update(outcome.status for outcome in outcomes)
            # checked once: even a line that is not written takes time, and there are hundreds
            debugging = logging.getLogger(__name__).isEnabledFor(logging.DEBUG)
            for outcome in outcomes:
                if debugging or outcome.error:
                    await asyncio.sleep(0)  # hundreds may fail together, and each line of the log takes time
                if debugging:
                    log.debug(
                        "feed polled", url=outcome.url, status=outcome.status.value, next=outcome.next_poll_at
                    )
                if outcome.error:
                    summary.errors[outcome.url] = outcome.error
                    log.info("feed failed", url=outcome.url, error=outcome.error, failures=outcome.failures)
            yield summary


async def poll_feeds(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    *,
    targets: Sequence[PollTarget] | DueFeeds,
    limits: PollLimits,
    concurrency: int,
) -> PollSummary:
    """Poll `targets` to the end, as `polls` does; return all results together."""
    summary = PollSummary()
    given: Any = {"targets": targets, "limits": limits, "concurrency": concurrency}
    async with contextlib.aclosing(polls(store, fetcher, workers, clock, **given)) as found:
        async for some in found:
            summary.statuses.update(some.statuses)
            summary.new_entries += some.new_entries
            summary.errors |= some.errors
    return summary


async def _save_outcomes(
    store: Store, outcomes: Sequence[PollOutcome], failures: Failures | None
) -> list[SavedPoll]:
    """Store outcomes together; if that fails, store each alone, so that one cannot spoil the others.

    An outcome that cannot be stored is stored as a failure of its feed, which then rests for a while. Raises
    StoreUnavailable: that is no feed's fault, and all of them are still due.
    """
    try:
        return await store.feeds.save_outcomes(outcomes)
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - of one of them, which is found below
        log.warning("outcomes not stored together", outcomes=len(outcomes), error=shown(error))
    saved: list[SavedPoll] = []
    for outcome in outcomes:
        try:
            saved += await store.feeds.save_outcomes([outcome])
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("item failed", step="poll", item=described(outcome))
            if failures is not None:
                failures["poll"] += 1
            # if this fails, too, the store itself is at fault
            saved += await store.feeds.save_outcomes([not_stored(outcome)])
    return saved
