"""Polls while pushes arrive, and when they stop."""

from datetime import timedelta

from bot.feeds.poll import PollLimits
from bot.model.websub import HubState
from tests.integration.runner.websub_world import MINUTE, PACE, World, both_databases


@both_databases
async def test_polls_get_rarer_while_pushes_bring_everything_and_return_when_one_does_not(world: World) -> None:
    await world.subscribed()
    normal = await world.wait()
    waits = []
    for _ in range(6):
        world.clock.now += MINUTE
        world.publisher.post()
        assert await world.push() == 1
        new, wait = await world.poll_when_due()
        assert new == 0
        waits.append(wait)
    assert normal * 1.4 < waits[0] < waits[1] < waits[2]
    assert normal * 8 < waits[-1] <= PACE.maximum * 1.1
    world.publisher.post()  # and the hub is silent
    new, wait = await world.poll_when_due()
    assert new == 1
    assert wait < normal * 2


@both_databases
async def test_when_the_hub_is_gone_polling_takes_over(world: World) -> None:
    await world.subscribed()
    for _ in range(4):
        world.publisher.post()
        await world.push()
        _, wait = await world.poll_when_due()
    assert wait > 4 * PACE.minimum
    world.hub.status = 500
    for _ in range(8):
        world.publisher.post()
        new, wait = await world.poll_when_due()
        assert new == 1  # the first of them late
    assert wait < timedelta(hours=3)
    for _ in range(12):
        world.clock.now += timedelta(days=1)
        await world.hearsay.hubs.ask()
    subscription = await world.subscription()
    assert (subscription.state, subscription.lease_until) == (HubState.ANNOUNCED, None)
    assert 3 < subscription.failures < 9
    world.publisher.post()
    assert (await world.poll_when_due())[0] == 1


async def test_without_a_public_address_the_pace_is_the_normal_one(world: World) -> None:
    await world.subscribed()
    for _ in range(4):
        world.publisher.post()
        await world.push()
        _, stretched = await world.poll_when_due()
    world.hearsay.limits = PollLimits(pace=PACE, pushed=False)
    _, normal = await world.poll_when_due()
    assert normal < stretched / 2
