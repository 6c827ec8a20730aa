"""Pages that people have read: robots, pauses, what a host may take, and many who ask at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import open_services
from bot.articles.manners import Manners
from bot.clock import utc_now
from bot.errors import LimitReached, PageDisallowed
from bot.fetching.canonical_url import host_of
from bot.fetching.host_budget import HostBudget
from bot.model.readings import Reading
from bot.services.engine import Services
from bot.services.read_sources import typed_source
from bot.services.reading_desk import ReadingDesk
from bot.services.readings import reading_of
from config.settings import Settings
from tests.factories import GUILD, OTHER_GUILD, USER
from tests.integration.feeds.server import served

GERMAN = (
    "Der Damm von Dunmore hält nach Angaben der Bürgermeisterin bis zum Frühjahr. Niemand müsse das Tal "
    "verlassen, sagte sie am Montag vor der Presse. Die Tore seien im vergangenen Jahr repariert worden, und das "
    "Wasser stehe niedriger als sonst um diese Zeit. Der Gemeinderat will in der kommenden Woche darüber beraten."
)
"""In a language in which nothing is looked for, so that no model is needed."""


def page(text: str = GERMAN, head: str = "") -> str:
    return f"<html lang=de><head><title>Der Damm</title>{head}</head><body><article><p>{text}</article></html>"


class Site:
    """What a site answers at each path, and which paths were asked for."""

    def __init__(self, **pages: str) -> None:
        self.pages = {f"/{name}": page for name, page in pages.items()}
        self.robots = ""
        self.visits: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(text=self.robots)
        self.visits.append(request.path)
        await self.open.wait()
        body = self.pages.get(request.path)
        return web.Response(text=body, content_type="text/html") if body else web.Response(status=404)


@pytest.fixture
async def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Services]:
    monkeypatch.chdir(tmp_path)
    async with open_services(Settings(data_dir=tmp_path, allow_private_addresses=True)) as made:
        yield made


async def read(services: Services, url: str, user_id: int = USER) -> Reading:
    return await reading_of(services, typed_source(url), guild_id=None, user_id=user_id)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - a request that arrives tells nobody
            await asyncio.sleep(0.01)


async def test_a_page_that_robots_are_kept_off_is_not_fetched(services: Services) -> None:
    site = Site(open=page(), secret=page())
    site.robots = "User-agent: *\nDisallow: /secret"
    async with served(site.answer) as url:
        with pytest.raises(PageDisallowed):
            await read(services, f"{url}/secret")
        assert site.visits == []
        assert (await read(services, f"{url}/open")).title.startswith("Der Damm")


async def test_a_host_that_took_too_much_time_waits_and_the_person_is_told_until_when(services: Services) -> None:
    budget = HostBudget(seconds=1e-6)
    site = Site(one=page(), two=page())
    async with served(site.answer) as url:
        scarce = replace(services, page_budget=budget)
        await read(scarce, f"{url}/one")
        assert budget.exceeded() == {host_of(url)}, "what people have read counts"
        with pytest.raises(LimitReached, match=r"have taken too much time of late. Ask again <t:\d+:R>"):
            await read(scarce, f"{url}/two")
        assert (await read(scarce, f"{url}/one")).title.startswith("Der Damm"), (
            "what was read answers all the same"
        )
    assert site.visits == ["/one"]


async def test_many_who_ask_for_one_page_at_once_have_it_read_once_and_one_of_them_pays(
    services: Services,
) -> None:
    site = Site(one=page(), two=page(), three=page(), four=page())
    site.open.clear()
    narrow = replace(services, readings=ReadingDesk(an_hour=1))
    async with served(site.answer) as url:
        asking = [asyncio.create_task(read(narrow, f"{url}/one", user_id)) for user_id in (1, 2, 3)]
        await until(lambda: site.visits)
        asking[0].cancel()
        site.open.set()
        gone, *answers = await asyncio.gather(*asking, return_exceptions=True)
        assert isinstance(gone, asyncio.CancelledError)
        assert answers[0] == answers[1]
        assert isinstance(answers[0], Reading)
        assert site.visits == ["/one"]
        assert narrow.readings.under_way == {}
        limited = 0
        for user_id, path in ((1, "two"), (2, "three"), (3, "four")):
            try:
                await read(narrow, f"{url}/{path}", user_id)
            except LimitReached as error:
                assert "which is the limit" in error.message
                limited += 1
        assert limited == 1


async def test_what_cannot_be_read_is_told_to_all_who_wait_and_tried_again_when_asked_again(
    services: Services,
) -> None:
    site = Site()
    site.open.clear()
    async with served(site.answer) as url:
        asking = [asyncio.create_task(read(services, f"{url}/one", user_id)) for user_id in (1, 2)]
        await until(lambda: site.visits)
        site.open.set()
        failed = await asyncio.gather(*asking, return_exceptions=True)
        assert [str(error) for error in failed] == [str(failed[0])] * 2
        assert "404" in str(failed[0])
        site.pages["/one"] = page()
        assert (await read(services, f"{url}/one")).title.startswith("Der Damm")


class PausingManners(Manners):
    """Those of sites of which one asks for a long pause between its pages."""

    slow = ""

    async def turn(self, url: str) -> timedelta | None:
        if self.slow and url.startswith(self.slow):
            await asyncio.Event().wait()
        return await super().turn(url)


async def test_a_site_that_asks_for_pauses_keeps_nobody_from_other_pages(services: Services) -> None:
    manners = PausingManners(services.fetcher, utc_now)
    site, other = Site(one=page(), two=page(), three=page()), Site(one=page())
    async with served(site.answer) as slow, served(other.answer, "127.0.0.2") as quick:
        manners.slow = slow
        busy = replace(services, manners=manners)
        waiting = [asyncio.create_task(read(busy, f"{slow}/{name}")) for name in ("one", "two", "three")]
        await until(lambda: len(busy.readings.under_way) == 3)
        async with asyncio.timeout(20):
            assert (await read(busy, f"{quick}/one")).title.startswith("Der Damm")
        for task in [*waiting, *busy.readings.under_way.values()]:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_page_answers_for_no_other_address_than_its_own(services: Services) -> None:
    site = Site(story=page())
    async with served(site.answer) as url:
        site.pages["/trap"] = page(f"Alles erfunden. {GERMAN}", f"<link rel=canonical href='{url}/story'>")
        await read(services, f"{url}/trap")
        honest = await read(services, f"{url}/story")
    assert site.visits == ["/trap", "/story"]
    assert honest.url == f"{url}/story"


async def test_slow_pages_of_one_server_keep_nobody_else_from_reading(services: Services) -> None:
    site, other = Site(one=page(), two=page(), three=page()), Site(one=page())
    site.open.clear()
    busy = replace(services, readings=ReadingDesk(places=3, of_one=2))
    async with served(site.answer) as slow, served(other.answer, "127.0.0.2") as quick:

        async def asked(address: str, guild_id: int, user_id: int) -> Reading:
            return await reading_of(busy, typed_source(address), guild_id=guild_id, user_id=user_id)

        waiting = [asyncio.create_task(asked(f"{slow}/{name}", GUILD, USER)) for name in ("one", "two")]
        await until(lambda: len(busy.readings.under_way) == 2)
        with pytest.raises(LimitReached, match="2 pages or texts are being read here already"):
            await asked(f"{slow}/three", GUILD, USER + 1)
        assert (await asked(f"{quick}/one", OTHER_GUILD, USER)).title.startswith("Der Damm")
        waiting.append(asyncio.create_task(asked(f"{slow}/three", OTHER_GUILD, USER)))
        await until(lambda: len(busy.readings.under_way) == 3)
        with pytest.raises(LimitReached, match="Ask again in a minute"):
            await asked(f"{quick}/two", OTHER_GUILD, USER)
        site.open.set()
        assert {answer.title[:8] for answer in await asyncio.gather(*waiting)} == {"Der Damm"}
        other.pages["/two"] = page()
        assert (await asked(f"{quick}/two", GUILD, USER)).title.startswith("Der Damm"), "the places are free again"
