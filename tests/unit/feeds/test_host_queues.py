"""Whose turn it is: hosts that are slow starve nobody."""

import asyncio
from collections.abc import Sequence

from bot.feeds.host_queues import HostQueues, Speed, host_of
from bot.model.feeds import PollTarget


def targets(host: str, count: int, start: int) -> list[PollTarget]:
    return [PollTarget(start + n, f"https://{host}/{n}") for n in range(count)]


def queue_of(given: Sequence[PollTarget], *, places: int, per_host: int) -> HostQueues:
    """Return a queue of these targets to which no more will come."""
    queue = HostQueues(given, places=places, per_host=per_host)
    queue.close()
    return queue


async def turns(queue: HostQueues, places: int, slow: str) -> list[str]:
    """Play a pass: of those under way the quick are done first. Returns the hosts in the order they were done."""
    under_way: list[PollTarget] = []
    done: list[str] = []
    while True:
        await asyncio.sleep(0)  # time passes
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
    done = await turns(queue_of(slow + quick, places=8, per_host=2), 8, ".slow")
    assert len(done) == 300
    # Slow hosts are found out one by one; from its first answer on the quick host is never kept waiting.
    first = done.index("quick.example")
    assert set(done[first : first + 100]) == {"quick.example"}
    assert first <= 50


async def test_all_places_go_to_slow_hosts_where_there_are_no_others() -> None:
    queue = queue_of(targets("a.slow", 2, 0) + targets("b.slow", 2, 10), places=4, per_host=2)
    taken = [await queue.take() for _ in range(4)]
    assert None not in taken
    assert await queue.take() is None


async def test_a_host_has_no_more_places_than_its_share_and_who_waits_is_called() -> None:
    queue = queue_of(targets("a.example", 3, 0), places=9, per_host=2)
    first, second = await queue.take(), await queue.take()
    waiting = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    assert first
    assert second
    assert not waiting.done()
    queue.give_back(first, 0.1)
    assert (await waiting) is not None
    assert await queue.take() is None


async def test_a_host_that_has_answered_is_asked_again_while_what_it_sent_is_read() -> None:
    queue = queue_of(targets("a.example", 2, 0), places=9, per_host=1)
    first = await queue.take()
    waiting = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    assert first
    assert not waiting.done()
    queue.answered(first, 0.1)
    second = await waiting
    assert second
    queue.give_back(second, 0.1)
    busy = not queue.idle
    queue.give_back(first, 5.0)  # what came after the answer took long, which says nothing of the host
    assert busy
    assert queue.idle
    assert queue._hosts["a.example"].speed is Speed.QUICK


async def test_whoever_waits_in_vain_is_told_that_nothing_is_left() -> None:
    queue = queue_of(targets("a.example", 2, 0), places=9, per_host=1)
    first = await queue.take()
    waiting = [asyncio.create_task(queue.take()) for _ in range(3)]
    await asyncio.sleep(0)
    assert first
    queue.give_back(first, 0.1)
    found = await asyncio.gather(*waiting)
    assert [target.feed_id for target in found if target] == [1]


async def test_an_address_that_is_none_has_a_turn_too() -> None:
    queue = queue_of([PollTarget(1, "http://[")], places=1, per_host=1)
    assert await queue.take() == PollTarget(1, "http://[")


async def test_targets_may_join_while_others_are_under_way_and_no_place_ends_before_the_queue_is_closed() -> None:
    queue = HostQueues(places=2, per_host=1)
    waiting = [asyncio.create_task(queue.take()) for _ in range(2)]
    await asyncio.sleep(0)
    assert queue.wants_more.is_set()
    queue.add(targets("a.example", 2, 0))
    await asyncio.sleep(0)
    first = waiting[0].result()
    assert (first, waiting[1].done()) == (PollTarget(0, "https://a.example/0"), False)
    queue.add(targets("b.example", 1, 10))
    assert await waiting[1] == PollTarget(10, "https://b.example/0")
    queue.close()
    last = asyncio.create_task(queue.take())
    assert first
    queue.give_back(first, 0.1)
    assert await last == PollTarget(1, "https://a.example/1")
    assert await queue.take() is None


async def test_more_is_wanted_while_few_wait_or_slow_hosts_hold_their_share() -> None:
    queue = HostQueues([t for n in range(9) for t in targets(f"{n}.example", 2, n * 10)], places=4, per_host=2)
    assert not queue.wants_more.is_set()
    taken = [await queue.take() for _ in range(3)]
    assert queue.wants_more.is_set()  # nobody knows yet whether these three are slow
    for target in taken[:2]:
        assert target
        queue.give_back(target, 0.1)
        await queue.take()
    assert not queue.wants_more.is_set()
    for _ in range(6):
        await queue.take()
    assert queue.wants_more.is_set()


def test_the_host_of_an_address_is_the_same_however_it_is_found() -> None:
    addresses = ["https://a.example/x", "http://a.example:8080/", "https://a.example", "https://A.example/#x"]
    assert {host_of(PollTarget(1, address)) for address in addresses} == {"a.example"}
    assert host_of(PollTarget(1, "http://u:p@b.example/a.example/")) == "b.example"
    assert host_of(PollTarget(1, "https://[::1]/")) == "::1"


async def test_quick_hosts_are_found_behind_however_many_feeds_of_slow_ones() -> None:
    order = [target for n in range(20) for target in targets(f"{n}.slow", 20, n * 100)]
    order += targets("quick.example", 20, 10_000)
    queue = HostQueues(places=8, per_host=2)
    under_way: list[PollTarget] = []
    done: list[str] = []
    while order or under_way:
        while order and queue.wants_more.is_set():
            queue.add(order[:10])
            del order[:10]
        while len(under_way) < 8:
            try:
                async with asyncio.timeout(0):
                    taken = await queue.take()
            except TimeoutError:
                break
            assert taken
            under_way.append(taken)
        target = min(under_way, key=lambda target: ".slow" in target.url)
        under_way.remove(target)
        queue.give_back(target, 2.0 if ".slow" in target.url else 0.01)
        done.append(target.url.split("/")[2])
    assert len(done) == 420
    assert done.index("quick.example") <= 2 * 20 + 8  # once each slow host has answered, at the latest
    assert done[::-1].index("quick.example") > 300


async def test_the_event_loop_turns_between_many_that_start_together() -> None:
    queue = queue_of([t for n in range(60) for t in targets(f"{n}.example", 1, n)], places=60, per_host=1)
    takers = [asyncio.create_task(queue.take()) for _ in range(60)]
    begun = []
    while not all(taker.done() for taker in takers):
        await asyncio.sleep(0)
        begun.append(sum(taker.done() for taker in takers))
    assert begun[0] == 25
    assert begun[-1] == 60
