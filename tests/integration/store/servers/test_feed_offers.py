"""Offers to users, in the store."""

import pytest

from bot.errors import NotFound
from bot.store import Store
from tests.factories import GUILD, OTHER_GUILD, SetClock


async def test_an_offer_comes_back_to_its_server_until_it_is_too_old(store: Store, clock: SetClock) -> None:
    content = {"candidates": [{"url": "https://news.example/rss", "title": "“Ünïcode” 😀"}]}
    offer = await store.offers.add(GUILD, content)
    assert await store.offers.get(offer, GUILD) == content
    for offer_id, guild_id in ((offer, OTHER_GUILD), (offer + 1, GUILD), (2**70, GUILD)):
        with pytest.raises(NotFound):
            await store.offers.get(offer_id, guild_id)
    clock.advance(days=31)
    await store.offers.add(GUILD, {})
    with pytest.raises(NotFound):
        await store.offers.get(offer, GUILD)


async def test_offers_go_with_their_server(store: Store) -> None:
    ours, theirs = await store.offers.add(GUILD, {}), await store.offers.add(OTHER_GUILD, {})
    await store.guilds.forget(GUILD)
    with pytest.raises(NotFound):
        await store.offers.get(ours, GUILD)
    assert await store.offers.get(theirs, OTHER_GUILD) == {}
