"""The index of stories, kept between passes because loading it costs more than grouping a few new articles."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.model.stories import StoryProfile
from bot.store import Store
from bot.stories.grouping import LASTS_DAYS
from bot.stories.index import StoryIndex

REMEMBERED = timedelta(days=LASTS_DAYS)
"""How long after its newest article a story can still accept others."""
LOADED_FOR = timedelta(hours=6)
"""How long an index is kept before it is reloaded, which picks up what others changed in the store."""


class StoryMemory:
    """The index of recent stories. It is updated with what is saved, so the cost of a pass depends on its articles
    only.
    """

    def __init__(self) -> None:
        self._index: StoryIndex | None = None
        self._loaded_at: datetime | None = None

    async def index(self, store: Store, now: datetime) -> StoryIndex:
        """Return the index of the stories that can accept articles at `now`."""
        since = now - REMEMBERED
        if (
            self._index is None
            or self._loaded_at is None
            or not self._loaded_at <= now < self._loaded_at + LOADED_FOR
        ):
            self._index = None  # two of them at once would take twice the memory
            self._index = await _loaded(store, since)
            self._loaded_at = now
        else:
            await asyncio.to_thread(self._index.forget, since)
        return self._index

    def forget(self) -> None:
        """Reload the index in the next pass."""
        self._index = None


async def _loaded(store: Store, since: datetime) -> StoryIndex:
    """Return an index of the stories since a moment, read in pages: all their terms at once take a gigabyte."""
    index = StoryIndex()
    last_id = 0
    while page := await store.stories.profiles(since, after=last_id):
        last_id = page[-1].story_id
        # even one page takes long enough to hold up the event loop
        await asyncio.to_thread(_put_all, index, page)
    return index


def _put_all(index: StoryIndex, profiles: Iterable[StoryProfile]) -> None:
    for profile in profiles:
        index.put(profile)
