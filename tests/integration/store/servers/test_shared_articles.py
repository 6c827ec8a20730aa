"""Digests that are composed in one go read what they share once, and show what each would show alone."""

from datetime import timedelta
from functools import partial

import pytest

from bot.model.digests import Selection
from bot.model.queries import ClaimQuery
from bot.model.reports import Decision
from bot.store import Store
from bot.store.servers import shared_articles
from tests.factories import GUILD, NOON, OTHER_GUILD, USER, an_article, an_attached_feed, said, stored_article

SERVERS = (GUILD, OTHER_GUILD, GUILD + 77, GUILD + 78)


async def four_servers(store: Store) -> list[Selection]:
    """Give four servers one feed with two articles. One withdraws a claim, one splits the story, one renames."""
    stored = []
    for when in ("soon", "late"):
        text, extraction = said(f"We will open it {when}", "Ada Quist")
        article = an_article(url=f"https://news.example/{when}", text=text)
        stored.append(await stored_article(store, article=article, extraction=extraction))
    for guild_id in SERVERS[1:]:
        await an_attached_feed(store, guild_id)
    first, second = stored
    story = await store.stories.save(first.article_id, None, {"dam": 1.0})
    await store.stories.save(second.article_id, story, {"dam": 1.0})
    (claim, _) = (await store.claims.search(ClaimQuery(OTHER_GUILD), limit=5)).claims
    await store.claim_decisions.decide(OTHER_GUILD, claim.id, Decision.WITHDRAWN, USER)
    await store.story_changes.split(SERVERS[2], story, [first.article_id], USER)
    assert claim.actor_id is not None
    await store.actor_changes.rename(SERVERS[3], claim.actor_id, "Ada of the dam", USER)
    return [Selection(guild_id, least) for guild_id in SERVERS for least in (0.0, 0.5)]


@pytest.mark.parametrize("most", [1, 2_000])
async def test_each_server_gets_what_it_would_get_alone(
    store: Store, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_articles, "MOST_SHARED", most)
    selections = await four_servers(store)
    shared = await store.digests.shared_by(SERVERS)
    unshown = partial(store.digests.unshown_articles, since=NOON - timedelta(days=1), limit=9)
    together = [await unshown(selection, shared=shared) for selection in (*selections, *selections)]
    alone = [await unshown(selection) for selection in selections]
    assert together == alone + alone
    seen = [({a.story_id for a in articles}, sum(len(a.claims) for a in articles)) for articles in alone]
    assert [(len(stories), claims) for stories, claims in seen[::2]] == [(1, 2), (1, 1), (2, 2), (1, 2)]
    names = [{claim.actor for article in articles for claim in article.claims} for articles in alone]
    assert names[::2] == [{"Ada Quist"}] * 3 + [{"Ada of the dam"}]
