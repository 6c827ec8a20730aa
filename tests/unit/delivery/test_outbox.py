from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.delivery.outbox import Delivered, deliver
from bot.delivery.retry_delays import RETRY_DELAYS
from bot.errors import ChannelGone, DeliveryError, DeliveryRefused, DeliveryUncertain
from bot.model.delivery import Delivery, DeliveryState, PostedAt
from tests.unit.delivery.samples import NOW

ONE = Delivery(1, 1, 20, NOW, 0, "n1", {}, DeliveryState.PENDING, 0, None, NOW, None, None)


@dataclass
class FakeSender:
    """Posts to a list, and fails as a test asks."""

    failures: dict[int, DeliveryError] = field(default_factory=dict)
    posted_before: dict[int, int] = field(default_factory=dict)
    posted: list[int] = field(default_factory=list)
    looked_for: list[int] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> PostedAt:
        if delivery.id in self.failures:
            raise self.failures[delivery.id]
        self.posted.append(delivery.id)
        return PostedAt(1_000 + delivery.id)

    async def is_member(self, guild_id: int, user_id: int) -> bool:
        return True

    async def find_posted(self, delivery: Delivery, now: datetime) -> PostedAt | None:
        self.looked_for.append(delivery.id)
        found = self.posted_before.get(delivery.id)
        return None if found is None else PostedAt(found)


@dataclass
class NotedOutbox:
    """Records the calls."""

    notes: list[tuple[object, ...]] = field(default_factory=list)

    async def attempt(self, delivery_id: int, now: datetime) -> None:
        self.notes.append(("attempt", delivery_id))

    async def sent(self, delivery_id: int, at: PostedAt) -> None:
        self.notes.append(("sent", delivery_id, at.message_id))

    async def thread_of(self, delivery: Delivery) -> int | None:
        return delivery.thread_id

    async def failed(
        self, delivery_id: int, error: str, retry_at: datetime | None, *, certain: bool = False
    ) -> None:
        self.notes.append(("failed", delivery_id, retry_at and retry_at - NOW))


async def passed(deliveries: list[Delivery], sender: FakeSender) -> tuple[Delivered, list[tuple[object, ...]]]:
    outbox = NotedOutbox()
    return await deliver(deliveries, sender, outbox, lambda: NOW), outbox.notes


async def test_an_attempt_is_noted_before_the_message_leaves_and_the_message_after() -> None:
    done, notes = await passed([ONE], FakeSender())
    assert notes == [("attempt", 1), ("sent", 1, 1_001)]
    assert (done.sent, done.retried, done.failed) == (1, 0, ())


async def test_the_parts_of_a_digest_are_posted_in_order() -> None:
    sender = FakeSender()
    await passed([replace(ONE, id=3, part=2), replace(ONE, id=2, part=1), ONE], sender)
    assert sender.posted == [1, 2, 3]


async def test_where_a_part_has_to_wait_those_after_it_wait_too() -> None:
    sender = FakeSender({1: DeliveryError()})
    done, notes = await passed([ONE, replace(ONE, id=2, part=1)], sender)
    assert notes == [("attempt", 1), ("failed", 1, RETRY_DELAYS[0]), ("failed", 2, RETRY_DELAYS[0])]
    assert done.retried == 2
    assert sender.posted == []


async def test_other_channels_do_not_wait() -> None:
    sender = FakeSender({1: DeliveryError()})
    done, _ = await passed([ONE, replace(ONE, id=2, subscription_id=2, channel_id=21)], sender)
    assert sender.posted == [2]
    assert (done.sent, done.retried) == (1, 1)


async def test_a_message_that_an_earlier_attempt_posted_is_not_posted_again() -> None:
    sender = FakeSender(posted_before={1: 77})
    _, notes = await passed([replace(ONE, attempted_at=NOW, attempts=1)], sender)
    assert notes == [("sent", 1, 77)]
    assert sender.posted == []


async def test_a_message_that_was_not_posted_by_an_earlier_attempt_is_posted_now() -> None:
    sender = FakeSender()
    _, notes = await passed([replace(ONE, attempted_at=NOW, attempts=1)], sender)
    assert sender.looked_for == sender.posted == [1]
    assert notes == [("attempt", 1), ("sent", 1, 1_001)]


async def test_a_first_attempt_is_not_looked_for() -> None:
    sender = FakeSender()
    await passed([ONE], sender)
    assert sender.looked_for == []


@pytest.mark.parametrize("error", [ChannelGone(), DeliveryRefused(), DeliveryUncertain()])
async def test_what_cannot_get_better_fails_for_good_and_is_reported(error: DeliveryError) -> None:
    done, notes = await passed([ONE, replace(ONE, id=2, part=1)], FakeSender({1: error}))
    assert ("failed", 1, None) in notes
    assert done.failed == ((ONE, error),)
    assert done.sent == 1


async def test_looking_for_a_message_does_not_go_on_for_ever() -> None:
    old = replace(ONE, slot=NOW - timedelta(days=8), attempted_at=NOW - timedelta(days=8), attempts=1)
    _, notes = await passed([old], FakeSender({1: DeliveryError()}))
    assert notes[-1] == ("failed", 1, None)
