"""What takes too long is ended, by one timer for all."""

import asyncio

import pytest

from bot.fetching.deadlines import Deadlines

NEVER = 3600.0


async def test_what_takes_too_long_ends_with_a_time_out() -> None:
    deadlines = Deadlines()
    with pytest.raises(TimeoutError), deadlines.within(0.01):
        await asyncio.Event().wait()
    await asyncio.sleep(0)  # the task goes on as if nothing had been cancelled
    task = asyncio.current_task()
    assert task
    assert not task.cancelling()


async def test_what_ends_in_time_returns_and_raises_as_ever() -> None:
    deadlines = Deadlines()
    with deadlines.within(NEVER):
        await asyncio.sleep(0)
    with pytest.raises(KeyError), deadlines.within(NEVER):
        raise KeyError


async def test_each_ends_at_its_own_time_whatever_the_others_have() -> None:
    deadlines = Deadlines()
    ended: list[str] = []

    async def wait(name: str, seconds: float) -> None:
        with pytest.raises(TimeoutError), deadlines.within(seconds):
            await asyncio.Event().wait()
        ended.append(name)

    patient = asyncio.create_task(wait("patient", NEVER))
    await asyncio.gather(wait("late", 0.2), wait("early", 0.01), wait("later", 0.4))
    assert ended == ["early", "late", "later"]
    patient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await patient


async def test_whoever_is_cancelled_before_is_cancelled_and_not_late() -> None:
    deadlines = Deadlines()

    async def work() -> None:
        with deadlines.within(NEVER):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_whoever_is_cancelled_at_the_deadline_too_is_cancelled() -> None:
    deadlines = Deadlines()
    loop = asyncio.get_running_loop()

    async def work() -> None:
        with deadlines.within(0.0):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    loop.call_soon(task.cancel)
    with pytest.raises(asyncio.CancelledError):
        await task


def test_only_a_task_can_have_a_deadline() -> None:
    async def callback() -> list[str]:
        said: list[str] = []

        def enter() -> None:
            try:
                Deadlines().within(1).__enter__()
            except RuntimeError as error:
                said.append(str(error))

        asyncio.get_running_loop().call_soon(enter)
        await asyncio.sleep(0)
        return said

    assert "task" in asyncio.run(callback())[0]


async def test_a_deadline_that_is_now_leaves_none_of_the_others_unwatched() -> None:
    """For a time that has come uvloop gives a handle that does not tell it."""
    deadlines, ended = Deadlines(), []

    async def slow(seconds: float) -> None:
        try:
            with deadlines.within(seconds):
                await asyncio.Event().wait()
        except TimeoutError:
            ended.append(seconds)

    async with asyncio.timeout(60):
        await asyncio.gather(*(slow(n / 100_000) for n in range(300)))
    assert len(ended) == 300
