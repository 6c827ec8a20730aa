"""Limits on how much people may have read at a time. In memory only: nobody's id is stored."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.delivery.claims import timestamp
from bot.errors import LimitReached
from bot.languages.translations import _, ngettext
from bot.model.readings import Reading

AN_HOUR = 20
"""Pages and texts that one person may have read within an hour. Each takes a second or two of a processor, and a
page from somebody's server.
"""
AT_ONCE = 2
"""How many texts are analysed at the same time: the feeds need the processes, too."""
PLACES = 24
"""How many pages and texts may be under way at the same time in one process, most of them waiting for a site."""
OF_ONE = 4
"""How many of these may be for one server, or for one person outside servers, so that slow sites requested in one
server keep nobody else from reading.
"""
PEOPLE = 10_000
"""How many people are remembered, the most recent ones."""
_HOUR = timedelta(hours=1)


class ReadingDesk:
    """Readings in progress, and how often each person has asked within the last hour."""

    def __init__(
        self, an_hour: int = AN_HOUR, at_once: int = AT_ONCE, places: int = PLACES, of_one: int = OF_ONE
    ) -> None:
        self.room = asyncio.Semaphore(at_once)
        self.under_way: dict[str, asyncio.Task[Reading]] = {}
        """Readings in progress by subject: others who ask for the same wait for the same answer."""
        self._an_hour = an_hour
        self._places = places
        self._of_one = of_one
        self._taken: Counter[int] = Counter()
        self._asked: OrderedDict[int, deque[datetime]] = OrderedDict()

    @contextmanager
    def place(self, holder: int) -> Iterator[None]:
        """Hold a place for a server, or for a person outside servers, while something is read for them.

        Raises LimitReached, at once, if all of their places are taken, or if no place is free.
        """
        if self._taken[holder] >= self._of_one:
            raise LimitReached(
                ngettext(
                    "{count} page or text is being read here already. Ask again when it is done.",
                    "{count} pages or texts are being read here already. Ask again when one is done.",
                    self._taken[holder],
                )
            )
        if self._taken.total() >= self._places:
            raise LimitReached(
                _("Many people are having pages read just now, so yours has to wait. Ask again in a minute.")
            )
        self._taken[holder] += 1
        try:
            yield
        finally:
            self._taken -= Counter([holder])

    def admit(self, user_id: int, now: datetime) -> None:
        """Count a reading by somebody. Raises LimitReached, with when they may read again."""
        asked = self._asked.setdefault(user_id, deque())
        self._asked.move_to_end(user_id)
        while asked and not timedelta() <= now - asked[0] < _HOUR:
            asked.popleft()
        if len(asked) >= self._an_hour:
            raise LimitReached(
                ngettext(
                    "You have had {count} page or text read within an hour, which is the limit. "
                    "You can have another one read {when}.",
                    "You have had {count} pages or texts read within an hour, which is the limit. "
                    "You can have another one read {when}.",
                    self._an_hour,
                    when=timestamp(asked[0] + _HOUR, "R"),
                )
            )
        asked.append(now)
        while len(self._asked) > PEOPLE:
            self._asked.popitem(last=False)
