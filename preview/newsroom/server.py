"""The newsroom's server: feeds, pages, validators, and faults on demand, on loopback."""

import asyncio
import gzip
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from itertools import islice
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.clock import Clock, utc_now
from bot.errors import NotFound
from preview.newsroom.article import Article, Draft, article_of, drafts
from preview.newsroom.diary import diary
from preview.newsroom.faults import SHORT_ANSWERS, Fault, flood, misencoded, short_answer, silence
from preview.newsroom.feeds import feed_document
from preview.newsroom.outlets import OUTLETS, Outlet
from preview.newsroom.pages import article_page, home_page, index_page
from preview.newsroom.pictures import picture

_HOST = "127.0.0.1"
_MOVED = "moved/feed"
_WORTH_COMPRESSING = 1000


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that came in, and the status of its answer."""

    path: str
    status: int
    user_agent: str


class Newsroom:
    """Four outlets on loopback, with articles dated back from the moment of opening.

    An async context manager; within it `url` and `feeds` give the addresses. `publish` releases held-back
    articles; `break_feed` and `fix_feed` control faults; `visits` has every request in the order of arrival.
    """

    def __init__(self, clock: Clock = utc_now, port: int = 0) -> None:
        """Take the time from `clock`; listen on `port`, or on a free one."""
        self.visits: list[Visit] = []
        self._clock = clock
        self._port = port
        self._start: datetime = clock()
        self._articles: dict[str, Article] = {}
        self._held: dict[str, Draft] = {}
        self._columns = diary()
        self._faults: dict[str, Fault] = {}
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Date the articles and start serving."""
        self._start = self._clock()
        for draft in drafts().values():
            if draft.held:
                self._held[draft.slug] = draft
            else:
                self._articles[draft.slug] = article_of(draft, self._start, self._start - draft.age)
        self._closing.clear()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Release hanging requests and close."""
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """The newsroom's address, without a slash at the end; each outlet has a folder below it."""
        return f"http://{_HOST}:{self._port}"

    @property
    def feeds(self) -> list[tuple[str, str]]:
        """Title and address of every outlet's feed."""
        return [(outlet.title, self.feed_url(outlet.key)) for outlet in OUTLETS.values()]

    @property
    def articles(self) -> list[Article]:
        """Everything that is published, newest first."""
        return sorted(self._articles.values(), key=lambda article: article.published_at, reverse=True)

    @property
    def held(self) -> list[str]:
        """The slugs of the articles that can still be published."""
        return list(self._held)

    def articles_of(self, outlet: str) -> list[Article]:
        """Everything that the outlet has published, newest first."""
        return [article for article in self.articles if article.outlet.key == outlet]

    def feed_url(self, outlet: str) -> str:
        """Return the address of the outlet's feed; raise NotFound for an outlet that does not exist."""
        return f"{self.url}/{outlet}/{_outlet(outlet).feed_path}"

    def article_url(self, slug: str) -> str:
        """Return the address of a published article; raise NotFound if there is none."""
        if slug not in self._articles:
            raise NotFound(f"The newsroom has published no article “{slug}”.")
        return self.url + self._articles[slug].path

    def print_columns(self, number: int) -> int:
        """Publish up to `number` more columns of the harbour diary, dated back. Return how many there were."""
        some = list(islice(self._columns, number))
        for draft in some:
            self._articles[f"{draft.outlet.key}/{draft.slug}"] = article_of(
                draft, self._start, self._start - draft.age
            )
        return len(some)

    def publish(self, slug: str) -> Article:
        """Publish a held-back article, dated now; raise NotFound if there is none with that name."""
        if slug not in self._held:
            raise NotFound(f"The newsroom holds back no article “{slug}”.")
        article = article_of(self._held.pop(slug), self._start, self._clock())
        self._articles[slug] = article
        return article

    def break_feed(self, outlet: str, how: Fault | str) -> None:
        """Make the outlet fail in this way until it is fixed; raise NotFound or ValueError for unknown names."""
        self._faults[_outlet(outlet).key] = Fault(how)

    def fix_feed(self, outlet: str) -> None:
        """Make the outlet work again."""
        self._faults.pop(outlet, None)

    def _app(self) -> web.Application:
        app = web.Application()
        app.on_response_prepare.append(self._note_visit)
        app.router.add_get("/", self._index)
        app.router.add_get("/robots.txt", _robots)
        app.router.add_get("/{outlet}/", self._home)
        app.router.add_get("/{outlet}/pictures/{slug}.png", _picture)
        app.router.add_get("/{outlet}/{path:.+}", self._feed_or_article)
        return app

    async def _note_visit(self, request: web.Request, response: web.StreamResponse) -> None:
        agent = request.headers.get("User-Agent", "")
        self.visits.append(Visit(request.path, response.status, agent))

    async def _index(self, request: web.Request) -> web.Response:
        return _page(request, index_page(self.url))

    async def _home(self, request: web.Request) -> web.Response:
        outlet = _requested(request)
        return _page(request, home_page(outlet, self.articles_of(outlet.key), self.url))

    async def _feed_or_article(self, request: web.Request) -> web.StreamResponse:
        outlet = _requested(request)
        path = request.match_info["path"]
        if path == outlet.feed_path:
            fault = self._faults.get(outlet.key)
            return await self._feed(request, outlet, fault)
        if path == _MOVED:
            return await self._feed(request, outlet, None)
        for article in self.articles_of(outlet.key):
            if article.path == request.path:
                return self._article(request, article)
        raise web.HTTPNotFound

    async def _feed(self, request: web.Request, outlet: Outlet, fault: Fault | None) -> web.StreamResponse:
        if fault is Fault.TIMEOUT:
            return await silence(self._closing)
        if fault is Fault.HUGE:
            return await flood(request, outlet.feed_type)
        if fault in SHORT_ANSWERS:
            return short_answer(fault, moved_to=f"{self.url}/{outlet.key}/{_MOVED}")
        articles = self.articles_of(outlet.key)
        document = feed_document(outlet, articles, self.url)
        content_type = f"{outlet.feed_type}; charset=utf-8"
        if fault is Fault.BAD_ENCODING:
            return web.Response(body=misencoded(document), headers={"Content-Type": content_type})
        newest = articles[0].published_at
        return _conditional(
            request,
            document,
            content_type=content_type,
            etag=outlet.etag,
            changed_at=newest if outlet.last_modified else None,
        )

    def _article(self, request: web.Request, article: Article) -> web.Response:
        others = [other for other in self.articles_of(article.outlet.key) if other.slug != article.slug]
        empty = self._faults.get(article.outlet.key) is Fault.EMPTY_ARTICLE
        return _page(request, article_page(article, others, self.url, empty=empty))


def _outlet(key: str) -> Outlet:
    if key not in OUTLETS:
        raise NotFound(f"The newsroom has no outlet “{key}”; it has {', '.join(OUTLETS)}.")
    return OUTLETS[key]


def _requested(request: web.Request) -> Outlet:
    try:
        return _outlet(request.match_info["outlet"])
    except NotFound as error:
        raise web.HTTPNotFound from error


async def _robots(_request: web.Request) -> web.Response:
    return web.Response(text="User-agent: *\nDisallow: /search\nAllow: /\n")


async def _picture(request: web.Request) -> web.Response:
    return web.Response(body=picture(request.match_info["slug"]), content_type="image/png")


def _page(request: web.Request, page: str) -> web.Response:
    return _conditional(request, page.encode(), content_type="text/html; charset=utf-8")


def _conditional(
    request: web.Request,
    body: bytes,
    *,
    content_type: str,
    etag: bool = True,
    changed_at: datetime | None = None,
) -> web.Response:
    """Answer with the body, or with 304 if the client has it.

    If-None-Match outranks If-Modified-Since (RFC 9110, 13.1.3).
    """
    headers = {"Content-Type": content_type, "Vary": "Accept-Encoding"}
    tag = hashlib.sha256(body).hexdigest()[:20]
    if etag:
        # Weak, because the compressed response has the same tag as the plain one.
        headers["ETag"] = f'W/"{tag}"'
    if changed_at:
        headers["Last-Modified"] = format_datetime(changed_at, usegmt=True)
    if etag and request.if_none_match is not None:
        known = any(given.value in (tag, "*") for given in request.if_none_match)
    else:
        since = request.if_modified_since
        known = changed_at is not None and since is not None and changed_at <= since
    if known:
        return web.Response(status=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(body) > _WORTH_COMPRESSING:
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, mtime=0)
    return web.Response(body=body, headers=headers)
