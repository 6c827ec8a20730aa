"""Trying a feed now: the answer for a feed that has moved."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import open_services
from bot.services.engine import Services
from bot.services.explanations import check_feed
from config.settings import Settings
from tests.integration.feeds.server import Handler, served

FEED = (
    b"<rss version='2.0'><channel><title>News</title><item><title>t</title><guid>1</guid></item></channel></rss>"
)
FRONT = b"<html><head><link rel=alternate type=application/rss+xml href=/new/rss></head><body><p>Hello</html>"
SHELL = b"<html><head></head><body><div id=root></div><script src=/app.js></script></html>"


@pytest.fixture
async def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Services]:
    monkeypatch.chdir(tmp_path)
    async with open_services(Settings(data_dir=tmp_path, allow_private_addresses=True)) as made:
        yield made


def site(pages: dict[str, bytes]) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        body = pages.get(request.path)
        return web.Response(body=body, content_type="text/html") if body is not None else web.Response(status=404)

    return handler


@pytest.mark.parametrize("pages", [{}, {"/old/rss": SHELL}], ids=["gone", "page"])
async def test_a_feed_that_moved_is_found_on_its_site(pages: dict[str, bytes], services: Services) -> None:
    async with served(site(pages | {"/": FRONT, "/new/rss": FEED})) as url:
        feed = await services.store.feeds.add(f"{url}/old/rss", kept_by_host=True)
        steps = (await check_feed(services, None, str(feed.id))).steps
    (elsewhere,) = [step for step in steps if step.name == "Elsewhere"]
    assert elsewhere.told == f"The site names the feed “News”: {url}/new/rss – `/feed add` adds it."


async def test_a_feed_whose_site_is_known_is_found_there(services: Services) -> None:
    async with served(site({"/": FRONT, "/new/rss": FEED})) as here, served(site({})) as there:
        feed = await services.store.feeds.add(f"{there}/rss", site_url=f"{here}/", kept_by_host=True)
        steps = (await check_feed(services, None, str(feed.id))).steps
    assert f"{here}/new/rss" in next(step.told for step in steps if step.name == "Elsewhere")


@pytest.mark.parametrize("pages", [{}, {"/old/rss": SHELL}, {"/": SHELL}], ids=["gone", "page", "front"])
async def test_a_feed_that_is_nowhere_is_not_found(pages: dict[str, bytes], services: Services) -> None:
    async with served(site(pages)) as url:
        feed = await services.store.feeds.add(f"{url}/old/rss", kept_by_host=True)
        check = await check_feed(services, None, str(feed.id))
    assert "Elsewhere" not in [step.name for step in check.steps]
    assert not check.steps[-2].passed
