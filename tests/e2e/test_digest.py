"""`/digest`: subscribing a channel, posting, evidence, stopping."""

import re
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.services.digests import post_now
from preview.discord import Permission
from tests.e2e.controls import as_named
from tests.e2e.digest_commands import digest, print_news, titles_in
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot


async def test_this_channel_is_subscribed_daily_at_nine_unless_said_otherwise(whole_bot: WholeBot) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id)
    reply = await digest(whole_bot, "subscribe")
    assert reply.ephemeral
    assert f"<#{whole_bot.news.id}> gets a digest daily at 09:00 (UTC), of all feeds" in reply.text
    assert "This is UTC: choose the time zone of this server with `/settings timezone`." in as_named(reply.text)
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert made.plan.channel_id == int(whole_bot.news.id)
    assert made.created_by == int(whole_bot.manager.user.id)


async def test_everything_can_be_chosen(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    reply = await digest(
        whole_bot,
        "subscribe",
        channel=whole_bot.local.channel("general"),
        cadence="weekly",
        at="6:30 pm",
        weekday="Friday",
        timezone="europe/berlin",
        feed=str(feed.id),
        confidence=80,
    )
    assert "weekly on Friday at 18:30 (Europe/Berlin), of Example Times" in reply.text
    shown = await digest(whole_bot, "list")
    assert "weekly on Friday at 18:30 (Europe/Berlin) · Example Times · at least 80% sure" in shown.text
    assert re.search(r"It is \d\d:\d\d there now", reply.text)
    # what one manager chose for one digest is not the choice of the server
    assert "daily at 09:00 (UTC)" in (await digest(whole_bot, "subscribe")).text


async def test_the_same_digest_is_not_subscribed_twice(whole_bot: WholeBot) -> None:
    await digest(whole_bot, "subscribe")
    again = await digest(whole_bot, "subscribe")
    assert "This channel has this digest already: daily at 09:00 (UTC)" in again.text
    assert "weekly" in (await digest(whole_bot, "subscribe", weekday="Monday")).text
    assert len(await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)) == 2


async def test_a_weekday_alone_means_weekly(whole_bot: WholeBot) -> None:
    assert "weekly on Sunday" in (await digest(whole_bot, "subscribe", weekday="Sunday")).text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"at": "25:00"}, "“25:00” is not a time of day. Write it as 09:00"),
        ({"timezone": "Mars/Olympus"}, "“Mars/Olympus” is not a time zone."),
        ({"timezone": "Europe/Berln"}, "Did you mean Europe/Berlin"),
        ({"timezone": "USA"}, "“USA” has several time zones: America/New_York, America/Chicago"),
        ({"confidence": 100}, "Nothing would be shown: no claim is 100% sure"),
        ({"filter": "dam -dam"}, "No article can pass this filter: an article with `dam` is left out by `dam`"),
        ({"cadence": "hourly", "weekday": "Monday"}, "A digest that comes every hour has no weekday"),
        ({"cadence": "daily", "weekday": "Monday"}, "A digest that comes every day has no weekday"),
        ({"feed": "12345"}, "There is no feed “12345” here"),
    ],
)
async def test_wrong_options_are_refused_with_what_is_accepted(
    whole_bot: WholeBot, options: dict[str, Any], told: str
) -> None:
    reply = await digest(whole_bot, "subscribe", **options)
    assert told in reply.text
    assert await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id) == []


async def test_time_zones_and_feeds_are_completed_while_typing(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    zones = await whole_bot.manager.autocomplete(
        whole_bot.news, "digest subscribe", focused="timezone", timezone="istan"
    )
    assert zones.choices[0]["value"] == "Europe/Istanbul"
    feeds = await whole_bot.manager.autocomplete(whole_bot.news, "digest subscribe", focused="feed", feed="exam")
    assert [choice["value"] for choice in feeds.choices] == [str(feed.id)]


async def test_a_permission_that_is_missing_is_named_before_anything_is_kept(whole_bot: WholeBot) -> None:
    general = whole_bot.local.channel("general")
    for channel, missing, names in (
        (general, Permission.EMBED_LINKS, "lacks Embed Links there"),
        (general, Permission.SEND_MESSAGES | Permission.EMBED_LINKS, "lacks Send Messages and Embed Links there"),
        (whole_bot.news, Permission.READ_MESSAGE_HISTORY, "lacks Read Message History there"),
    ):
        whole_bot.local.forbid(channel, missing)
        reply = await digest(whole_bot, "subscribe", channel=channel)
        assert names in reply.text, names
        assert f"<#{channel.id}>" in reply.text
        whole_bot.local.allow_again(channel)
    assert await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id) == []


async def test_a_digest_is_posted_at_once_with_its_evidence(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    reply = await digest(whole_bot, "now")
    assert "A digest of 2 stories is on its way" in reply.text
    await whole_bot.work()
    posted = await whole_bot.local.wait_for_message(whole_bot.news, matching="Who said what")
    evidence = await (await whole_bot.reader.click(posted, "Evidence")).done()
    assert evidence.ephemeral
    assert "Claim 1 of 2" in evidence.text
    told = [evidence.text]
    evidence = await (await whole_bot.reader.click(evidence, "Next")).done()
    assert "Claim 2 of 2" in evidence.text
    told.append(evidence.text)
    everything = "\n".join(told)
    for words in ("The dam will hold until spring", "We shall strike on Monday"):
        assert words in everything
    back = await (await whole_bot.reader.click(evidence, "Previous")).done()
    assert "Claim 1 of 2" in back.text


async def test_a_digest_comes_at_its_time_and_shows_nothing_twice(whole_bot: WholeBot) -> None:
    await digest(whole_bot, "subscribe", cadence="hourly")
    await whole_bot.work()
    await print_news(whole_bot)
    await whole_bot.work()
    assert [m for m in whole_bot.news.messages if m["embeds"]] == []
    whole_bot.ahead = timedelta(hours=1)
    await whole_bot.work()
    await whole_bot.local.wait_for_message(whole_bot.news, matching="Dam under watch")
    whole_bot.ahead = timedelta(hours=2)
    await whole_bot.work()
    assert len([m for m in whole_bot.news.messages if m["embeds"]]) == 1
    assert "Nothing is new" in (await digest(whole_bot, "now")).text


async def test_asking_for_a_digest_does_not_change_its_plan(whole_bot: WholeBot) -> None:
    await digest(whole_bot, "subscribe")
    await whole_bot.work()
    await print_news(whole_bot)
    (before,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    await digest(whole_bot, "now", subscription=str(before.id))
    (after,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert after.next_at == before.next_at


async def test_a_channel_without_a_digest_shows_its_manager_what_one_would_be(whole_bot: WholeBot) -> None:
    assert "nothing to preview" in (await digest(whole_bot, "now")).text
    await print_news(whole_bot)
    reply = await digest(whole_bot, "now")
    assert reply.ephemeral
    sample = await reply.followup()
    assert sample["flags"] & 64
    assert "Dam under watch" in str(sample["embeds"])
    assert [m for m in whole_bot.news.messages if m["embeds"]] == []
    # nothing was marked as shown
    await digest(whole_bot, "subscribe")
    assert "2 stories" in (await digest(whole_bot, "now")).text


async def test_a_digest_is_stopped_by_picking_it_while_typing(whole_bot: WholeBot) -> None:
    await digest(whole_bot, "subscribe")
    await digest(whole_bot, "subscribe", channel=whole_bot.local.channel("general"), weekday="Monday")
    for command in ("digest now", "digest unsubscribe"):
        typing = await whole_bot.manager.autocomplete(
            whole_bot.news, command, focused="subscription", subscription="week"
        )
        (choice,) = typing.choices
        assert choice["name"] == "#general · weekly on Monday at 09:00 (UTC) · all feeds"
    reply = await digest(whole_bot, "unsubscribe", subscription=choice["value"])
    assert "no longer gets a digest weekly on Monday" in reply.text
    (left,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert left.plan.channel_id == int(whole_bot.news.id)
    assert "There is no digest" in (await digest(whole_bot, "unsubscribe", subscription=choice["value"])).text


async def test_a_digest_of_another_server_cannot_be_stopped_or_posted(whole_bot: WholeBot) -> None:
    others = whole_bot.local.guild("Others")
    reply = await whole_bot.manager.slash(others.channel("general"), "digest subscribe")
    await reply.done()
    (theirs,) = await whole_bot.services.store.subscriptions.of_guild(int(others.id))
    for command in ("now", "unsubscribe"):
        reply = await digest(whole_bot, command, subscription=str(theirs.id))
        assert "There is no digest" in reply.text
    assert await whole_bot.services.store.subscriptions.of_guild(int(others.id)) == [theirs]


async def test_many_digests_are_listed_in_pages(whole_bot: WholeBot) -> None:
    assert "/digest subscribe" in (await digest(whole_bot, "list")).text
    for hour in range(10):
        await digest(whole_bot, "subscribe", at=f"{hour}:00")
    first = await digest(whole_bot, "list")
    assert "Page 1 of 2" in first.text
    second = await (await whole_bot.manager.click(first, "Next ▶")).done()
    assert "Page 2 of 2" in second.text
    again = await (await whole_bot.manager.click(second, "◀ Previous")).done()
    assert again.text == first.text


async def test_evidence_of_a_feed_that_was_removed_is_no_longer_shown(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    await digest(whole_bot, "now")
    await whole_bot.work()
    posted = await whole_bot.local.wait_for_message(whole_bot.news, matching="Who said what")
    await (await whole_bot.manager.slash(whole_bot.news, "feed remove", feed="Example Times")).done()
    evidence = await (await whole_bot.reader.click(posted, "Evidence")).done()
    assert "This claim is gone" in evidence.text
    assert "Claim 1 of 2" in evidence.text
    following = await (await whole_bot.reader.click(evidence, "Next")).done()
    assert "Claim 2 of 2" in following.text


async def test_a_feed_that_is_all_that_a_digest_has_cannot_be_removed_before_the_digest(
    whole_bot: WholeBot,
) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await digest(whole_bot, "subscribe", feed=str(feed.id))
    refused = await (await whole_bot.manager.slash(whole_bot.news, "feed remove", feed=str(feed.id))).done()
    assert f"“Example Times” is the only feed of a digest in <#{whole_bot.news.id}>" in refused.text
    assert len(await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id)) == 1
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    await digest(whole_bot, "unsubscribe", subscription=str(made.id))
    removed = await (await whole_bot.manager.slash(whole_bot.news, "feed remove", feed=str(feed.id))).done()
    assert "Removed **Example Times**" in removed.text


async def test_unsubscribing_and_subscribing_again_repeats_nothing(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    await digest(whole_bot, "now")
    await whole_bot.work()
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    await digest(whole_bot, "unsubscribe", subscription=str(made.id))
    await digest(whole_bot, "subscribe", at="10:00")
    await digest(whole_bot, "subscribe", at="11:00")
    await digest(whole_bot, "now")
    whole_bot.ahead += timedelta(days=1)
    await whole_bot.work()
    assert sorted(titles_in(whole_bot)) == ["Dam under watch", "Miners vote"]


async def test_two_digests_of_a_channel_due_at_once_show_each_story_once(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    await digest(whole_bot, "subscribe", confidence=10)
    whole_bot.ahead += timedelta(days=1)
    await whole_bot.work()
    assert sorted(titles_in(whole_bot)) == ["Dam under watch", "Miners vote"]


async def test_every_option_of_a_digest_can_be_changed(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await digest(whole_bot, "subscribe", feed=str(feed.id))
    (before,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    reply = await digest(
        whole_bot,
        "edit",
        channel=whole_bot.local.channel("general"),
        cadence="weekly",
        at="6:30 pm",
        weekday="Friday",
        timezone="europe/berlin",
        feed="all",
        confidence=80,
        filter="dam",
    )
    assert "weekly on Friday at 18:30 (Europe/Berlin), of all feeds" in reply.text
    assert "pass its filter are shown: dam" in reply.text
    (after,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert after.id == before.id
    assert after.plan.channel_id == int(whole_bot.local.channel("general").id)
    selected = after.selection
    assert (selected.feed_ids, selected.minimum_confidence, selected.filter) == ((), 0.8, "dam")


async def test_an_edit_changes_only_what_is_named(whole_bot: WholeBot) -> None:
    await digest(
        whole_bot, "subscribe", cadence="weekly", weekday="Friday", timezone="Europe/Berlin", confidence=70
    )
    (before,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    await digest(whole_bot, "edit", at="7:15")
    (after,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert after.plan == replace(before.plan, at=time(7, 15))
    assert after.selection == before.selection
    assert after.next_at != before.next_at


async def test_an_edit_that_cannot_be_made_changes_nothing(whole_bot: WholeBot) -> None:
    await digest(whole_bot, "subscribe")
    await digest(whole_bot, "subscribe", at="11:00")
    before = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    for options, told in (
        ({}, "name at least one"),
        ({"timezone": "Mars"}, "not a time zone"),
        ({"feed": "99"}, "Pick one"),
        ({"filter": "dam and ("}, "filter"),
        ({"at": "11:00"}, "has this digest already"),
        ({"subscription": "999", "at": "8:00"}, "Pick one"),
    ):
        assert told in (await digest(whole_bot, "edit", **options)).text, options
    assert await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id) == before


async def test_a_digest_that_waits_for_a_permission_goes_where_it_is_moved(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    whole_bot.local.forbid(whole_bot.news, Permission.SEND_MESSAGES)
    await post_now(whole_bot.services, made)
    await whole_bot.work()
    await digest(whole_bot, "edit", channel=whole_bot.local.channel("general"))
    await whole_bot.work()
    assert sorted(titles_in(whole_bot, "general")) == ["Dam under watch", "Miners vote"]
    assert titles_in(whole_bot) == []
