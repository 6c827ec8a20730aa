from datetime import timedelta

from bot.delivery.retry_delays import FORBIDDEN_DELAYS, RETRY_DELAYS, next_try
from bot.errors import ChannelForbidden, DeliveryError
from tests.unit.delivery.samples import NOW


def test_a_failed_delivery_is_retried_with_growing_delays_and_then_given_up():
    tries = [next_try(n, DeliveryError(), NOW) for n in range(1, len(RETRY_DELAYS) + 2)]
    assert tries == [*(NOW + delay for delay in RETRY_DELAYS), None]


def test_a_longer_wait_that_discord_asks_for_is_respected():
    error = DeliveryError(retry_after=timedelta(minutes=7))
    assert next_try(1, error, NOW) == NOW + timedelta(minutes=7)
    assert next_try(5, error, NOW) == NOW + RETRY_DELAYS[4]


def test_a_missing_permission_is_retried_twice():
    tries = [next_try(n, ChannelForbidden(), NOW) for n in (1, 2, 3)]
    assert tries == [NOW + FORBIDDEN_DELAYS[0], NOW + FORBIDDEN_DELAYS[1], None]
