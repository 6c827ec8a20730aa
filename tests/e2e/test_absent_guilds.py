"""Servers that removed the bot while it was offline: only their data is deleted when it is back."""

from collections.abc import Awaitable, Callable

from preview.discord import Guild, faults
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot


async def two_servers(whole_bot: WholeBot) -> tuple[Guild, Guild]:
    first, second = whole_bot.local.guild(), whole_bot.local.guild("Others")
    await feed_in(whole_bot.services, int(first.id))
    await feed_in(whole_bot.services, int(second.id), "Other Post")
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    return first, second


def has_feeds(whole_bot: WholeBot, guild: Guild, count: int) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return len(await whole_bot.services.store.guilds.feeds_of(int(guild.id))) == count

    return holds


async def test_a_server_that_removed_the_bot_meanwhile_is_forgotten_when_it_is_back(whole_bot: WholeBot) -> None:
    first, second = await two_servers(whole_bot)
    await whole_bot.stop()
    whole_bot.local.remove_bot(first)
    await whole_bot.start()
    await whole_bot.eventually(has_feeds(whole_bot, first, 0))
    store = whole_bot.services.store
    assert await store.subscriptions.of_guild(int(first.id)) == []
    assert await store.guilds.known() == {int(second.id)}


async def test_a_server_that_is_unavailable_keeps_what_it_has(whole_bot: WholeBot) -> None:
    first, second = await two_servers(whole_bot)
    await whole_bot.stop()
    whole_bot.local.begin_outage(first)
    whole_bot.local.remove_bot(second)
    await whole_bot.start()
    await whole_bot.eventually(has_feeds(whole_bot, second, 0))
    assert await has_feeds(whole_bot, first, 1)()


async def test_where_discord_is_not_sure_nothing_is_deleted(whole_bot: WholeBot) -> None:
    first, _ = await two_servers(whole_bot)
    store = whole_bot.services.store
    whole_bot.local.remove_bot(first)
    await whole_bot.eventually(has_feeds(whole_bot, first, 0))
    await feed_in(whole_bot.services, int(first.id))
    whole_bot.local.faults.order("GET", f"/guilds/{first.id}", faults.forbidden(40333, "Internal network error"))
    assert await whole_bot.bot.forget_absent_guilds() == []
    assert int(first.id) in await store.guilds.known()
    assert await whole_bot.bot.forget_absent_guilds() == [int(first.id)]


async def test_servers_of_other_processes_are_not_looked_at(whole_bot: WholeBot) -> None:
    elsewhere = 81384788765712384
    await feed_in(whole_bot.services, elsewhere)
    whole_bot.bot.shard_count, whole_bot.bot.shard_ids = 2, [1 - (elsewhere >> 22) % 2]
    assert await whole_bot.bot.forget_absent_guilds() == []
    whole_bot.bot.shard_ids = [(elsewhere >> 22) % 2]
    assert await whole_bot.bot.forget_absent_guilds() == [elsewhere]
