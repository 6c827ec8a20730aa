"""The forms of a digest: its layouts, what is behind "More on a story", and its schedules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.runner.steps import compose_digests
from bot.services.digests import post_now
from preview.discord import Reply, faults
from preview.discord.messages import all_components, text_of
from tests.e2e.printed import Words, feed_in, print_article, reprint_article
from tests.e2e.whole import WholeBot
from tests.factories import an_article, said, stored_article

MANY = [
    Words("Elena Marsh", f"The {what} will hold until {when}")
    for what, when in (
        ("dam", "spring"),
        ("bridge over the lower river", "the ferry comes back"),
        ("old harbour wall", "engineers have seen it"),
        ("railway embankment", "freight trains run again"),
        ("church tower", "its bells are taken down"),
        ("school roof", "the summer holidays begin"),
        ("market hall", "traders move out"),
    )
]


OTHERS = {
    "Bakers raise prices": ("Ada Quist", "Flour has never been so dear", "Ovens in Leith cooled at noon."),
    "Orchestra tours": ("Noor Haddad", "We play every village hall", "Violins filled the station buffet."),
}


async def digest(whole_bot: WholeBot, command: str, **options: Any) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, f"digest {command}", **options)).done()


async def print_news(whole_bot: WholeBot, *titles: str, words: Sequence[Words] = MANY) -> list[int]:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    ids = []
    for title in titles or ("Dam under watch",):
        if title in OTHERS:
            name, content, around = OTHERS[title]
            told = [Words(name, content)]
            ids.append(await print_article(whole_bot.services, feed, title, told, around=around))
        else:
            ids.append(await print_article(whole_bot.services, feed, title, words))
    return ids


def posted(whole_bot: WholeBot) -> list[dict[str, Any]]:
    return [
        m for m in whole_bot.news.messages if m["author"]["id"] == whole_bot.local.bot.id and not m["flags"] & 64
    ]


def controls_of(message: dict[str, Any]) -> list[str]:
    return [one["custom_id"] for one in all_components(message["components"]) if "custom_id" in one]


@pytest.mark.parametrize("layout", ["embeds", "cards", "text"])
async def test_a_digest_is_posted_in_each_layout_and_found_again_after_a_crash(
    whole_bot: WholeBot, layout: str
) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe", layout=layout, stories=3, claims=1)
    await whole_bot.work()
    (message,) = posted(whole_bot)
    text = text_of(message)
    assert "Dam under watch" in text
    assert "6 more claims" in text + str(message["components"])
    sender = whole_bot.services.runner.sender
    assert sender is not None
    nonce = controls_of(message)[0].split(":")[2]
    delivery = await whole_bot.services.store.deliveries.by_nonce(nonce, whole_bot.guild_id)
    found = await sender.find_posted(_as_waiting(delivery, whole_bot), whole_bot.clock())
    assert found is not None
    assert found.message_id == int(message["id"])


def _as_waiting(delivery: Any, whole_bot: WholeBot) -> Any:
    return replace(delivery, message_id=None, attempted_at=whole_bot.clock())


@pytest.mark.parametrize("layout", ["embeds", "cards", "text"])
async def test_a_correction_is_made_in_each_layout(whole_bot: WholeBot, layout: str) -> None:
    (article_id,) = await print_news(whole_bot, words=MANY[:1])
    await digest(whole_bot, "subscribe", layout=layout)
    await whole_bot.work()
    whole_bot.ahead += timedelta(minutes=5)
    await reprint_article(whole_bot.services, article_id, [Words("Tom Okafor", "Nothing holds any longer here")])
    await whole_bot.work()
    await whole_bot.work()
    (message,) = posted(whole_bot)
    assert "Example Times corrected the article." in text_of(message)
    assert ("No longer in the article" if layout == "text" else "~~") in text_of(message)


async def test_every_claim_of_every_story_is_reached_in_private(whole_bot: WholeBot) -> None:
    await print_news(whole_bot, "Dam under watch", "Bakers raise prices")
    await digest(whole_bot, "subscribe")
    await whole_bot.work()
    await whole_bot.restart()
    (message,) = posted(whole_bot)
    options = next(o["options"] for o in all_components(message["components"]) if o.get("options"))
    assert {o["label"] for o in options} == {"Dam under watch", "Bakers raise prices"}
    select = f"hearsay:more:{_nonce(message)}"
    places = {o["label"]: o["value"] for o in options}
    other = await (await whole_bot.reader.choose(message, select, places["Bakers raise prices"])).done()
    assert other.ephemeral
    assert "Flour has never been so dear" in other.text
    page = await (await whole_bot.reader.choose(other, select, places["Dam under watch"])).done()
    first = page.text
    following = await (await whole_bot.reader.click(page, "Next")).done()
    for words in MANY:
        assert words.content in first + following.text
    assert len(posted(whole_bot)) == 1
    evidence = await (await whole_bot.reader.click(following, "Evidence 7")).done()
    assert evidence.ephemeral
    assert "read the article" in str(evidence.message).lower()


def _nonce(message: dict[str, Any]) -> str:
    return controls_of(message)[0].split(":")[2]


async def test_a_first_digest_comes_at_once(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    assert "first one comes now" in (await digest(whole_bot, "subscribe", at="23:00")).text
    await whole_bot.work()
    assert len(posted(whole_bot)) == 1
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert made.next_at.hour == 23


async def test_stories_come_one_by_one_up_to_a_number_an_hour(whole_bot: WholeBot) -> None:
    await print_news(whole_bot, "Dam under watch", "Bakers raise prices", "Orchestra tours", words=MANY[:2])
    await digest(whole_bot, "subscribe", cadence="every story", per_hour=2)
    for _ in range(5):
        await whole_bot.work()
        whole_bot.ahead += timedelta(minutes=3)
    assert len(posted(whole_bot)) == 2
    assert all(len(m["embeds"]) == 1 for m in posted(whole_bot))
    whole_bot.ahead += timedelta(hours=1)
    await whole_bot.work()
    titles = [m["embeds"][0]["title"] for m in posted(whole_bot)]
    assert sorted(titles) == ["Bakers raise prices", "Dam under watch", "Orchestra tours"]


async def test_nothing_is_composed_in_quiet_hours(whole_bot: WholeBot) -> None:
    now = whole_bot.clock()
    begin, end = now - timedelta(minutes=10), now + timedelta(hours=2)
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe", minutes=15, quiet=f"{begin:%H:%M}-{end:%H:%M}", timezone="UTC")
    for _ in range(4):
        await whole_bot.work()
        whole_bot.ahead += timedelta(minutes=20)
    assert posted(whole_bot) == []
    whole_bot.ahead += timedelta(hours=2)
    await whole_bot.work()
    assert len(posted(whole_bot)) == 1


async def test_a_digest_says_that_nothing_is_new_only_if_it_was_asked_to(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe", cadence="hourly", when_empty="say so")
    await whole_bot.work()
    whole_bot.ahead += timedelta(hours=1)
    await whole_bot.work()
    _, empty = posted(whole_bot)
    assert "Nothing new was said" in text_of(empty)
    why = await (await whole_bot.reader.click(empty, "Why?")).done()
    assert "Nothing new was said in the feeds" in why.text
    await digest(whole_bot, "edit", when_empty="skip")
    whole_bot.ahead += timedelta(hours=1)
    await whole_bot.work()
    assert len(posted(whole_bot)) == 2
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    await digest(whole_bot, "edit", when_empty="say so")
    assert (await post_now(whole_bot.services, made)).digest is None
    await whole_bot.work()
    assert len(posted(whole_bot)) == 2, "who asks is told anyway"


async def test_every_option_is_told_and_kept(whole_bot: WholeBot) -> None:
    told = await digest(
        whole_bot,
        "subscribe",
        cadence="weekdays",
        at="18:00, 9am and 12.30",
        quiet="10pm to 7am",
        timezone="Europe/Berlin",
        when_empty="say so",
        stories=3,
        claims=1,
        layout="text",
    )
    assert "Monday to Friday at 09:00, 12:30 and 18:00 (Europe/Berlin), quiet from 22:00 to 07:00" in told.text
    assert "up to 3 stories with 1 claim each, as text" in told.text
    assert "If nothing is new, it says so." in told.text
    changed = await digest(whole_bot, "edit", quiet="none", cadence="hourly", claims=2)
    assert "hourly at :00" in changed.text
    assert "quiet" not in changed.text
    changed = await digest(whole_bot, "edit", minutes=45)
    assert "every 45 minutes" in changed.text
    changed = await digest(whole_bot, "edit", per_hour=3)
    assert "every story as it comes, at most 3 an hour" in changed.text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"quiet": "22:00"}, "are no hours"),
        ({"quiet": "22:00-22:00"}, "begin when they end"),
        ({"quiet": "late-early"}, "not a time of day"),
        ({"cadence": "hourly", "at": "9:00, 10:00"}, "Name one time"),
        ({"cadence": "daily", "minutes": 30}, "Leave out `minutes`"),
        ({"cadence": "daily", "per_hour": 3}, "per_hour"),
        ({"at": ",".join(f"{h}:00" for h in range(13))}, "1 to 12 times"),
    ],
)
async def test_schedules_that_make_no_sense_are_refused(
    whole_bot: WholeBot, options: dict[str, Any], told: str
) -> None:
    assert told in (await digest(whole_bot, "subscribe", **options)).text
    assert await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id) == []


async def test_after_a_day_without_the_bot_one_digest_catches_up(whole_bot: WholeBot) -> None:
    await digest(whole_bot, "subscribe", cadence="hourly")
    await whole_bot.work()
    await print_news(whole_bot)
    whole_bot.ahead += timedelta(hours=24)
    for _ in range(3):
        await whole_bot.work()
    assert len(posted(whole_bot)) == 1
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert made.next_at > datetime.now(UTC) + timedelta(hours=24)


def first_role(whole_bot: WholeBot) -> Any:
    """Return the role of the manager, which stands for any role."""
    assert whole_bot.manager
    return next(role for role in whole_bot.local.guild().roles.values() if role.name == "mona")


@pytest.mark.parametrize("layout", ["embeds", "cards", "text"])
async def test_a_role_is_mentioned_by_the_first_message_alone_and_only_where_asked_for(
    whole_bot: WholeBot, layout: str
) -> None:
    role = first_role(whole_bot)
    await print_news(whole_bot, "Dam under watch", "Bakers raise prices")
    told = await digest(whole_bot, "subscribe", cadence="every story", layout=layout, ping=role)
    assert f"The first message mentions <@&{role.id}>." in told.text
    await whole_bot.work()
    sent = whole_bot.requests_for("POST", f"/channels/{whole_bot.news.id}/messages")
    assert [body["allowed_mentions"] for body in sent] == [{"parse": [], "roles": [int(role.id)]}, {"parse": []}]
    silent = 1 << 12
    assert [bool((body.get("flags") or 0) & silent) for body in sent] == [False, True]
    first, second = posted(whole_bot)
    assert text_of(first).count(f"<@&{role.id}>") == 1
    assert "<@&" not in text_of(second)


async def test_a_correction_keeps_the_mention_and_pings_nobody(whole_bot: WholeBot) -> None:
    role = first_role(whole_bot)
    (article_id,) = await print_news(whole_bot, words=MANY[:1])
    await digest(whole_bot, "subscribe", ping=role)
    await whole_bot.work()
    whole_bot.ahead += timedelta(minutes=5)
    await reprint_article(whole_bot.services, article_id, [Words("Tom Okafor", "Nothing holds any longer here")])
    await whole_bot.work()
    await whole_bot.work()
    (edit,) = whole_bot.requests_for("PATCH", posted(whole_bot)[0]["id"])
    assert edit["content"] == f"<@&{role.id}>"
    assert edit["allowed_mentions"] == {"parse": []}


async def test_everyone_is_never_pinged_and_a_ping_can_be_removed(whole_bot: WholeBot) -> None:
    everyone = whole_bot.local.guild().roles[whole_bot.local.guild().id]
    assert "does not ping everyone" in (await digest(whole_bot, "subscribe", ping=everyone)).text
    await digest(whole_bot, "subscribe", ping=first_role(whole_bot))
    assert "mentions" not in (await digest(whole_bot, "edit", no_ping="nobody is pinged")).text
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert made.plan.role_id is None


async def test_an_announcement_channel_is_published_up_to_ten_times_an_hour(whole_bot: WholeBot) -> None:
    channel = whole_bot.local.add_channel(whole_bot.local.guild(), "announcements", announces=True)
    sender = whole_bot.services.runner.sender
    assert sender is not None
    await digest(whole_bot, "subscribe", channel=channel, publish=True, cadence="every story", per_hour=30)
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    subjects = ["dam", "strike", "ferry", "orchestra", "bakery", "glacier"]
    subjects += ["airport", "museum", "library", "harbour", "vineyard", "stadium"]
    for subject in subjects:
        text, extraction = said(f"The {subject} opens its gates on Monday", f"Ada {subject.title()}")
        article = an_article(text=text, title=f"News of the {subject}", published_at=whole_bot.clock())
        await stored_article(
            whole_bot.services.store,
            whole_bot.guild_id,
            feed_url=feed.url,
            article=article,
            extraction=extraction,
            seen_at=whole_bot.clock(),
            grouped=True,
        )
    for _ in range(6):
        await whole_bot.work()
        whole_bot.ahead += timedelta(minutes=3)
    messages = [m for m in channel.messages if m["embeds"]]
    assert len(messages) == len(subjects)
    assert sum(m["flags"] & 1 for m in messages) == 10
    assert whole_bot.news.messages == []


async def test_a_message_that_cannot_be_published_is_posted_all_the_same(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    channel = whole_bot.local.add_channel(whole_bot.local.guild(), "announcements", announces=True)
    refused = faults.forbidden()
    whole_bot.local.faults.order("POST", "/channels/*/messages/*/crosspost", refused)
    await digest(whole_bot, "subscribe", channel=channel, publish=True)
    await whole_bot.work()
    await whole_bot.work()
    (message,) = [m for m in channel.messages if m["embeds"]]
    assert not message["flags"] & 1


async def test_a_first_digest_waits_for_feeds_that_are_just_being_read(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    store = whole_bot.services.store
    slow = await store.feeds.add("https://slow.example/feed", title="Slow")
    await store.guilds.attach(whole_bot.guild_id, slow.id, 1, limit=9)
    await digest(whole_bot, "subscribe", at="23:00")
    await compose_digests(store, whole_bot.clock)
    assert await store.deliveries.due(whole_bot.clock(), 9) == [], "a feed has not been polled yet"
    whole_bot.ahead += timedelta(minutes=31)
    assert await compose_digests(store, whole_bot.clock) == 1, "but not for long"
