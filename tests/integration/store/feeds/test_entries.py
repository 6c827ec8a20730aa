"""Entries that are recognised or new, articles that are revised, and feeds that move, in the store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.feeds.identity import READ_AT_FIRST
from bot.feeds.prints import key_digest
from bot.model.articles import Origin
from bot.model.feeds import ParsedEntry, PollStatus
from bot.model.queries import ClaimQuery
from bot.runner import steps
from bot.store import Store
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    TEXT,
    USER,
    SetClock,
    a_claim,
    a_feed,
    a_subscription,
    an_article,
    an_attached_feed,
    an_entry,
    an_extraction,
    an_outcome,
    put_digest,
    save_outcome,
    stored_article,
)

FAR = NOON + timedelta(days=30)


def worded(number: int, **given: object) -> ParsedEntry:
    """Return an entry whose title and content are like no other's."""
    words = " ".join(f"w{number}x{i}" for i in range(30))
    return an_entry(
        **{"key": f"k{number}", "title": f"On matter {number}", "html": words, "published_at": NOON} | given
    )


async def waiting(store: Store) -> list[str]:
    return [entry.title for entry in await store.articles.entries_to_read(FAR, 1000)]


async def read_all(store: Store) -> list[int]:
    entries = await store.articles.entries_to_read(FAR, 1000)
    return [
        await store.articles.save_read(entry.entry_id, an_article(url=entry.url, title=entry.title))
        for entry in entries
    ]


async def test_of_a_new_feed_the_past_is_seen_but_not_read(store: Store) -> None:
    feed = await an_attached_feed(store)
    old = [worded(i, published_at=NOON - timedelta(days=3 + i)) for i in range(50)]
    assert (await save_outcome(store, an_outcome(feed.id, *old))).new_entries == READ_AT_FIRST
    assert len(await waiting(store)) == READ_AT_FIRST
    assert (await save_outcome(store, an_outcome(feed.id, worded(99), *old))).new_entries == 1


async def test_what_a_feed_had_before_it_was_added_is_not_for_digests(store: Store) -> None:
    feed = await an_attached_feed(store)
    entries = worded(1, published_at=NOON - timedelta(days=30)), worded(2)
    await save_outcome(store, an_outcome(feed.id, *entries))
    for article_id in await read_all(store):
        await store.claims.save_extraction(article_id, an_extraction())
        await store.stories.save(article_id, None, {"dam": 1.0})
    subscription = await a_subscription(store)
    found = await store.digests.unshown_articles(
        subscription.selection, unshown_in=subscription.plan.channel_id, since=NOON - timedelta(days=2), limit=9
    )
    assert [article.title for article in found] == ["On matter 2"]
    assert (await store.claims.search(ClaimQuery(guild_id=GUILD), limit=9)).total == 2


async def test_entries_under_new_keys_are_neither_new_nor_read_again(store: Store) -> None:
    feed = await an_attached_feed(store)
    entries = [worded(i) for i in range(30)]
    await save_outcome(store, an_outcome(feed.id, *entries))
    await read_all(store)
    renumbered = [replace(e, key=f"urn:{e.key}", url=f"https://new.example/{i}") for i, e in enumerate(entries)]
    for document in (renumbered, entries, renumbered):
        saved = await save_outcome(store, an_outcome(feed.id, worded(77), *document))
        assert saved.new_entries == (document is renumbered and await waiting(store) == ["On matter 77"])
        await read_all(store)


async def test_entries_that_swap_their_keys_are_kept_apart(store: Store) -> None:
    feed = await an_attached_feed(store)
    first, second = worded(1), worded(2)
    await save_outcome(store, an_outcome(feed.id, first, second))
    swapped = replace(first, key="x1"), replace(second, key="x2")
    assert (await save_outcome(store, an_outcome(feed.id, *swapped))).new_entries == 0
    crossed = replace(first, key="x2"), replace(second, key="x1")
    assert (await save_outcome(store, an_outcome(feed.id, *crossed))).new_entries == 0
    assert len(await waiting(store)) == 2


async def test_a_flood_is_kept_back_with_words_and_heals_by_itself(store: Store, clock: SetClock) -> None:
    feed = await an_attached_feed(store)
    usual = [worded(i) for i in range(5)]
    await save_outcome(store, an_outcome(feed.id, *usual))
    await read_all(store)
    archive = [worded(100 + i, published_at=NOON - timedelta(days=90)) for i in range(40)]
    saved = await save_outcome(store, an_outcome(feed.id, *archive))
    assert (saved.new_entries, saved.kept_back) == (0, 40)
    assert "40 entries were suddenly new" in str((await store.feeds.get(feed.id)).kept_back)
    saved = await save_outcome(store, an_outcome(feed.id, worded(200), *archive))
    assert (saved.new_entries, saved.kept_back) == (1, 0)
    assert (await store.feeds.get(feed.id)).kept_back is None
    assert await waiting(store) == ["On matter 200"]


async def test_entries_without_a_date_are_never_kept_back(store: Store) -> None:
    feed = await an_attached_feed(store)
    for poll in range(3):
        entries = [worded(100 * poll + i, published_at=None) for i in range(10)]
        saved = await save_outcome(store, an_outcome(feed.id, *entries))
        assert (saved.new_entries, saved.kept_back) == (10, 0)


async def test_old_dates_that_go_on_from_those_known_are_how_a_feed_dates(store: Store) -> None:
    feed = await an_attached_feed(store)
    issue = NOON - timedelta(days=200)
    await save_outcome(store, an_outcome(feed.id, *(worded(i, published_at=issue) for i in range(10))))
    later = [worded(100 + i, published_at=issue + timedelta(days=7)) for i in range(10)]
    saved = await save_outcome(store, an_outcome(feed.id, *later))
    assert (saved.new_entries, saved.kept_back) == (10, 0)
    earlier = [worded(200 + i, published_at=issue - timedelta(days=7)) for i in range(10)]
    saved = await save_outcome(store, an_outcome(feed.id, *earlier))
    assert (saved.new_entries, saved.kept_back) == (0, 10)


async def test_a_new_entry_like_one_that_the_document_still_has_is_new(store: Store) -> None:
    feed = await an_attached_feed(store)
    known = [worded(i) for i in range(3)]
    await save_outcome(store, an_outcome(feed.id, *known))
    await read_all(store)
    # all known ones were left out of the document, because they are as they were
    twin = replace(known[1], key="another", url=f"{known[1].url}#update")
    keys = frozenset(key_digest(entry.key) for entry in known)
    document = a_feed(twin, left_out=3, left_out_keys=keys)
    saved = await save_outcome(store, an_outcome(feed.id, feed=document))
    assert saved.new_entries == 1


async def test_an_entry_that_changes_is_read_again_but_not_without_end(store: Store) -> None:
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id, worded(1), worded(2)))
    await read_all(store)
    moments = []
    for number in range(8):
        now = NOON + timedelta(minutes=number)
        changed = worded(1, title=f"On matter 1, {number}")
        saved = await save_outcome(store, an_outcome(feed.id, changed, worded(2), polled_at=now))
        assert saved.new_entries == 0
        if await waiting(store):
            assert saved.updated_entries == 1
            for minute in range(0, 100, 5):
                if await store.articles.entries_to_read(NOON + timedelta(minutes=minute), 1):
                    moments.append(minute)
                    break
            await read_all(store)
    assert moments == [0, 10, 20, 30, 40]


async def test_a_new_date_of_change_has_an_entry_read_again_and_a_new_date_alone_does_not(store: Store) -> None:
    feed = await an_attached_feed(store)
    entry = worded(1, updated_at=NOON)
    await save_outcome(store, an_outcome(feed.id, entry))
    await read_all(store)
    redated = replace(entry, published_at=NOON - timedelta(hours=3))
    assert (await save_outcome(store, an_outcome(feed.id, redated))).updated_entries == 0
    updated = replace(redated, updated_at=NOON + timedelta(hours=1))
    assert (await save_outcome(store, an_outcome(feed.id, updated))).updated_entries == 1
    assert (await save_outcome(store, an_outcome(feed.id, updated))).updated_entries == 0


async def test_a_revised_article_keeps_its_history_its_place_and_the_claims_that_still_stand(store: Store) -> None:
    kept, dropped = a_claim(), a_claim(content="We will open it in May", source="she", cue="added")
    stored = await stored_article(store, extraction=an_extraction(kept, dropped), grouped=True)
    subscription = await a_subscription(store)
    await put_digest(store, subscription.id, NOON, [("n", {})], [stored.article_id], FAR)
    before = (await store.claims.search(ClaimQuery(guild_id=GUILD), limit=9)).claims
    text = "Correction. " + TEXT.replace("We will open it in May", "It opens in June")
    old = await store.articles.get(stored.article_id)
    article = an_article(url=old.url, title="Dam is safe: corrected", text=text)
    assert await store.articles.save_read(stored.entry_id, article) == stored.article_id
    assert [(each.article_id, each.text) for each in await store.articles.to_extract(9)] == [
        (stored.article_id, text)
    ]
    new = a_claim(text, content="It opens in June", source="she", cue="added")
    await store.claims.save_extraction(stored.article_id, an_extraction(a_claim(text), new))
    after = {c.content_text: c.id for c in (await store.claims.search(ClaimQuery(guild_id=GUILD), limit=9)).claims}
    ids = {c.content_text: c.id for c in before}
    assert set(after) == {"The dam is safe", "It opens in June"}
    assert after["The dam is safe"] == ids["The dam is safe"]
    assert after["It opens in June"] not in ids.values()
    evidence = await store.claims.evidence(ids["The dam is safe"], GUILD)
    assert [evidence.text[s:e] for s, e in evidence.content] == ["The dam is safe"]
    with pytest.raises(NotFound, match="does not exist any more"):
        await store.claims.evidence(ids["We will open it in May"], GUILD)
    (revision,) = await store.articles.revisions(stored.article_id)
    assert (revision.number, revision.title, revision.claims) == (1, old.title, 2)
    found = await store.articles.get(stored.article_id)
    assert (found.title, found.text) == (article.title, text)
    assert (
        await store.digests.unshown_articles(
            subscription.selection,
            unshown_in=subscription.plan.channel_id,
            since=NOON - timedelta(days=9),
            limit=9,
        )
        == []
    )
    assert await store.stories.to_group(9) == []


async def test_a_part_of_a_page_or_another_page_revises_nothing(store: Store) -> None:
    stored = await stored_article(store)
    old = await store.articles.get(stored.article_id)
    for other in (
        an_article(url=old.url, text="Too short.", origin=Origin.FEED),
        an_article(url=old.url, text="Subscribe to read on.", note="A paywall."),
        an_article(text="Another page altogether."),
        an_article(url=old.url, title=old.title, text=f" {old.text}\n"),
    ):
        assert await store.articles.save_read(stored.entry_id, other) == stored.article_id
    assert await store.articles.get(stored.article_id) == old
    assert await store.articles.revisions(stored.article_id) == []


async def test_an_article_is_revised_five_times_at_the_most(store: Store) -> None:
    stored = await stored_article(store)
    old = await store.articles.get(stored.article_id)
    for number in range(9):
        await store.articles.save_read(stored.entry_id, an_article(url=old.url, text=f"Version {number}."))
    assert (await store.articles.get(stored.article_id)).text == "Version 4."
    assert [r.number for r in await store.articles.revisions(stored.article_id)] == [1, 2, 3, 4, 5]


async def test_an_entry_that_cannot_be_read_again_leaves_its_article_as_it_was(store: Store) -> None:
    stored = await stored_article(store)
    await store.articles.read_failed(stored.entry_id, "404", None)
    changed = worded(1, key="k")
    await save_outcome(store, an_outcome(stored.feed.id, changed))
    assert (await store.claims.search(ClaimQuery(guild_id=GUILD), limit=9)).total == 1


async def test_what_was_extracted_from_a_text_that_changed_meanwhile_is_not_stored(store: Store) -> None:
    stored = await stored_article(store)
    await store.claims.save_extraction(stored.article_id, an_extraction(), text_read="An earlier text.")
    assert [each.article_id for each in await store.articles.to_extract(9)] == [stored.article_id]


async def test_http_and_https_are_one_article(store: Store) -> None:
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id, an_entry(), an_entry()))
    first, second = await store.articles.entries_to_read(NOON, 9)
    article_id = await store.articles.save_read(first.entry_id, an_article(url="http://news.example/a"))
    assert await store.articles.save_read(second.entry_id, an_article(url="https://news.example/a")) == article_id


async def test_a_purged_entry_does_not_return(store: Store, clock: SetClock) -> None:
    stored = await stored_article(store, grouped=True)
    entry = worded(5, published_at=None)
    await save_outcome(store, an_outcome(stored.feed.id, entry))
    await read_all(store)
    clock.advance(days=401)
    fresh = worded(6, published_at=clock.now)
    await save_outcome(store, an_outcome(stored.feed.id, fresh, polled_at=clock.now))
    await read_all(store)
    assert await steps.purge(store, clock) == 4
    assert await steps.purge(store, clock) == 0
    assert (await store.claims.search(ClaimQuery(), limit=9)).total == 0
    with pytest.raises(NotFound):
        await store.articles.get(stored.article_id)
    assert await store.stories.profiles(NOON - timedelta(days=999)) == []
    again = replace(entry, key="renamed", title="Renamed")
    saved = await save_outcome(store, an_outcome(stored.feed.id, entry, again, fresh, polled_at=clock.now))
    assert (saved.new_entries, saved.kept_back) == (0, 0)
    clock.advance(hours=2)
    assert await steps.purge(store, clock) == 0


async def test_the_entries_of_a_feed_that_nobody_has_go_after_a_month(store: Store, clock: SetClock) -> None:
    stored = await stored_article(store)
    await store.guilds.detach(GUILD, stored.feed.id)
    assert (await store.retention.purge(NOON + timedelta(days=29))).total == 0
    assert (await store.retention.purge(NOON + timedelta(days=31))).total == 2
    await store.guilds.attach(GUILD, stored.feed.id, USER, limit=9)
    with pytest.raises(NotFound):
        await store.articles.get(stored.article_id)


async def poll_moved(store: Store, feed_id: int, to: str | None, *hours: float) -> int | None:
    merged = None
    for hour in hours:
        at = NOON + timedelta(hours=hour)
        outcome = an_outcome(feed_id, polled_at=at, moved_to=to, status=PollStatus.NOT_MODIFIED, feed=None)
        (saved,) = await store.feeds.save_outcomes([outcome])
        merged = merged or saved.merged_into
    return merged


async def test_a_permanent_redirect_is_followed_once_it_has_held_for_two_days(store: Store) -> None:
    feed = await an_attached_feed(store, url="https://old.example/rss")
    new = "https://new.example/rss"
    await poll_moved(store, feed.id, new, 0, 24, 47)
    assert (await store.feeds.get(feed.id)).url == feed.url
    await poll_moved(store, feed.id, None, 47.5)
    await poll_moved(store, feed.id, new, 48, 72)
    assert (await store.feeds.get(feed.id)).url == feed.url
    await poll_moved(store, feed.id, "https://third.example/", 73)
    await poll_moved(store, feed.id, new, 74, 130)
    assert (await store.feeds.get(feed.id)).url == feed.url
    await poll_moved(store, feed.id, new, 131)
    assert (await store.feeds.get(feed.id)).url == new


async def test_feeds_that_turn_out_to_be_one_are_merged_and_nothing_is_shown_again(store: Store) -> None:
    old = await an_attached_feed(store, url="https://old.example/rss")
    new = await an_attached_feed(store, OTHER_GUILD, url="https://new.example/rss")
    shared, only_old = worded(1), worded(2)
    await save_outcome(store, an_outcome(old.id, shared, only_old))
    shown = await read_all(store)
    # The other feed's entry of the same key leads to an article of another address.
    await save_outcome(store, an_outcome(new.id, shared))
    (entry,) = await store.articles.entries_to_read(FAR, 9)
    twin = await store.articles.save_read(entry.entry_id, an_article())
    for article_id in (*shown, twin):
        await store.claims.save_extraction(article_id, an_extraction())
        await store.stories.save(article_id, None, {"dam": 1.0})
    mine = await a_subscription(store, feed_ids=[old.id])
    await put_digest(store, mine.id, NOON, [("n", {})], shown, FAR)
    merged = await poll_moved(store, old.id, new.url, 0, 30, 60)
    assert merged == new.id
    assert [feed.id for feed in await store.feeds.all()] == [new.id]
    assert [feed.id for feed in await store.guilds.feeds_of(GUILD)] == [new.id]
    assert [feed.id for feed in await store.guilds.feeds_of(OTHER_GUILD)] == [new.id]
    mine = await store.subscriptions.get(mine.id, GUILD)
    assert mine.selection.feed_ids == (new.id,)
    assert (
        await store.digests.unshown_articles(
            mine.selection, unshown_in=mine.plan.channel_id, since=NOON - timedelta(days=9), limit=9
        )
        == []
    )
    assert (await store.claims.search(ClaimQuery(guild_id=GUILD), limit=9)).total == 2
    saved = await save_outcome(store, an_outcome(new.id, shared, only_old))
    assert saved.new_entries == 0


async def test_hours_to_skip_are_known_to_polls_without_a_document(store: Store) -> None:
    feed = await an_attached_feed(store)
    document = a_feed(skip_hours=frozenset({1, 2}), skip_days=frozenset({6}))
    await save_outcome(store, an_outcome(feed.id, feed=document))
    await save_outcome(store, an_outcome(feed.id, status=PollStatus.NOT_MODIFIED, feed=None))
    (target,) = await store.feeds.targets([feed.id])
    assert (target.skip_hours, target.skip_days) == (frozenset({1, 2}), frozenset({6}))
