"""Items of a step of which one raises what nobody foresaw."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.model.articles import Origin, ReadArticle
from bot.model.feeds import ParsedEntry
from bot.store import Store
from tests.factories import SetClock, an_attached_feed, an_outcome, save_outcome

ODD = (
    ValueError("odd"),
    IndexError("odd"),
    RecursionError(),
    MemoryError(),
    UnicodeError(),
    AssertionError(),
    OSError(),
)


def raising(
    error: BaseException, wanted: Callable[..., bool], otherwise: Callable[..., Any]
) -> Callable[..., Any]:
    """Return a function that raises `error` for what is `wanted`, and else does what `otherwise` does."""

    async def either(*given: Any, **named: Any) -> Any:
        if wanted(*given):
            raise error
        return await otherwise(*given, **named)

    return either


async def entries(store: Store, clock: SetClock, *urls: str) -> None:
    feed = await an_attached_feed(store)
    given = [ParsedEntry(url, url, f"Headline {number}", html="<p>Text.</p>") for number, url in enumerate(urls)]
    await save_outcome(store, an_outcome(feed.id, *given))
    clock.now += timedelta(minutes=1)


async def articles(store: Store, clock: SetClock, count: int, text: str | None = None) -> list[int]:
    await entries(store, clock, *(f"https://example.org/{number}" for number in range(count)))
    found = await store.articles.entries_to_read(clock(), 99)
    return [
        await store.articles.save_read(
            entry.entry_id,
            ReadArticle(entry.url or "", "Example", entry.title, text or f"Text of {entry.title}.", Origin.PAGE),
        )
        for entry in found
    ]
