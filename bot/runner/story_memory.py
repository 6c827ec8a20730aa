"""The index of stories, kept between passes, as loading it costs more than grouping a few new articles."""

import asyncio
from datetime import datetime, timedelta

from bot.store import Store
from bot.stories.grouping import StoryIndex

REMEMBERED = timedelta(days=14)
"""How long after its newest article a story can still take in others: twice its decay in `bot.stories`."""
LOADED_FOR = timedelta(hours=6)
"""How long an index is kept before it is loaded again, which picks up what others changed in the store."""


class StoryMemory:
    """The index of recent stories. It is updated with what is saved, so a pass costs what its articles cost."""

    def __init__(self) -> None:
        self._index: StoryIndex | None = None
        self._loaded_at: datetime | None = None

    async def index(self, store: Store, now: datetime) -> StoryIndex:
        """Return the index of the stories that can take in articles at `now`."""
        since = now - REMEMBERED
        if (
            self._index is None
            or self._loaded_at is None
            or not self._loaded_at <= now < self._loaded_at + LOADED_FOR
        ):
            profiles = await store.stories.profiles(since)
            # thousands of profiles take long enough to be felt on the event loop
            self._index = await asyncio.to_thread(StoryIndex.of, profiles)
            self._loaded_at = now
        else:
            await asyncio.to_thread(self._index.forget, since)
        return self._index

    def forget(self) -> None:
        """Load the index anew in the next pass."""
        self._index = None
