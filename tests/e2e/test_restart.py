"""Stopping and starting again: old buttons work, commands are not sent twice, data is still there."""

from datetime import timedelta

from preview.discord import Json
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.test_absent_guilds import are_departed
from tests.e2e.whole import WholeBot


async def test_buttons_of_before_work_after_a_restart(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Elena Marsh", f"Gate {number} will hold until spring") for number in range(7)]
    await print_article(whole_bot.services, feed, "Dam under watch", words)
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    await (await whole_bot.manager.slash(whole_bot.news, "digest now")).done()
    await whole_bot.work()
    posted = await whole_bot.local.wait_for_message(whole_bot.news, matching="Who said what")
    answer = await (await whole_bot.reader.slash(whole_bot.news, "said")).done()

    await whole_bot.restart()

    page = await (await whole_bot.reader.click(answer, "Next ▶")).done()
    assert "Page 2 of 2" in page.text
    evidence = await (await choose_evidence(whole_bot.reader, page, 7)).done()
    assert "will hold until spring" in evidence.text
    assert evidence.ephemeral
    opened = await (await whole_bot.reader.click(posted, "Evidence")).done()
    assert "Claim 1 of" in opened.text


async def test_lists_are_paged_after_a_restart(whole_bot: WholeBot) -> None:
    for number in range(10):
        await feed_in(whole_bot.services, whole_bot.guild_id, f"Outlet {number}")
        at = f"{number}:00"
        await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe", at=at)).done()
    feeds = await (await whole_bot.manager.slash(whole_bot.news, "feed list")).done()
    digests = await (await whole_bot.manager.slash(whole_bot.news, "digest list")).done()
    await whole_bot.restart()
    for listed in (feeds, digests):
        turned = await (await whole_bot.manager.click(listed, "Next ▶")).done()
        assert "Page 2 of 2" in turned.text


async def test_commands_are_sent_to_discord_only_when_they_changed(whole_bot: WholeBot) -> None:
    def sent() -> list[Json]:
        return whole_bot.requests_for("PUT", "/commands")

    await whole_bot.local.commands_registered("feed", "digest", "said", "about")
    assert len(sent()) == 1
    await whole_bot.restart()
    assert len(sent()) == 1
    await whole_bot.services.store.installation.put("command_tree", "what it was before an update")
    await whole_bot.restart()
    assert len(sent()) == 2


async def test_what_a_server_had_is_deleted_a_month_after_it_removes_the_bot(whole_bot: WholeBot) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id)
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    guild_id = whole_bot.guild_id
    others = int(whole_bot.local.guild("Others").id)
    await feed_in(whole_bot.services, others, "Other Post")

    guild = whole_bot.local.guild()
    whole_bot.local.remove_bot(guild)

    await whole_bot.eventually(are_departed(whole_bot, guild))
    whole_bot.ahead = timedelta(days=31)
    await whole_bot.work()
    assert await whole_bot.services.store.guilds.feeds_of(guild_id) == []
    assert await whole_bot.services.store.subscriptions.of_guild(guild_id) == []
    assert len(await whole_bot.services.store.guilds.feeds_of(others)) == 1


async def test_an_outage_of_discord_is_no_removal(whole_bot: WholeBot) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id)
    guild = whole_bot.local.guild()
    whole_bot.local.begin_outage(guild)
    whole_bot.local.end_outage(guild)
    assert (await (await whole_bot.reader.slash(whole_bot.news, "about")).done()).has_message
    assert len(await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id)) == 1
