"""The endpoint for hubs (WebSub): they confirm that a subscription is intended, and push new entries.

Each feed has an address of its own that only its hub knows; no body is read for anybody else. A push is
acknowledged as soon as its signature has been checked. One with a wrong signature is acknowledged in the same way,
so that nothing can be learnt from the answer, and ignored (section 7.1).
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from time import monotonic

import structlog
from aiohttp import hdrs, web

from bot.clock import Clock
from bot.errors import HearsayError
from bot.feeds.websub import is_weaker, may_be_read, reply_to, signature_method
from bot.http_server import serve_app
from bot.metrics import Metrics
from bot.model.websub import HubState, HubSubscription
from bot.runner.allowances import Allowance, Allowances
from bot.runner.pushes import Inbox, Push
from bot.store import Store

log = structlog.get_logger(__name__)

REQUESTS_A_SECOND = 50.0
REQUESTS_AT_ONCE = 200
"""The burst of requests allowed before the rate counts, from all hubs together."""
PUSHES_A_SECOND = 0.1
PUSHES_AT_ONCE = 20
"""The same for the pushes of one feed."""
BODIES_AT_ONCE = 8
"""Bodies that are received at the same time, one for each feed; their size bounds the memory."""
BODY_S = 15.0
"""Seconds that a body may take to arrive."""
KEPT_S = 60.0
"""Seconds that an idle connection is kept."""
SIGNED_APART = 100_000
"""From this size on, in bytes, signatures are computed in a thread, so as not to block the event loop."""
_OVER = (HubState.LEAVING, HubState.DENIED)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Refused(Exception):
    """A push is refused with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class PushEndpoint:
    """Answers hubs. `now` gives the seconds of a clock that never goes back, for the limits."""

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        metrics: Metrics,
        clock: Clock,
        *,
        max_bytes: int,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._metrics = metrics
        self._clock = clock
        self._max_bytes = max_bytes
        self._now = now
        self._all = Allowance(REQUESTS_A_SECOND, REQUESTS_AT_ONCE, now())
        self._feeds = Allowances(PUSHES_A_SECOND, PUSHES_AT_ONCE)
        self._receiving: set[int] = set()

    def application(self) -> web.Application:
        """Return the routes as an application."""
        app = web.Application()
        path = "/websub/{feed_id:[0-9]{1,18}}/{token:[A-Za-z0-9_-]{1,128}}"  # as in `callback_path`
        app.router.add_get(path, self._guarded(self._verify), allow_head=False)
        app.router.add_post(path, self._guarded(self._push))
        return app

    def _guarded(
        self, answer: Callable[[web.Request, HubSubscription | None], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Return a handler that enforces the limit and finds the subscription of an address."""

        async def handler(request: web.Request) -> web.Response:
            if not self._all.take(self._now()):
                return _answer(429, retry_after=1)
            try:
                return await answer(request, await self._subscription(request))
            except HearsayError as error:
                log.warning("hub not answered", error=str(error))
                return _answer(503, retry_after=60)
            except ConnectionError:
                raise  # the hub has left
            except Exception:
                log.exception("hub not answered")
                return _answer(500)

        return handler

    async def _subscription(self, request: web.Request) -> HubSubscription | None:
        found = await self._store.hub_subscriptions.get(int(request.match_info["feed_id"]))
        given = request.match_info["token"].encode()
        known = found.token.encode() if found else b"\0" * len(given)
        return found if hmac.compare_digest(known, given) else None

    async def _verify(self, request: web.Request, subscription: HubSubscription | None) -> web.Response:
        if subscription is None:
            return _answer(404)
        reply = reply_to(subscription, request.query, self._clock())
        if reply.subscription is None:
            await self._store.hub_subscriptions.end(subscription)
        elif reply.subscription is not subscription and not await self._store.hub_subscriptions.save(
            reply.subscription, before=subscription
        ):
            return _answer(503, retry_after=60)  # it changed in the meantime: the hub may ask again
        return _answer(reply.status, reply.text)

    async def _push(self, request: web.Request, subscription: HubSubscription | None) -> web.Response:
        if subscription is None or not subscription.wanted or subscription.state in _OVER:
            return self._counted("unknown", _answer(410))
        feed_id = subscription.feed_id
        if not self._feeds.of(feed_id, self._now()).take(self._now()):
            return self._counted("limited", _answer(429, retry_after=int(1 / PUSHES_A_SECOND)))
        if len(self._receiving) >= BODIES_AT_ONCE or feed_id in self._receiving:
            return self._counted("limited", _answer(503, retry_after=10))
        self._receiving.add(feed_id)
        try:
            body = await self._body(request)
        except _Refused as refused:
            return self._counted("refused", _answer(refused.status))
        finally:
            self._receiving.discard(feed_id)
        return await self._received(request, subscription, body)

    async def _body(self, request: web.Request) -> bytes:
        """Return the body. Raises _Refused if it is too large, too slow or compressed."""
        if request.headers.get(hdrs.CONTENT_ENCODING, "identity").strip().lower() not in ("", "identity"):
            raise _Refused(415)  # hubs announce neither whether they sign nor the uncompressed size
        if (request.content_length or 0) > self._max_bytes:
            raise _Refused(413)
        parts = bytearray()
        try:
            async with asyncio.timeout(BODY_S):
                async for part in request.content.iter_any():
                    parts += part
                    if len(parts) > self._max_bytes:
                        raise _Refused(413)
        except TimeoutError:
            raise _Refused(408) from None
        return bytes(parts)

    async def _received(self, request: web.Request, subscription: HubSubscription, body: bytes) -> web.Response:
        fields = request.headers.getall("X-Hub-Signature", [])
        if len(body) > SIGNED_APART:
            method = await asyncio.to_thread(signature_method, subscription.secret, body, fields)
        else:
            method = signature_method(subscription.secret, body, fields)
        if method is None or is_weaker(method, subscription.method) or subscription.state is not HubState.ACTIVE:
            return self._counted("ignored", _answer(202))
        to_read = may_be_read(subscription) and self._inbox.takes(subscription.feed_id, len(body))
        await self._store.hub_subscriptions.note_push(subscription.feed_id, method, to_read=to_read)
        if to_read:
            self._inbox.put(Push(subscription.feed_id, body, request.headers.get(hdrs.CONTENT_TYPE)))
            return self._counted("accepted", _answer(202))
        return self._counted("left_to_poll", _answer(202))

    def _counted(self, result: str, response: web.Response) -> web.Response:
        self._metrics.hub_pushes.labels(result).inc()
        return response


def _answer(status: int, text: str = "", *, retry_after: int | None = None) -> web.Response:
    headers = dict(_HEADERS)
    if retry_after is not None:
        headers[hdrs.RETRY_AFTER] = str(retry_after)
    return web.Response(status=status, text=text, content_type="text/plain", headers=headers)


def serve_pushes(endpoint: PushEndpoint, address: str) -> AbstractAsyncContextManager[str]:
    """Serve `endpoint` at `address` ("host:port"); give the base URL. Raises SettingsError if that fails."""
    return serve_app(
        endpoint.application(),
        address,
        setting="HEARSAY_PUBLIC_LISTEN",
        auto_decompress=False,
        keepalive_timeout=KEPT_S,
        lingering_time=0,
        # aiohttp would log every request that is not HTTP, with a traceback: anybody could fill the disk
        logger=logging.Logger("push endpoint", logging.CRITICAL + 1),
    )
