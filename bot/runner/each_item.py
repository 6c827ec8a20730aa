"""Items of a step, each processed by itself: whatever one of them raises, the others are processed.

An item that fails is logged with its traceback, counted, and put off. A step only raises what is not an item's
fault: the model is missing, or the store cannot even record that an item failed.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeVar

import structlog

from bot.errors import HearsayError, ModelMissing, NotFound, StoreUnavailable

Item = TypeVar("Item")
Failures = Counter[str]
"""How many items failed, by the name of their step."""
REFUSALS = 5
"""How many items in a row the store may refuse before the rest waits for the next pass. Each one wastes a page
fetched or a text analysed, and a full disk may stay full for days.
"""

log = structlog.get_logger(__name__)


async def deal_with_each(
    step: str,
    items: Sequence[Item],
    work: Callable[[Item], Awaitable[None]],
    *,
    put_off: Callable[[Item, str], Awaitable[object]],
    forget: Callable[[Item], object] = lambda _item: None,
    places: int = 1,
    failures: Failures | None = None,
) -> list[Item]:
    """Call `work` with each of `items`, `places` at a time, and return those that succeeded.

    Items that are gone (NotFound) are silently left out. Anything else that is raised is the item's failure: it is
    counted in `failures`, and `put_off` is given the item and the text to show people. Raises ModelMissing at
    once; raises StoreUnavailable, or whatever `put_off` raised, once all items have had their turn, or once the
    store has refused REFUSALS in a row: then the others are not begun.

    `forget` is given each item that failed, or whose result may not have been stored because the store went away:
    what memory holds about it is no longer true.
    """
    room = asyncio.Semaphore(places)
    done: list[Item] = []
    not_put_off: list[Exception] = []
    refused = 0

    async def deal_with(item: Item) -> None:
        nonlocal refused
        async with room:
            if refused >= REFUSALS:
                return
            try:
                with suppress(NotFound):
                    await work(item)
                    refused = 0
                    done.append(item)
                    log.debug("item done", step=step, item=described(item))
            except ModelMissing:
                raise
            except StoreUnavailable as error:  # not the item's fault: it is still due
                forget(item)
                refused += 1
                not_put_off.append(error)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are dealt with
                forget(item)
                _log_failure(step, item, error)
                if failures is not None:
                    failures[step] += 1
                not_put_off.extend(await _errors_of(put_off(item, shown(error)), step, item))

    tasks = [asyncio.create_task(deal_with(item)) for item in items]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if not_put_off:
        raise not_put_off[0]
    return done


async def _errors_of(putting_off: Awaitable[object], step: str, item: object) -> list[Exception]:
    """Return the errors raised by putting an item off."""
    try:
        with suppress(NotFound):
            await putting_off
    except Exception as error:
        known = isinstance(error, HearsayError)
        log.error(
            "item not put off",
            step=step,
            item=described(item),
            error=shown(error),
            exc_info=None if known else error,
        )
        return [error]
    return []


def _log_failure(step: str, item: object, error: Exception) -> None:
    """Log an item's failure: in one line if the error was expected, otherwise with its traceback."""
    expected = isinstance(error, HearsayError)
    given = {"step": step, "item": described(item), "error": shown(error)}
    if expected:
        log.warning("item failed", **given)
    else:
        log.error("item failed", exc_info=error, **given)


def log_step_failure(step: str, error: Exception, *, again: bool) -> None:
    """Log what ended a step: with its traceback, or in one line if it just ended the same way (`again`).

    A full disk ends every step for as long as it is full; tracebacks would fill it with the log, too.
    """
    known = again and isinstance(error, HearsayError)
    log.error("step failed", step=step, error=shown(error), exc_info=None if known else error)


def shown(error: BaseException) -> str:
    """Return what people are shown of an error: our own words, or its type if it was unexpected."""
    if isinstance(error, HearsayError):
        return str(error)
    return f"Hearsay could not deal with this ({type(error).__name__}). The log has the details."


def described(item: object) -> object:
    """Return the name of an item in the log."""
    for name in ("id", "entry_id", "article_id", "feed_id"):
        if (number := getattr(item, name, None)) is not None:
            return f"{name}={number}"
    return type(item).__name__
