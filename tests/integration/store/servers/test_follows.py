"""What is followed, and the letters about it."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.errors import AlreadyThere, LimitReached, NotFound, ShownMeanwhile
from bot.model.follows import Follow, FollowKind, FollowRhythm, Reach, Subject
from bot.store import Store
from bot.store.servers.follows import AT_ONCE_EVERY
from bot.store.servers.letters import NewLetter
from tests.factories import (
    CHANNEL,
    GUILD,
    NOON,
    OTHER_GUILD,
    USER,
    SetClock,
    a_subscription,
    stored_article,
    stored_claims,
)

DM = CHANNEL + 1
QUIST = Subject(FollowKind.ACTOR, "Ada Quist")
ONCE = Reach(DM, True, FollowRhythm.AT_ONCE, time(8), "Europe/Berlin", "de")


async def followed(store: Store, subject: Subject = QUIST, reach: Reach = ONCE, **given: Any) -> Follow:
    values: dict[str, Any] = {"user_id": USER, "guild_id": GUILD, "per_person": 25, "per_server": 100}
    values |= {"next_at": None} | given
    return await store.follows.add(values.pop("user_id"), values.pop("guild_id"), subject, reach, **values)


def a_letter(follow: Follow, *article_ids: int, nonce: str = "a" * 22) -> NewLetter:
    return NewLetter((follow,), nonce, {"embeds": []}, article_ids, (7,))


async def test_a_follow_comes_back_as_it_was_made(store: Store) -> None:
    made = await followed(store)
    assert (made.subject, made.reach) == (QUIST, ONCE)
    assert (made.since, made.created_at) == (NOON, NOON)
    assert await store.follows.of_person(USER) == [made]
    assert await store.follows.get(made.id) == made
    assert await store.follows.of_person(USER + 1) == []
    assert await store.follows.of_channels(GUILD) == []


async def test_the_same_is_followed_once_in_a_place_whatever_its_case(store: Store) -> None:
    made = await followed(store)
    with pytest.raises(AlreadyThere):
        await followed(store, Subject(FollowKind.ACTOR, "ADA QUIST"))
    await followed(store, Subject(FollowKind.TOPIC, "Ada Quist"))
    await followed(store, guild_id=OTHER_GUILD)
    channel = await followed(store, reach=replace(ONCE, channel_id=CHANNEL, private=False))
    assert await store.follows.of_channels(GUILD) == [channel]
    await store.follows.change(made.id, removed_at=NOON)
    assert made.id not in [one.id for one in await store.follows.of_person(USER)]
    again = await followed(store)
    assert again.id != made.id
    with pytest.raises(NotFound):
        await store.follows.get(made.id)


async def test_the_caps_are_told_in_words(store: Store) -> None:
    await followed(store)
    with pytest.raises(LimitReached, match="You follow 1 thing, which is the limit"):
        await followed(store, Subject(FollowKind.TOPIC, "dam"), guild_id=OTHER_GUILD, per_person=1)
    with pytest.raises(LimitReached, match="1 thing is followed in this server"):
        await followed(store, Subject(FollowKind.TOPIC, "dam"), user_id=USER + 1, per_server=1)


async def test_taking_back_a_removal_stays_within_the_caps(store: Store) -> None:
    removed = await followed(store)
    await store.follows.change(removed.id, removed_at=NOON)
    other = await followed(store, Subject(FollowKind.TOPIC, "dam"), per_person=1)
    with pytest.raises(LimitReached, match="You follow 1 thing"):
        await store.follows.restore(removed, NOON, per_person=1, per_server=9)
    with pytest.raises(LimitReached, match="1 thing is followed in this server"):
        await store.follows.restore(removed, NOON, per_person=9, per_server=1)
    back = await store.follows.restore(removed, NOON, per_person=2, per_server=2)
    assert (back.removed_at, back.next_at) == (None, NOON)
    assert await store.follows.restore(back, None, per_person=1, per_server=1) == back, "it is not removed"
    assert [one.id for one in await store.follows.of_person(USER)] == [removed.id, other.id]
    await store.follows.change(removed.id, removed_at=NOON)
    await followed(store)
    with pytest.raises(NotFound):
        await store.follows.restore(removed, NOON, per_person=9, per_server=9)


async def test_news_wakes_what_is_told_at_once_in_the_servers_that_have_the_feed(
    store: Store, clock: SetClock
) -> None:
    here = await followed(store)
    there = await followed(store, guild_id=OTHER_GUILD)
    muted = await followed(store, Subject(FollowKind.TOPIC, "dam"))
    await store.follows.change(muted.id, muted_until=NOON + timedelta(days=1))
    daily = await followed(
        store,
        Subject(FollowKind.TOPIC, "gate"),
        replace(ONCE, rhythm=FollowRhythm.DAILY),
        next_at=NOON + AT_ONCE_EVERY,
    )
    before = await store.follows.newest_claim()
    await stored_claims(store, "The dam is safe")
    assert await store.follows.servers_with_news(before) == [GUILD]
    assert await store.follows.servers_with_news(await store.follows.newest_claim()) == []
    await store.follows.wake([GUILD], NOON)
    assert [one.id for one in await store.follows.due(NOON, 10)] == [here.id]
    assert [one.id for one in await store.follows.companions(here)] == [here.id]
    clock.advance(minutes=10)
    assert {one.id for one in await store.follows.due(clock(), 10)} == {here.id, daily.id}
    await store.guilds.departed(GUILD, NOON)
    assert await store.follows.due(clock(), 10) == []
    assert (await store.follows.get(there.id)).next_at is None


async def test_letters_to_one_place_keep_their_distance(store: Store, clock: SetClock) -> None:
    made = await followed(store)
    (article,) = await stored_claims(store, "The dam is safe")
    await store.letters.put(a_letter(made, article), None)
    await store.follows.wake([GUILD], NOON)
    assert await store.follows.due(NOON, 10) == []
    assert len(await store.follows.due(NOON + AT_ONCE_EVERY, 10)) == 1


async def test_a_place_is_told_of_an_article_once(store: Store, clock: SetClock) -> None:
    made = await followed(store, next_at=NOON)
    clock.advance(hours=1)
    first, second = await stored_claims(store, "The dam is safe", "The gate is shut")
    untold = store.letters.untold
    assert await untold(DM, [first, second], NOON) == {first, second}
    assert await untold(DM, [first, second], clock()) == set(), "it was read before"
    await store.letters.put(a_letter(made, first), None)
    assert await untold(DM, [first, second], NOON) == {second}
    assert await untold(CHANNEL, [first], NOON) == {first}
    with pytest.raises(ShownMeanwhile):
        await store.letters.put(a_letter(made, first, second, nonce="b" * 22), NOON)
    (letter,) = await store.letters.due(clock(), 10)
    assert (letter.guild_id, letter.user_id, letter.delivery.channel_id) == (GUILD, USER, DM)
    assert (await store.follows.get(made.id)).next_at is None


async def test_a_digest_and_a_letter_of_one_channel_never_show_the_same(store: Store, clock: SetClock) -> None:
    channel = await followed(store, reach=replace(ONCE, channel_id=CHANNEL, private=False))
    clock.advance(hours=1)
    stored = await stored_article(store, grouped=True)
    selection = (await a_subscription(store)).selection
    await store.letters.put(a_letter(channel, stored.article_id), None)
    shown = await store.digests.unshown_articles(selection, since=NOON, limit=9, unshown_in=CHANNEL)
    assert shown == []
    (letter,) = await store.letters.due(clock(), 10)
    assert letter.user_id is None
    await store.letters.failed(letter.delivery.id, "refused", None, certain=True)
    shown = await store.digests.unshown_articles(selection, since=NOON, limit=9, unshown_in=CHANNEL)
    assert [article.article_id for article in shown] == [stored.article_id]
    assert await store.letters.untold(CHANNEL, [stored.article_id], NOON) == {stored.article_id}


async def test_a_letter_that_may_have_been_posted_stays_told(store: Store, clock: SetClock) -> None:
    made = await followed(store)
    (article,) = await stored_claims(store, "The dam is safe")
    await store.letters.put(a_letter(made, article), None)
    (letter,) = await store.letters.due(clock(), 10)
    await store.letters.attempt(letter.delivery.id, NOON)
    await store.letters.failed(letter.delivery.id, "lost", None)
    assert await store.letters.untold(DM, [article], NOON - timedelta(days=1)) == set()
    assert await store.letters.due(clock(), 10) == []


async def test_the_evidence_of_a_letter_is_for_its_channel(store: Store) -> None:
    made = await followed(store)
    (article,) = await stored_claims(store, "The dam is safe")
    await store.letters.put(a_letter(made, article), None)
    assert (await store.letters.showing("a" * 22, DM, 7)).guild_id == GUILD
    for nonce, channel_id, claim_id in (("a" * 22, CHANNEL, 7), ("a" * 22, DM, 8), ("b" * 22, DM, 7)):
        with pytest.raises(NotFound):
            await store.letters.showing(nonce, channel_id, claim_id)


async def test_a_pause_is_told_once(store: Store) -> None:
    made = await followed(store)
    other = await followed(store, Subject(FollowKind.TOPIC, "dam"), guild_id=OTHER_GUILD)
    assert await store.follows.pause("Closed.", channel_id=DM, private=True) == 2
    assert await store.follows.pause("Closed again.", channel_id=DM, private=True) == 0
    assert [one.id for one in await store.follows.pauses_to_tell(USER)] == [made.id, other.id]
    assert await store.follows.pauses_to_tell(USER) == []
    assert (await store.follows.get(made.id)).paused_reason == "Closed."


async def test_who_left_gets_no_more_of_that_server(store: Store) -> None:
    made, other = await followed(store), await followed(store, guild_id=OTHER_GUILD)
    articles = await stored_claims(store, "The dam is safe", "The gate is shut")
    for one, article, nonce in zip((made, other), articles, ("a" * 22, "b" * 22), strict=True):
        await store.letters.put(a_letter(one, article, nonce=nonce), None)
    await store.letters.withdraw(USER, GUILD)
    assert [one.guild_id for one in await store.letters.due(NOON, 10)] == [OTHER_GUILD]


async def test_a_person_sees_and_deletes_it_and_a_server_never_sees_it(store: Store, clock: SetClock) -> None:
    made = await followed(store)
    channel = await followed(store, reach=replace(ONCE, channel_id=CHANNEL, private=False))
    first, second = await stored_claims(store, "The dam is safe", "The gate is shut")
    await store.letters.put(a_letter(made, first), None)
    await store.letters.put(a_letter(channel, second, nonce="b" * 22), None)
    traces = [(trace.what, trace.of) for trace in await store.personal_data.of_person(USER)]
    assert traces.count(("followed", "actor Ada Quist")) == 2
    assert ("were sent a letter", "letter 1") in traces
    counts = await store.personal_data.counts_of_guild(GUILD)
    assert (counts["follows"], counts["letters"]) == (1, 1)
    exported = await store.personal_data.of_guild(GUILD)
    assert [row["channel_id"] for row in exported["follows"] + exported["letters"]] == [CHANNEL, CHANNEL]
    await store.personal_data.forget_person(USER)
    assert await store.follows.of_person(USER) == []
    assert [letter.user_id for letter in await store.letters.due(clock(), 10)] == [None]
    assert [one.user_id for one in await store.follows.of_channels(GUILD)] == [0]
    assert await store.letters.untold(DM, [first], NOON - timedelta(days=1)) == {first}
    assert [one.what for one in await store.personal_data.of_person(USER) if "follow" in one.what] == []


async def test_it_goes_with_the_server_and_what_was_removed_goes_after_a_day(
    store: Store, clock: SetClock
) -> None:
    made = await followed(store)
    removed = await followed(store, guild_id=OTHER_GUILD)
    await store.follows.change(removed.id, removed_at=NOON)
    await store.retention.purge(NOON + timedelta(hours=23))
    await store.follows.get(removed.id)
    await store.retention.purge(NOON + timedelta(hours=25))
    with pytest.raises(NotFound):
        await store.follows.get(removed.id)
    (article,) = await stored_claims(store, "The dam is safe")
    await store.letters.put(a_letter(made, article), None)
    await store.guilds.forget(GUILD)
    assert await store.follows.of_person(USER) == []
    assert await store.letters.due(clock(), 10) == []


async def test_what_is_told_at_once_is_told_together_and_letters_by_their_time(store: Store) -> None:
    daily = replace(ONCE, rhythm=FollowRhythm.DAILY)
    made = [
        await followed(store, Subject(FollowKind.TOPIC, f"dam {number}"), reach)
        for number, reach in enumerate((ONCE, replace(ONCE, at=time(9)), daily, replace(daily, at=time(9))))
    ]
    for follow, together in ((made[0], made[:2]), (made[2], made[2:3])):
        assert [one.id for one in await store.follows.companions(follow)] == [one.id for one in together]
