"""Digests that cannot be posted: kept, told to the managers, and posted once."""

from datetime import timedelta
from typing import Any

import pytest

from bot.runner.steps import compose_digests
from bot.services.digests import post_now
from preview.discord import Permission, faults
from preview.discord.errors import RestError
from tests.e2e.digest_commands import digest, print_news, titles_in
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def test_the_digests_of_a_deleted_channel_are_paused_with_the_reason(whole_bot: WholeBot) -> None:
    general = whole_bot.local.channel("general")
    await digest(whole_bot, "subscribe", channel=general)
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    whole_bot.local.delete_channel(general)

    async def paused() -> bool:
        (left,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
        return left.paused_reason is not None

    await whole_bot.eventually(paused)
    shown = await digest(whole_bot, "list")
    assert "Paused: Its channel was deleted." in shown.text
    refused = await digest(whole_bot, "now", subscription=str(made.id))
    assert "The channel no longer exists" in refused.text
    typing = await whole_bot.manager.autocomplete(
        whole_bot.news, "digest unsubscribe", focused="subscription", subscription=""
    )
    assert typing.choices[0]["name"].startswith("a deleted channel")


async def test_a_paused_digest_goes_on_when_somebody_asks_for_it(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    await whole_bot.services.store.subscriptions.pause(made.id, "Hearsay may not post in this channel.")
    assert "on its way" in (await digest(whole_bot, "now")).text
    (after,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert after.paused_reason is None


async def test_a_permission_that_is_lost_for_a_while_loses_no_digest(whole_bot: WholeBot) -> None:
    """It waits and says why, one digest catches up with what comes meanwhile, and nothing is shown twice."""
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe", cadence="hourly")
    whole_bot.local.forbid(whole_bot.news, Permission.SEND_MESSAGES)
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    await post_now(whole_bot.services, made)
    await whole_bot.work()
    listed = (await digest(whole_bot, "list")).text
    assert "Waits to be posted, and is tried again" in listed
    assert "Send Messages" in listed
    (feed,) = await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id)
    late = (
        ("Bakers raise prices", "Ada Quist", "Flour has never been so dear", "Ovens in Leith cooled at noon."),
        ("Orchestra tours", "Noor Haddad", "We play every village hall", "Violins filled the station buffet."),
        ("Ferry sold", "Sven Aldo", "The crossing stays cheap for islanders", "Gulls followed the empty deck."),
    )
    for title, name, content, around in late:
        whole_bot.ahead += timedelta(hours=1)
        await print_article(whole_bot.services, feed, title, [Words(name, content)], around=around)
        await whole_bot.work()
    assert [m for m in whole_bot.news.messages if m["embeds"]] == []
    whole_bot.local.allow_again(whole_bot.news)
    for _ in range(8):
        whole_bot.ahead += timedelta(hours=1)
        await whole_bot.work()
    shown = [embed["title"] for m in whole_bot.news.messages for embed in m["embeds"] if "title" in embed]
    for title in ("Dam under watch", "Miners vote", *(one[0] for one in late)):
        assert shown.count(title) == 1, (title, shown)
    assert "Waits" not in (await digest(whole_bot, "list")).text


async def notices_in_general(whole_bot: WholeBot) -> list[dict[str, Any]]:
    messages = whole_bot.local.channel("general").messages
    return [m for m in messages if "cannot be posted" in str(m["embeds"])]


async def test_managers_are_told_once_where_to_grant_what_and_the_digest_comes_when_it_is_back(
    whole_bot: WholeBot,
) -> None:
    general = whole_bot.local.channel("general")
    await (await whole_bot.manager.slash(whole_bot.news, "feed notices", channel=general)).done()
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe", cadence="hourly")
    whole_bot.local.forbid(whole_bot.news, Permission.SEND_MESSAGES)
    for _ in range(3):
        await whole_bot.work()
        whole_bot.ahead += timedelta(minutes=20)
    (notice,) = await notices_in_general(whole_bot)
    assert f"<#{whole_bot.news.id}>" in str(notice["embeds"])
    assert "Send Messages" in str(notice["embeds"])
    whole_bot.local.allow_again(whole_bot.news)
    stranger = await (await whole_bot.reader.click(notice, "Try it now")).done()
    assert "Manage Server" in stranger.text
    reply = await (await whole_bot.manager.click(notice, "Try it now")).done()
    assert "On its way" in reply.text
    await whole_bot.work()
    assert sorted(titles_in(whole_bot)) == ["Dam under watch", "Miners vote"]
    again = await (await whole_bot.manager.click(notice, "Try it now")).done()
    assert "Nothing waits" in again.text


@pytest.mark.parametrize("code", [50083, 160005, 160006])
async def test_a_closed_thread_loses_no_digest_and_managers_are_told(whole_bot: WholeBot, code: int) -> None:
    general = whole_bot.local.channel("general")
    await (await whole_bot.manager.slash(whole_bot.news, "feed notices", channel=general)).done()
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    closed = faults.Fault(RestError(400, code, "Thread is archived"))
    whole_bot.local.faults.order("POST", f"/channels/{whole_bot.news.id}/messages", closed)
    await whole_bot.work()
    assert titles_in(whole_bot) == []
    await whole_bot.work()
    (notice,) = await notices_in_general(whole_bot)
    assert "unlock" in str(notice["embeds"])
    whole_bot.ahead += timedelta(hours=1)
    await whole_bot.work()
    assert sorted(titles_in(whole_bot)) == ["Dam under watch", "Miners vote"]


@pytest.mark.parametrize("fault", [faults.server_error(503), faults.Fault(RestError(401, 0, "401: Unauthorized"))])
async def test_a_day_without_discord_leaves_one_digest_that_catches_up(
    whole_bot: WholeBot, fault: faults.Fault
) -> None:
    """Discord is away, or refuses the token, for 24 hours: nothing is lost, and no flood follows."""
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe", cadence="hourly")
    messages = f"/channels/{whole_bot.news.id}/messages"
    whole_bot.local.faults.order("POST", messages, fault, times=None)
    (feed,) = await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id)
    titles = ["Dam under watch", "Miners vote"]
    for hour, (title, around) in enumerate(LATE, 1):
        await whole_bot.work()
        whole_bot.ahead = timedelta(hours=8 * hour)
        await print_article(whole_bot.services, feed, title, [Words(f"Ada {title}", title)], around=around)
        titles.append(title)
    whole_bot.local.faults.clear()
    for _ in range(8):
        whole_bot.ahead += timedelta(hours=1)
        await whole_bot.work()
    assert sorted(titles_in(whole_bot)) == sorted(titles)
    assert len(whole_bot.news.messages) == 2, "what waited, and one that catches up"


LATE = (
    ("Bakers raise prices", "Ovens in Leith cooled at noon."),
    ("Orchestra tours", "Violins filled the station buffet."),
    ("Ferry sold", "Gulls followed the empty deck."),
)


async def test_a_message_that_discord_refuses_is_told_and_its_stories_come_with_the_next(
    whole_bot: WholeBot,
) -> None:
    general = whole_bot.local.channel("general")
    await (await whole_bot.manager.slash(whole_bot.news, "feed notices", channel=general)).done()
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe", cadence="hourly")
    refusal = faults.Fault(RestError(400, 50_008, "Cannot send messages here"))
    whole_bot.local.faults.order("POST", f"/channels/{whole_bot.news.id}/messages", refusal)
    await whole_bot.work()
    await whole_bot.work()
    (notice,) = await notices_in_general(whole_bot)
    assert "50008" in str(notice["embeds"])
    whole_bot.ahead += timedelta(hours=1)
    await whole_bot.work()
    assert sorted(titles_in(whole_bot)) == ["Dam under watch", "Miners vote"]


async def test_asking_for_a_digest_has_what_waits_posted_at_once(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    whole_bot.local.forbid(whole_bot.news, Permission.SEND_MESSAGES)
    await whole_bot.work()
    whole_bot.local.allow_again(whole_bot.news)
    told = (await digest(whole_bot, "now")).text
    assert "1 message of earlier digests" in told
    await whole_bot.work()
    assert sorted(titles_in(whole_bot)) == ["Dam under watch", "Miners vote"]


async def test_with_a_clock_ahead_of_discords_a_death_after_posting_posts_once(whole_bot: WholeBot) -> None:
    """Ten minutes and twenty hours ahead: the message is found in the channel whatever the clocks say."""
    await print_news(whole_bot)
    for hours in (0.17, 20):
        whole_bot.ahead = timedelta(hours=hours)
        await digest(whole_bot, "subscribe", at=f"{int(hours)}:00")
        sender = whole_bot.services.runner.sender
        assert sender is not None
        (due,) = await _composed(whole_bot)
        await whole_bot.services.store.deliveries.attempt(due.id, whole_bot.clock())
        await sender.send(due)  # and the process dies here
        whole_bot.ahead += timedelta(minutes=5)
        await whole_bot.restart()
        await whole_bot.work()
        assert len(set(titles_in(whole_bot))) == len(titles_in(whole_bot))
        feed = await feed_in(whole_bot.services, whole_bot.guild_id, f"Late Post {hours}")
        late = [Words("Ada Quist", "Flour has never been so dear")]
        await print_article(whole_bot.services, feed, "Bakers raise prices", late, around="Ovens cooled at noon.")


async def _composed(whole_bot: WholeBot) -> list[Any]:
    await compose_digests(whole_bot.services.store, whole_bot.clock)
    return await whole_bot.services.store.deliveries.due(whole_bot.clock(), 9)
