"""One clock for all processes: when that of the database is followed."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from bot.runner.shared_clock import SharedClock
from tests.factories import NOON, SetClock


class Apart:
    """A database whose clock is `ahead` of ours by so many seconds."""

    def __init__(self, clock: SetClock) -> None:
        self.clock, self.seconds = clock, 0.0
        self.due_work = SimpleNamespace(time_of_the_database=self.time)

    async def time(self) -> Any:
        return self.clock() - timedelta(seconds=self.seconds)


async def test_a_difference_of_about_two_seconds_does_not_make_the_time_jump() -> None:
    here = SetClock()
    store: Any = Apart(here)
    clock = SharedClock(here)
    shown = []
    for store.seconds in (1.9, 2.1, 1.9, 2.1, 1.2, 0.9, 1.9):
        await clock.compare(store)
        shown.append((clock() - NOON).total_seconds())
    assert shown == [0, -2.1, -2.1, -2.1, -2.1, 0, 0]


async def test_a_clock_that_is_set_is_followed_at_once() -> None:
    here = SetClock()
    store: Any = Apart(here)
    clock = SharedClock(here)
    for store.seconds, ahead in ((600, 600), (600.5, 600), (605, 605), (-3, -3), (0, 0)):
        await clock.compare(store)
        assert (NOON - clock()).total_seconds() == ahead
