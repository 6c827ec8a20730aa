"""How much one person may have read."""

from datetime import timedelta

import pytest

from bot.errors import LimitReached
from bot.services import reading_desk
from bot.services.reading_desk import ReadingDesk
from tests.factories import NOON


def test_the_cap_of_an_hour_says_when_it_ends_and_then_does() -> None:
    desk = ReadingDesk(an_hour=2)
    desk.admit(1, NOON)
    desk.admit(1, NOON + timedelta(minutes=10))
    with pytest.raises(LimitReached) as refused:
        desk.admit(1, NOON + timedelta(minutes=20))
    again = int((NOON + timedelta(hours=1)).timestamp())
    assert f"You can have another one read <t:{again}:R>." in refused.value.message
    desk.admit(2, NOON + timedelta(minutes=20))
    desk.admit(1, NOON + timedelta(hours=1))


def test_a_clock_that_was_ahead_locks_nobody_out() -> None:
    desk = ReadingDesk(an_hour=1)
    desk.admit(1, NOON + timedelta(days=400))
    desk.admit(1, NOON)


def test_of_many_people_those_who_asked_last_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_desk, "PEOPLE", 3)
    desk = ReadingDesk(an_hour=1)
    for user_id in range(5):
        desk.admit(user_id, NOON)
    desk.admit(0, NOON)
    with pytest.raises(LimitReached):
        desk.admit(4, NOON)
