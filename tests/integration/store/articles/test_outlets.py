"""The outlets that a server reads."""

from bot.store import Store
from tests.factories import GUILD, OTHER_GUILD, an_article, stored_article


async def test_a_server_has_the_outlets_of_its_own_feeds_the_busiest_first(store: Store) -> None:
    theirs = "https://secret.example/rss"
    for outlet in ("The Pilot", "The Courier", "The Courier"):
        await stored_article(store, GUILD, article=an_article(outlet=outlet))
    await stored_article(store, OTHER_GUILD, feed_url=theirs, article=an_article(outlet="Secret Gazette"))
    assert await store.outlets.names(GUILD) == ["The Courier", "The Pilot"]
    assert await store.outlets.names(OTHER_GUILD) == ["Secret Gazette"]
    assert await store.outlets.names(3) == []
