"""Servers that removed the bot: what they have is kept for 30 days, and goes on if the bot comes back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.runner.steps import compose_digests, purge
from preview.discord import Guild, faults
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def two_servers(whole_bot: WholeBot) -> tuple[Guild, Guild]:
    first, second = whole_bot.local.guild(), whole_bot.local.guild("Others")
    await feed_in(whole_bot.services, int(first.id))
    await feed_in(whole_bot.services, int(second.id), "Other Post")
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    return first, second


async def departed(whole_bot: WholeBot) -> set[int]:
    return set(await whole_bot.services.store.guilds.gone_since(whole_bot.clock()))


def are_departed(whole_bot: WholeBot, *guilds: Guild) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return await departed(whole_bot) == {int(guild.id) for guild in guilds}

    return holds


async def test_a_server_that_removed_the_bot_meanwhile_is_forgotten_after_30_days(whole_bot: WholeBot) -> None:
    first, second = await two_servers(whole_bot)
    await whole_bot.stop()
    whole_bot.local.remove_bot(first)
    await whole_bot.start()
    await whole_bot.eventually(are_departed(whole_bot, first))
    store = whole_bot.services.store
    whole_bot.ahead = timedelta(days=29)
    await purge(store, whole_bot.clock)
    assert len(await store.subscriptions.of_guild(int(first.id))) == 1
    whole_bot.ahead = timedelta(days=31)
    await purge(store, whole_bot.clock)
    assert await store.subscriptions.of_guild(int(first.id)) == []
    assert await store.guilds.known() == {int(second.id)}


async def test_nothing_is_composed_or_posted_for_a_server_without_the_bot_until_it_is_back(
    whole_bot: WholeBot,
) -> None:
    first, _ = await two_servers(whole_bot)
    store = whole_bot.services.store
    await print_article(
        whole_bot.services,
        (await store.guilds.feeds_of(int(first.id)))[0],
        "Dam under watch",
        [Words("Elena Marsh", "The dam will hold until spring")],
    )
    whole_bot.local.remove_bot(first)
    await whole_bot.eventually(are_departed(whole_bot, first))
    whole_bot.ahead = timedelta(days=1)
    assert await compose_digests(store, whole_bot.clock) == 0
    whole_bot.local.invite_bot(first)
    await whole_bot.eventually(are_departed(whole_bot))
    assert await compose_digests(store, whole_bot.clock) == 1


async def test_a_server_that_is_unavailable_keeps_what_it_has(whole_bot: WholeBot) -> None:
    first, second = await two_servers(whole_bot)
    await whole_bot.stop()
    whole_bot.local.begin_outage(first)
    whole_bot.local.remove_bot(second)
    await whole_bot.start()
    await whole_bot.eventually(are_departed(whole_bot, second))


async def test_where_discord_is_not_sure_a_server_counts_as_present(whole_bot: WholeBot) -> None:
    first, _ = await two_servers(whole_bot)
    whole_bot.local.remove_bot(first)
    await whole_bot.eventually(are_departed(whole_bot, first))
    await whole_bot.services.store.guilds.returned([int(first.id)])
    whole_bot.local.faults.order("GET", f"/guilds/{first.id}", faults.forbidden(40333, "Internal network error"))
    assert await whole_bot.bot.note_absent_guilds() == []
    assert await departed(whole_bot) == set()
    assert await whole_bot.bot.note_absent_guilds() == [int(first.id)]


async def test_servers_of_other_processes_are_not_looked_at(whole_bot: WholeBot) -> None:
    elsewhere = 81384788765712384
    await feed_in(whole_bot.services, elsewhere)
    whole_bot.bot.shard_count, whole_bot.bot.shard_ids = 2, [1 - (elsewhere >> 22) % 2]
    assert await whole_bot.bot.note_absent_guilds() == []
    whole_bot.bot.shard_ids = [(elsewhere >> 22) % 2]
    assert await whole_bot.bot.note_absent_guilds() == [elsewhere]
