"""Whose turn it is: hosts that are slow starve nobody."""

import asyncio

from bot.feeds.hosts import HostQueues
from bot.feeds.values import PollTarget


def targets(host: str, count: int, start: int) -> list[PollTarget]:
    return [PollTarget(start + n, f"https://{host}/{n}") for n in range(count)]


async def turns(queue: HostQueues, places: int, slow: str) -> list[str]:
    """Play a pass: of those under way the quick are done first. Returns the hosts in the order they were done."""
    under_way: list[PollTarget] = []
    done: list[str] = []
    while True:
        while len(under_way) < places:
            try:
                async with asyncio.timeout(0):
                    target = await queue.take()
            except TimeoutError:
                break
            if target is None:
                break
            under_way.append(target)
        if not under_way:
            return done
        under_way.sort(key=lambda target: slow in target.url)
        target = under_way.pop(0)
        queue.give_back(target, 2.0 if slow in target.url else 0.01)
        done.append(target.url.split("/")[2])


async def test_however_many_slow_hosts_there_are_the_quick_are_done_with_a_quarter_of_the_places() -> None:
    slow = [target for host in range(50) for target in targets(f"{host}.slow", 4, 10_000 + host * 10)]
    quick = targets("quick.example", 100, 0)
    done = await turns(HostQueues(slow + quick, places=8, per_host=2), 8, ".slow")
    assert len(done) == 300
    # Slow hosts are found out one by one; from its first answer on the quick host is never kept waiting.
    first = done.index("quick.example")
    assert set(done[first : first + 100]) == {"quick.example"}
    assert first <= 50


async def test_all_places_go_to_slow_hosts_where_there_are_no_others() -> None:
    queue = HostQueues(targets("a.slow", 2, 0) + targets("b.slow", 2, 10), places=4, per_host=2)
    taken = [await queue.take() for _ in range(4)]
    assert None not in taken
    assert await queue.take() is None


async def test_a_host_has_no_more_places_than_its_share_and_who_waits_is_called() -> None:
    queue = HostQueues(targets("a.example", 3, 0), places=9, per_host=2)
    first, second = await queue.take(), await queue.take()
    waiting = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    assert first
    assert second
    assert not waiting.done()
    queue.give_back(first, 0.1)
    assert (await waiting) is not None
    assert await queue.take() is None


async def test_whoever_waits_in_vain_is_told_that_nothing_is_left() -> None:
    queue = HostQueues(targets("a.example", 2, 0), places=9, per_host=1)
    first = await queue.take()
    waiting = [asyncio.create_task(queue.take()) for _ in range(3)]
    await asyncio.sleep(0)
    assert first
    queue.give_back(first, 0.1)
    found = await asyncio.gather(*waiting)
    assert [target.feed_id for target in found if target] == [1]


async def test_an_address_that_is_none_has_a_turn_too() -> None:
    queue = HostQueues([PollTarget(1, "http://[")], places=1, per_host=1)
    assert await queue.take() == PollTarget(1, "http://[")
