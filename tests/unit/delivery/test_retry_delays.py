from datetime import timedelta

import pytest

from bot.delivery.retry_delays import FORBIDDEN_DELAYS, KEPT_FOR, RETRY_DELAYS, next_try
from bot.errors import ChannelForbidden, ChannelGone, DeliveryError, DeliveryRefused
from tests.unit.delivery.samples import NOW


@pytest.mark.parametrize(
    ("error", "delays"), [(DeliveryError(), RETRY_DELAYS), (ChannelForbidden(), FORBIDDEN_DELAYS)]
)
def test_a_failed_message_is_tried_again_with_growing_delays(
    error: DeliveryError, delays: tuple[timedelta, ...]
) -> None:
    tries = [next_try(n, error, NOW, NOW) for n in range(1, len(delays) + 1)]
    assert tries == [NOW + delay for delay in delays]
    assert next_try(99, error, NOW, NOW) == NOW + delays[-1]


@pytest.mark.parametrize("error", [DeliveryError(), ChannelForbidden()])
def test_a_message_is_kept_for_a_week(error: DeliveryError) -> None:
    assert next_try(30, error, NOW, NOW + KEPT_FOR - timedelta(hours=7)) is not None
    assert next_try(30, error, NOW, NOW + KEPT_FOR) is None


@pytest.mark.parametrize("error", [DeliveryRefused(), ChannelGone()])
def test_what_cannot_be_posted_at_all_is_not_tried_again(error: DeliveryError) -> None:
    assert next_try(1, error, NOW, NOW) is None


def test_a_longer_wait_that_discord_asks_for_is_respected() -> None:
    error = DeliveryError(retry_after=timedelta(minutes=7))
    assert next_try(1, error, NOW, NOW) == NOW + timedelta(minutes=7)
    assert next_try(5, error, NOW, NOW) == NOW + RETRY_DELAYS[4]
