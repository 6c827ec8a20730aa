"""Which servers have set anything up, on either database."""

from bot.store import Store
from tests.factories import CHANNEL, GUILD, OTHER_GUILD, a_subscription, an_attached_feed


async def test_a_server_is_known_by_whatever_it_has_set_up(store: Store) -> None:
    assert await store.guilds.known() == set()
    await an_attached_feed(store, GUILD)
    await a_subscription(store, OTHER_GUILD)
    await store.notices.choose_channel(GUILD + 7, CHANNEL)
    assert await store.guilds.known() == {GUILD, OTHER_GUILD, GUILD + 7}
    for guild_id in (GUILD, OTHER_GUILD, GUILD + 7):
        await store.guilds.forget(guild_id)
    assert await store.guilds.known() == set()
