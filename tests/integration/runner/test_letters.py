"""The step that writes letters: how it goes on if many are due."""

from datetime import time
from pathlib import Path

import pytest

from bot.app import open_services
from bot.model.follows import FollowKind, FollowRhythm, Reach, Subject
from bot.runner import letters
from config.settings import Settings
from tests.factories import CHANNEL, GUILD, NOON, USER, SetClock


async def test_letters_with_nothing_new_keep_those_that_are_due_after_them_no_longer_than_a_pass(
    tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "BATCH", 1)
    async with open_services(Settings(data_dir=tmp_path), clock=clock) as services:
        for number in range(2):
            reach = Reach(CHANNEL + number, True, FollowRhythm.DAILY, time(8), "Europe/Berlin")
            await services.store.follows.add(
                USER + number,
                GUILD,
                Subject(FollowKind.ACTOR, "Ada Quist"),
                reach,
                NOON,
                per_person=25,
                per_server=100,
            )
        watch = letters.NewsWatch()
        assert [await letters.write_letters(services, watch) for _ in range(3)] == [1, 1, 0]
