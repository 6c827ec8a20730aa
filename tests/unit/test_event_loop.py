import asyncio
import os
import signal
import subprocess
import sys
import threading

import pytest

from bot.event_loop import end_tasks, new_event_loop, run_async, run_together


@pytest.mark.skipif(sys.platform == "win32", reason="there is no uvloop for Windows")
def test_everything_runs_on_uvloop_where_there_is_one() -> None:
    loop = new_event_loop()
    loop.close()
    assert type(loop).__module__.partition(".")[0] == "uvloop"


async def running() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


async def test_the_tests_run_on_it_too() -> None:
    assert type(await running()) is type(await asyncio.to_thread(run_async, running()))


def test_work_is_done_its_value_given_and_its_error_raised() -> None:
    async def divided(by: int) -> float:
        await asyncio.sleep(0)
        return 1 / by

    assert run_async(divided(2)) == 0.5
    with pytest.raises(ZeroDivisionError):
        run_async(divided(0))


def test_ctrl_c_cancels_the_work_and_is_reported() -> None:
    code = (
        "import asyncio, signal\n"
        "from bot.event_loop import run_async\n"
        # tests started in the background are not interrupted, nor is what they start
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "async def waiting():\n"
        "    print('ready', flush=True)\n"
        "    try:\n"
        "        await asyncio.sleep(60)\n"
        "    finally:\n"
        "        print('cleaned up', flush=True)\n"
        "try:\n"
        "    run_async(waiting())\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        killer = threading.Timer(60, process.kill)
        killer.start()
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGINT)
        assert process.stdout.read() == "cleaned up\ninterrupted\n"
        killer.cancel()


async def test_a_task_that_loses_its_cancellation_in_an_error_is_ended_all_the_same() -> None:
    lost = 0

    async def stubborn() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                if lost == 2:
                    raise
                lost += 1  # as a driver that raises an error of its own instead

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    await end_tasks([task], again_s=0.01)
    assert task.cancelled()
    assert lost == 2


async def test_works_that_run_together_end_with_the_first_that_fails() -> None:
    ended: list[str] = []

    async def endless(name: str) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(name)

    async def failing() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await run_together({"a": endless("a"), "b": failing(), "c": endless("c")})
    assert sorted(ended) == ["a", "c"]


async def test_works_that_run_together_are_cancelled_together() -> None:
    async def endless() -> None:
        await asyncio.sleep(60)

    task = asyncio.create_task(run_together({"a": endless(), "b": endless()}))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not [other for other in asyncio.all_tasks() if other.get_name() in "ab"]
