"""Fetching: one session for feeds and pages, with every limit that a hostile server makes necessary."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

import aiohttp
from aiohttp import hdrs
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDictProxy
from yarl import URL

from bot import __version__
from bot.clock import Clock, utc_now
from bot.errors import AddressRefused, FetchFailed, TooLarge
from bot.feeds.addresses import PrivateAddress, checked_url, public_socket
from bot.feeds.deadlines import Deadlines
from bot.feeds.hosts import HostSlots
from bot.feeds.values import Validators

FEED_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5"

CONNECT_TIMEOUT = 10.0
REDIRECTS = 5
PER_HOST = 2
CHUNK = 65_536
LONGEST_RETRY_AFTER = timedelta(days=7)
PERMANENT = frozenset({301, 308})
REDIRECTING = frozenset({301, 302, 303, 307, 308})
ANSWERED = frozenset({200, 203, 226})

_STATUS_MESSAGES = {
    400: "The server does not understand the request (400). Is the address complete?",
    401: "The server asks for a password (401). Only public addresses can be read.",
    402: "The server asks for payment (402).",
    403: "The server refuses access (403). It may block bots.",
    404: "There is nothing at this address (404). Has it moved?",
    406: "The server does not offer this in a form that Hearsay reads (406).",
    408: "The server took too long (408).",
    410: "This was removed for good (410).",
    429: "The server asks to be left alone for a while (429).",
    451: "The server may not show this for legal reasons (451).",
    500: "The server has an internal error (500).",
    502: "The server is out of order (502).",
    503: "The server is overloaded or under maintenance (503).",
    504: "The server is out of order (504).",
}
_ERROR_MESSAGES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (  # the first that fits
    ((aiohttp.ClientConnectorDNSError,), "There is no server of this name. Check the address."),
    (
        (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError, ssl.SSLError),
        "The server's TLS certificate or encryption is not valid, so it cannot be trusted.",
    ),
    ((aiohttp.ConnectionTimeoutError,), "The server took too long to accept a connection."),
    ((aiohttp.ClientConnectorError,), "The server does not accept connections."),
    ((aiohttp.ClientPayloadError,), "The answer broke off or is damaged."),
    (
        (aiohttp.ServerDisconnectedError, ConnectionError),
        "The server closed the connection without an answer.",
    ),
    ((aiohttp.ClientResponseError,), "The server's answer is not valid HTTP."),
)
_LASTING = frozenset({400, 401, 402, 404, 405, 406, 410, 414, 451, 501, 505})
"""Statuses after which asking again soon is pointless."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: 200 with a body, or 304 without.

    `url` is where the body came from. `permanent_redirect` is where the first redirects, as long as they were
    permanent ones (301, 308), led to.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    permanent_redirect: str | None = None

    @property
    def not_modified(self) -> bool:
        """Whether the server says that nothing changed."""
        return self.status == 304

    @property
    def content_type(self) -> str | None:
        """The Content-Type, as sent."""
        return self.headers.get(hdrs.CONTENT_TYPE)

    @property
    def validators(self) -> Validators:
        """ETag and Last-Modified, byte-exact."""
        return Validators(self.headers.get(hdrs.ETAG), self.headers.get(hdrs.LAST_MODIFIED))


def user_agent(contact_url: str) -> str:
    """Return the name that Hearsay gives to servers, with where its host can be reached."""
    return f"Hearsay/{__version__} (+{contact_url})"


class Fetcher:
    """Fetches addresses over one aiohttp session. Made by `open_fetcher`."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        agent: str,
        allow_private: bool = False,
        timeout_s: float = 25.0,
        per_host: int = PER_HOST,
        clock: Clock = utc_now,
    ) -> None:
        self._session = session
        self._agent = agent
        self._allow_private = allow_private
        self._timeout_s = timeout_s
        self._deadlines = Deadlines()
        self._clock = clock
        self._slots = HostSlots(per_host)

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators = Validators(),  # noqa: B008 - frozen
        accept: str = FEED_ACCEPT,
        max_bytes: int = 5_000_000,
        subscribers: int = 0,
        max_redirects: int = REDIRECTS,
    ) -> Answer:
        """Return the answer of `url`, redirects followed; a 304 only where `validators` were sent.

        Raises AddressRefused (also when a redirect leads to a private address), TooLarge when the decompressed
        body has more than `max_bytes`, and FetchFailed, whose message tells a person what is wrong.
        """
        target = checked_url(url, allow_private=self._allow_private)
        headers = self._headers(validators, accept, subscribers)
        permanent: URL | None = None
        only_permanent = True
        seconds_left = self._timeout_s
        now = asyncio.get_running_loop().time
        slots = self._slots
        for _ in range(max_redirects + 1):
            # One hop at a time holds a place at its host; waiting for a place does not count as its time.
            host = target.host or ""
            if not slots.take_free(host):
                await slots.take(host)
            started = now()
            try:
                with self._deadlines.within(seconds_left):
                    answer = await self._hop(target, headers, max_bytes)
            except TimeoutError:
                raise FetchFailed("The server took too long to answer.") from None
            finally:
                slots.give_back(host)
            seconds_left -= now() - started
            if isinstance(answer, Answer):
                _check_answer(answer, conditional=bool(validators.etag or validators.last_modified))
                return replace(answer, permanent_redirect=str(permanent)) if permanent else answer
            target = checked_url(str(target.join(answer.location)), allow_private=self._allow_private)
            only_permanent = only_permanent and answer.status in PERMANENT
            if only_permanent:
                permanent = target
        raise FetchFailed(
            "The server redirects without end." if max_redirects else "The server redirects elsewhere.",
            retryable=False,
        )

    def _headers(self, validators: Validators, accept: str, subscribers: int) -> dict[str, str]:
        """Return what goes beyond the headers of the session."""
        headers: dict[str, str] = {}
        if subscribers > 0:
            headers[hdrs.USER_AGENT] = _agent_with(self._agent, subscribers)
        if accept != FEED_ACCEPT:
            headers[hdrs.ACCEPT] = accept
        if validators.etag:
            headers[hdrs.IF_NONE_MATCH] = validators.etag
        if validators.last_modified:
            headers[hdrs.IF_MODIFIED_SINCE] = validators.last_modified
        return headers

    async def _hop(self, target: URL, headers: dict[str, str], max_bytes: int) -> "Answer | _Redirect":
        try:
            async with self._session.get(target, headers=headers, allow_redirects=False) as response:
                if response.status == 304:
                    return Answer(304, str(target), response.headers, b"")
                if response.status in REDIRECTING:
                    redirect = _redirect(response)
                    response.close()
                    return redirect
                _check_status(response, self._clock())
                body = await _read(response, max_bytes)
                return Answer(response.status, str(target), response.headers, body)
        except TimeoutError:
            raise  # it is an OSError, too
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _plain(error) from error


@asynccontextmanager
async def open_fetcher(
    agent: str,
    *,
    allow_private: bool = False,
    timeout_s: float = 25.0,
    per_host: int = PER_HOST,
    clock: Clock = utc_now,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[Fetcher]:
    """Open a Fetcher with a session and connector of its own, and close both in the end.

    `agent` is the User-Agent (see `user_agent`); `allow_private` is for tests and the preview only. `resolver`
    stands in for the system's.
    """
    connector = aiohttp.TCPConnector(
        limit=0,  # whoever fetches bounds it: waiting for a connection would count as the server's time
        ttl_dns_cache=60,
        socket_factory=None if allow_private else public_socket,
        resolver=resolver,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        headers={"User-Agent": agent, "Accept": FEED_ACCEPT, "Accept-Encoding": "gzip, deflate"},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT),  # `Deadlines` has the total
        max_line_size=16_384,
        max_field_size=65_536,  # some news sites send policies beyond aiohttp's 8 kB
    ) as session:
        yield Fetcher(
            session,
            agent=agent,
            allow_private=allow_private,
            timeout_s=timeout_s,
            per_host=per_host,
            clock=clock,
        )


@lru_cache(maxsize=1024)
def _agent_with(agent: str, subscribers: int) -> str:
    if not agent.endswith(")"):
        return agent
    return f"{agent[:-1]}; {subscribers} subscriber{'s' * (subscribers > 1)})"


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: URL


def _redirect(response: aiohttp.ClientResponse) -> _Redirect:
    location = response.headers.get("Location", "").strip()
    if not location:
        raise FetchFailed("The server redirects, but does not say where.")
    try:
        return _Redirect(response.status, URL(location))
    except ValueError:
        raise FetchFailed("The server redirects to something that is no address.") from None


def _check_status(response: aiohttp.ClientResponse, now: datetime) -> None:
    status = response.status
    if status in ANSWERED:
        return
    wait = retry_after(response.headers, now)
    response.close()
    if response.headers.get("cf-mitigated", "").lower() == "challenge":
        raise FetchFailed(
            "The site shows a challenge page to programs, so it cannot be read by a bot. "
            "Ask the site to let feed readers through.",
            status=status,
        )
    message = _STATUS_MESSAGES.get(status)
    if message is None:
        message = f"The server is out of order ({status})." if status >= 500 else f"The server answered {status}."
    raise FetchFailed(message, status=status, retry_after=wait, retryable=status not in _LASTING)


def _check_answer(answer: Answer, *, conditional: bool) -> None:
    if answer.status == 304 and not conditional:
        raise FetchFailed("The server says that nothing changed, but was not asked (304).", status=304)
    if answer.status != 304 and not answer.body.strip():
        raise FetchFailed("The server sent an empty answer.", status=answer.status)


async def _read(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    too_large = TooLarge(
        f"The answer is larger than {max_bytes / 1_000_000:g} MB. Is this really a feed or an article?"
    )
    if (response.content_length or 0) > max_bytes:
        response.close()
        raise too_large
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):  # decompressed as it comes: a bomb ends here
        body += chunk
        if len(body) > max_bytes:
            response.close()
            raise too_large
    return bytes(body)


def _plain(error: Exception) -> FetchFailed | AddressRefused:
    """Say in words what went wrong between us and the server."""
    cause: BaseException = error
    if isinstance(error, aiohttp.ClientConnectorError):
        cause = error.os_error
    if isinstance(cause, PrivateAddress) or "not a public address" in str(cause):
        return AddressRefused()
    if isinstance(error, aiohttp.InvalidURL):
        return FetchFailed("This is not a web address.", retryable=False)
    return FetchFailed(next((message for kinds, message in _ERROR_MESSAGES if isinstance(error, kinds)), None))


def retry_after(headers: "CIMultiDictProxy[str] | Mapping[str, str]", now: datetime) -> timedelta | None:
    """Return how long the server asks to wait (RFC 9110, 10.2.3: seconds or a date), at most a week."""
    value = headers.get("Retry-After", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        wait = timedelta(seconds=min(int(value[:9]), LONGEST_RETRY_AFTER.total_seconds()))
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        wait = moment - now
    return min(max(wait, timedelta()), LONGEST_RETRY_AFTER)
