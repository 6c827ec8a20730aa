"""Entries that share a link: each that says something else is an article of its own."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from aiohttp import web

from bot.fetching.client import open_fetcher
from bot.model.feeds import ParsedEntry
from bot.runner import steps
from bot.store import Store
from bot.workers import Workers
from tests.factories import SetClock, an_attached_feed, an_outcome, save_outcome
from tests.integration.feeds.server import served

TEXTS = {
    "bridge": "The mayor said on Tuesday that the old bridge would stay closed until the spring, as two of its "
    "piers had cracked in the cold and nobody could say when the parts for them would come.",
    "ferry": "Engineers told the council that the new ferry could carry twelve cars at a time, and no lorries "
    "before the summer, because the ramp on the northern bank was too steep for them.",
    "school": "The school on the hill asked parents to bring warm clothes this week, the head teacher wrote, "
    "since the boiler had failed again and the plumber was busy elsewhere until Friday.",
}
FULL = "It was built in 1890 by the harbour board, and has been repaired four times since, the last time in 1987. "


def page(*texts: str) -> str:
    return f"<html><body><article>{''.join(f'<p>{text}</p>' for text in texts)}</article></body></html>"


async def articles_of(
    store: Store, clock: SetClock, links: Mapping[str, str | None]
) -> dict[str, tuple[str, str, str]]:
    """Read entries with these links, `{url}` being the server; return text, address and id of each article."""

    async def handler(request: web.Request) -> web.StreamResponse:
        pages = {
            "/changelog": page(*TEXTS.values()),
            "/": page(
                "Welcome to the village. " * 9, "Here is what we do, and how you can reach us by post. " * 4
            ),
            "/bridge": page(TEXTS["bridge"], FULL * 3),
        }
        found = pages.get(request.path)
        return web.Response(text=found or "gone", status=200 if found else 404, content_type="text/html")

    workers = Workers(1, 20.0, 2048)
    async with served(handler) as url, open_fetcher("Hearsay", allow_private=True) as fetcher:
        feed = await an_attached_feed(store)
        given = [
            ParsedEntry(
                f"guid {name}", link and link.format(url=url), name, html=f"<p>{TEXTS[name.split()[0]]}</p>"
            )
            for name, link in links.items()
        ]
        await save_outcome(store, an_outcome(feed.id, *given))
        clock.now += timedelta(minutes=1)
        try:
            await steps.read_entries(store, fetcher, workers, clock)
        finally:
            await workers.close()
        found = {}
        for entry in await store.entry_states.entry_states(feed.id, 99):
            if entry.article_id is not None:
                article = await store.articles.get(entry.article_id)
                found[entry.title] = (article.text, article.url.replace(url, ""), str(entry.article_id))
        return found


@pytest.mark.parametrize(
    "links",
    [
        dict.fromkeys(TEXTS, "{url}/changelog"),
        {name: "{url}/changelog#" + name for name in TEXTS},
        dict.fromkeys(TEXTS, "{url}/"),
        dict.fromkeys(TEXTS, "{url}/N/A"),
        dict.fromkeys(TEXTS),
    ],
    ids=["one page", "fragments of one page", "the front page", "a page that is not there", "no link"],
)
async def test_entries_that_share_a_link_are_articles_of_their_own(
    store: Store, clock: SetClock, links: Mapping[str, str | None]
) -> None:
    found = await articles_of(store, clock, links)
    assert {name: text for name, (text, _, _) in found.items()} == TEXTS
    assert len({article for _, _, article in found.values()}) == len(TEXTS)
    for name, (_, address, _) in found.items():
        assert (links[name] or "https://").format(url="") in address


async def test_the_page_serves_the_only_entry_whose_words_it_holds(store: Store, clock: SetClock) -> None:
    found = await articles_of(store, clock, {"bridge": "{url}/bridge", "ferry": "{url}/bridge"})
    assert FULL.strip() in found["bridge"][0]
    assert found["ferry"][0] == TEXTS["ferry"]


async def test_entries_with_the_same_words_are_one_article(store: Store, clock: SetClock) -> None:
    found = await articles_of(store, clock, {"bridge": "{url}/bridge#1", "bridge again": "{url}/bridge#2"})
    assert len({article for _, _, article in found.values()}) == 1
    assert FULL.strip() in found["bridge"][0]


async def test_an_article_of_its_own_stays_one_when_its_entry_is_read_again(store: Store, clock: SetClock) -> None:
    links = dict.fromkeys(TEXTS, "{url}/changelog")
    before = await articles_of(store, clock, links)
    after = await articles_of(store, clock, links)
    assert {name: article for name, (_, _, article) in before.items()} == {
        name: article for name, (_, _, article) in after.items()
    }
