"""Copies that change after they were read, and originals that do: nothing is shown twice, or as another's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.feeds.prints import prints_of
from bot.model.articles import ReadArticle
from bot.model.feeds import PollStatus
from bot.model.queries import ClaimQuery
from bot.services.explanations import _key
from bot.store import Store
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    SetClock,
    a_subscription,
    an_attached_feed,
    an_entry,
    an_extraction,
    an_outcome,
    put_digest,
    save_outcome,
)
from tests.integration.store.articles.test_copies import FEEDS, THIRD_GUILD, WIRE, extracted, read, wire

__all__ = ["wire"]

HERALDS = 2
"""The entry by which the Herald's copy came: see the fixture."""
OWN = WIRE + " " + " ".join(f"Keeper {n} told the Herald of leak {n * 3} behind the wall." for n in range(9))
Wire = tuple[ReadArticle, ReadArticle]


async def outlets(store: Store, guild_id: int | None) -> list[tuple[str, str]]:
    """Return outlet and headline of each claim that a server finds."""
    found = await store.claims.search(ClaimQuery(guild_id=guild_id), limit=9)
    return [(claim.outlet, claim.title) for claim in found.claims]


async def waiting(store: Store, **later: float) -> list[int]:
    return [e.entry_id for e in await store.articles.entries_to_read(NOON + timedelta(**later), 10)]


async def test_a_copy_whose_page_reads_otherwise_is_printed_as_it_reads_now(store: Store, wire: Wire) -> None:
    _, copy = wire
    changed = replace(
        copy, title="Dam: what we know", text=f"{copy.text} Corrected.", image_url="https://h.example/i"
    )
    assert await store.articles.save_read(HERALDS, changed) == 1
    assert await outlets(store, OTHER_GUILD) == [("The Herald", "Dam: what we know")]
    assert await outlets(store, GUILD) == [("The Courier", "As in The Courier")]
    (claim,) = (await store.claims.search(ClaimQuery(guild_id=THIRD_GUILD), limit=5)).claims
    assert [(one.title, one.image_url) for one in claim.also_in] == [("Dam: what we know", "https://h.example/i")]
    assert await store.articles.to_extract(5) == []


async def test_a_copy_that_is_no_longer_one_becomes_an_article_that_is_not_shown_again(
    store: Store, wire: Wire
) -> None:
    original, copy = wire
    for guild_id in (OTHER_GUILD, THIRD_GUILD):
        subscription = await a_subscription(store, guild_id, channel_id=guild_id)
        await put_digest(store, subscription.id, NOON, [(f"n{guild_id}", {})], [1], NOON)
    own_id = await store.articles.save_read(HERALDS, replace(copy, text=OWN, title="Our own"))
    assert own_id != 1
    assert (await store.articles.get(1)).text == original.text
    assert [each.article_id for each in await store.articles.to_extract(5)] == [own_id]
    await extracted(store, own_id)
    assert await outlets(store, GUILD) == [("The Courier", "As in The Courier")]
    assert await outlets(store, OTHER_GUILD) == [("The Herald", "Our own")]
    assert len(await outlets(store, THIRD_GUILD)) == 2
    for guild_id in (OTHER_GUILD, THIRD_GUILD):
        (subscription,) = await store.subscriptions.of_guild(guild_id)
        assert (
            await store.digests.unshown_articles(
                subscription.selection,
                unshown_in=subscription.plan.channel_id,
                since=NOON - timedelta(days=1),
                limit=9,
            )
            == []
        )


async def test_what_leads_elsewhere_or_is_only_a_part_changes_no_copy(store: Store, wire: Wire) -> None:
    _, copy = wire
    for read_now in (
        replace(copy, url="https://herald.example/elsewhere", text=OWN),
        replace(copy, text=OWN, note="The rest is for subscribers."),
        replace(copy, text="Removed."),
    ):
        assert await store.articles.save_read(HERALDS, replace(read_now, title="Other")) == 1
    assert await outlets(store, OTHER_GUILD) == [("The Herald", "As in The Herald")]


async def test_of_two_entries_of_a_copy_the_first_one_leads(store: Store, wire: Wire) -> None:
    _, copy = wire
    _, again = await read(store, "Front", OTHER_GUILD, url=copy.url)
    entry_id = 3
    assert await store.articles.save_read(entry_id, replace(again, text=OWN, title="Front")) == 1
    assert await outlets(store, OTHER_GUILD) == [("The Herald", "As in The Herald")]
    assert await store.articles.save_read(HERALDS, replace(copy, text=OWN)) != 1
    leads = await store.explanations.entries(OTHER_GUILD, "", [_key(copy.url)])
    assert {entry.article_id for entry in leads} == {2}  # the other entry went with it


async def test_when_the_original_changes_its_copies_are_read_again(
    store: Store, wire: Wire, clock: SetClock
) -> None:
    original, copy = wire
    clock.advance(hours=1)
    await store.articles.save_read(1, replace(original, text=OWN))
    assert await waiting(store, hours=1) == [HERALDS]
    own_id = await store.articles.save_read(HERALDS, copy)  # the Herald prints what it printed
    assert own_id != 1
    assert (await store.articles.get(own_id)).text == copy.text
    await extracted(store, 1)
    await extracted(store, own_id)
    assert await outlets(store, OTHER_GUILD) == [("The Herald", "As in The Herald")]


async def test_a_revised_original_is_found_by_the_text_that_it_has_now(store: Store, wire: Wire) -> None:
    original, copy = wire
    new = " ".join(f"Nothing of report {n} stands as it stood in line {n * 7}." for n in range(30))
    await store.articles.save_read(1, replace(original, text=new))
    await store.articles.save_read(HERALDS, copy)
    assert (await read(store, "Pilot", THIRD_GUILD, text=new))[0] == 1
    assert (await read(store, "Mercury", THIRD_GUILD))[0] != 1


async def test_copies_that_keep_up_with_the_original_stay_its_copies(store: Store, wire: Wire) -> None:
    original, copy = wire
    await store.articles.save_read(1, replace(original, text=OWN))
    assert await store.articles.save_read(HERALDS, replace(copy, text=OWN)) == 1
    assert await waiting(store, days=1) == []


async def test_a_feed_that_is_merged_brings_its_copies_along(store: Store, wire: Wire) -> None:
    _, copy = wire
    old = await store.feeds.by_url(FEEDS["The Herald"])
    kept = await an_attached_feed(store, GUILD + 50, "https://herald.example/new")
    assert old is not None
    (entry,) = await store.explanations.entries(OTHER_GUILD, "", [_key(copy.url)])
    # the new feed has the entry, too, and has not read it when it turns out to be the old one
    known = an_entry(key=await key_of(store, entry.feed_id), url="https://herald.example/other")
    await save_outcome(store, an_outcome(kept.id, known))
    for hours in (0, 30, 60):
        at = NOON + timedelta(hours=hours)
        moved: dict[str, Any] = {"moved_to": kept.url, "status": PollStatus.NOT_MODIFIED, "feed": None}
        saved = await save_outcome(store, an_outcome(old.id, polled_at=at, **moved))
    assert saved.merged_into == kept.id
    for guild_id in (OTHER_GUILD, GUILD + 50):
        assert await outlets(store, guild_id) == [("The Herald", "As in The Herald")]


async def key_of(store: Store, feed_id: int) -> str:
    async with store.database.reading() as connection:
        found = await connection.exec_driver_sql(f"SELECT key FROM entries WHERE feed_id = {feed_id}")
        return str(found.scalar_one())


@pytest.mark.parametrize("guild_id", [GUILD, OTHER_GUILD, THIRD_GUILD])
async def test_why_knows_an_address_only_where_a_feed_of_the_server_brought_it(
    store: Store, wire: Wire, guild_id: int
) -> None:
    for article, servers in zip(wire, ({GUILD, THIRD_GUILD}, {OTHER_GUILD, THIRD_GUILD}), strict=True):
        link = prints_of(an_entry(url=article.url)).link
        found = await store.explanations.entries(guild_id, link, [_key(article.url)])
        assert bool(found) == (guild_id in servers)
        assert len(found) == (2 if guild_id == THIRD_GUILD else len(found))
    told = await store.explanations.article(1, guild_id)
    assert told is not None
    printed = {title for title, _ in told.printed}
    seen = {GUILD: {"As in The Courier"}, OTHER_GUILD: {"As in The Herald"}}
    assert printed == seen.get(guild_id, {"As in The Courier", "As in The Herald"})


async def test_a_filter_looks_at_what_the_servers_own_feeds_printed(store: Store, wire: Wire) -> None:
    original, copy = wire
    herald = await store.feeds.by_url(FEEDS["The Herald"])
    courier = await store.feeds.by_url(FEEDS["The Courier"])
    assert herald is not None
    assert courier is not None
    for guild_id, feed_ids, shown, others in (
        (GUILD, (), original, ()),
        (OTHER_GUILD, (), copy, ()),
        (THIRD_GUILD, (), original, (("The Herald", copy.url),)),
        (THIRD_GUILD, (herald.id,), copy, ()),
        (THIRD_GUILD, (courier.id,), original, ()),
    ):
        subscription = await a_subscription(store, guild_id, feed_ids=feed_ids)
        (article,) = await store.filtering.latest(subscription.selection, 9)
        assert (article.title, article.outlet, article.url) == (shown.title, shown.outlet, shown.url)
        assert article.copies == others
    # what other feeds brought is not looked at, so that no reason names their outlet
    other = await an_attached_feed(store, OTHER_GUILD, "https://pilot.example/rss")
    narrow = await a_subscription(store, OTHER_GUILD, feed_ids=(other.id,))
    assert await store.filtering.of(narrow.selection, [1]) == {}
    await store.guilds.detach(OTHER_GUILD, herald.id)
    assert await store.filtering.of((await a_subscription(store, OTHER_GUILD)).selection, [1]) == {}


async def test_the_extraction_of_a_parted_copy_is_its_own(store: Store, wire: Wire) -> None:
    _, copy = wire
    own_id = await store.articles.save_read(HERALDS, replace(copy, text=OWN))
    await store.claims.save_extraction(own_id, an_extraction())
    (claim,) = (await store.claims.search(ClaimQuery(guild_id=OTHER_GUILD), limit=5)).claims
    assert (claim.article_id, claim.also_in) == (own_id, ())
