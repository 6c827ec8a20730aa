"""A subscription to a hub, for tests."""

from bot.model.websub import Announcement, HubState, HubSubscription
from tests.factories import NOON

FEED = "https://news.example/rss"
HUB, OTHER_HUB = "https://hub.example/", "https://other.example/hub"


def a_subscription(**given: object) -> HubSubscription:
    """Return a subscription that is to be asked for, with two hubs to try."""
    values: dict[str, object] = {
        "feed_id": 7,
        "feed_url": FEED,
        "announcement": Announcement((HUB, OTHER_HUB), FEED),
        "state": HubState.ANNOUNCED,
        "hub": HUB,
        "topic": FEED,
        "token": "token",
        "secret": "secret",
        "next_at": NOON,
    }
    return HubSubscription(**values | given)  # type: ignore[arg-type]
