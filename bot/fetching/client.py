"""Fetching feeds and pages over one pool of connections, with the limits that hostile servers make necessary."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

import aiohttp
from aiohttp import hdrs
from aiohttp.abc import AbstractResolver

from bot import __version__
from bot.clock import Clock, utc_now
from bot.errors import AddressRefused, FetchFailed
from bot.fetching.address_guard import SCHEMES, public_socket
from bot.fetching.compression import ACCEPTED, unpacked, wire_hash
from bot.fetching.deadlines import Deadlines
from bot.fetching.exchange import Address, Addresses, Exchanges, GuardedConnector, header
from bot.fetching.failures import failure_of, refusal
from bot.fetching.host_clocks import HostClocks
from bot.fetching.host_slots import HostSlots
from bot.fetching.name_lookups import NameLookups
from bot.fetching.urls import parts_of, url_of
from bot.languages.translations import _
from bot.model.feeds import Validators

FEED_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5"

REDIRECTS = 5
PER_HOST = 2
PERMANENT = frozenset({301, 308})
REDIRECTING = frozenset({301, 302, 303, 307, 308})
FORM = "application/x-www-form-urlencoded"
FORM_REDIRECTING = frozenset({307, 308})
FORM_REDIRECTS = 3
ANSWERED = frozenset({200, 203, 226})
_NO_UTF8 = re.compile("[\udc80-\udcff]")
"""A byte of a header that is no UTF-8, as aiohttp gives it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: 200 with a body, or 304 without.

    `url` is where the body came from. `permanent_redirect` is where the first redirects, as long as they were
    permanent ones (301, 308), led to. `wire_hash` is that of a body that came compressed; where it is the one that
    was `known`, the body was not unpacked, and is empty here.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    permanent_redirect: str | None = None
    wire_hash: str | None = None
    same_body: bool = False

    @property
    def not_modified(self) -> bool:
        """Whether the server says that nothing changed (304)."""
        return self.status == 304

    @property
    def content_type(self) -> str | None:
        """The Content-Type, as sent."""
        return self.headers.get(hdrs.CONTENT_TYPE)

    @property
    def link_fields(self) -> tuple[str, ...]:
        """The `Link` header fields, as sent."""
        return tuple(value for name, value in self.headers.items() if name.lower() == "link")

    @property
    def validators(self) -> Validators:
        """ETag and Last-Modified, byte-exact; None for one that is no UTF-8, which could not be stored."""
        return Validators(_storable(self.headers.get(hdrs.ETAG)), _storable(self.headers.get(hdrs.LAST_MODIFIED)))


def user_agent(contact_url: str) -> str:
    """Return the User-Agent of Hearsay, with the address at which its operator can be reached."""
    return f"Hearsay/{__version__} (+{contact_url})"


class Fetcher:
    """Fetches addresses over the connections of one aiohttp connector. Made by `open_fetcher`."""

    def __init__(
        self,
        connector: GuardedConnector,
        *,
        agent: str,
        allow_private: bool = False,
        timeout_s: float = 25.0,
        per_host: int = PER_HOST,
        clock: Clock = utc_now,
    ) -> None:
        self._exchanges = Exchanges(connector)
        self._addresses = Addresses(allow_private=allow_private)
        self._agent = agent
        self._timeout_s = timeout_s
        self._deadlines = Deadlines()
        self._clock = clock
        self._slots = HostSlots(per_host)
        self._believes_hosts = not allow_private
        self.clocks = HostClocks()
        """What time other hosts say it is; none if this is a preview or a test."""

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators = Validators(),  # noqa: B008 - frozen
        accept: str = FEED_ACCEPT,
        max_bytes: int = 5_000_000,
        subscribers: int = 0,
        max_redirects: int = REDIRECTS,
        known: str | None = None,
    ) -> Answer:
        """Return the answer of `url`, redirects followed; a 304 only where `validators` were sent.

        `known` is the `wire_hash` of an earlier answer whose body need not come again.
        Raises AddressRefused (also when a redirect leads to a private address), TooLarge when the decompressed
        body has more than `max_bytes`, and FetchFailed, whose message tells a person what is wrong.
        """
        address = self._addresses.of(url)
        fields = self._fields(validators, accept, subscribers)
        permanent: str | None = None
        only_permanent = True
        seconds_left = self._timeout_s
        now = asyncio.get_running_loop().time
        slots = self._slots
        for _hop in range(max_redirects + 1):
            # One hop at a time holds a place at its host; waiting for a place does not count as its time.
            host = address.origin.host
            if not slots.take_free(host):
                await slots.take(host)
            started = now()
            try:
                with self._deadlines.within(seconds_left):
                    answer = await self._hop(address, fields, max_bytes, known)
            except TimeoutError:
                raise FetchFailed(_("The server took too long to answer.")) from None
            finally:
                slots.give_back(host)
            if isinstance(answer, Answer):
                _check_answer(answer, conditional=bool(validators.etag or validators.last_modified))
                return replace(answer, permanent_redirect=permanent) if permanent else answer
            seconds_left -= now() - started
            address = self._addresses.of(_redirected(address.url, answer.location))
            only_permanent = only_permanent and answer.status in PERMANENT
            if only_permanent:
                permanent = address.url
        raise FetchFailed(
            _("The server redirects without end.") if max_redirects else _("The server redirects elsewhere."),
            retryable=False,
        )

    async def post_form(self, url: str, form: Mapping[str, str]) -> int:
        """Send `form` to `url`, twice at worst, and return the status of success with which it is answered.

        Redirects that keep the method (307, 308) are followed, but not from TLS to none, as forms hold secrets.
        The body of the answer is not read.
        Raises AddressRefused and FetchFailed, as `fetch` does.
        """
        address = self._addresses.of(url)
        body = urlencode(form).encode()
        fields = _fixed_fields(self._agent, "*/*", 0) + header(hdrs.CONTENT_TYPE, FORM)
        for _hop in range(FORM_REDIRECTS + 1):
            host = address.origin.host
            await self._slots.take(host)
            try:
                with self._deadlines.within(self._timeout_s):
                    reply = await self._exchanges.post(address, fields, body)
            except TimeoutError:
                raise FetchFailed(_("The server took too long to answer.")) from None
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise failure_of(error) from error
            finally:
                self._slots.give_back(host)
            status, headers = reply.status, reply.headers
            reply.close()
            if 200 <= status < 300:
                return status
            if status not in FORM_REDIRECTING:
                raise refusal(status, headers, self._clock())
            onward = self._addresses.of(_redirected(address.url, _redirect(status, headers).location))
            if address.url.startswith("https:") and not onward.url.startswith("https:"):
                raise FetchFailed(_("The server redirects to an address without TLS."), retryable=False)
            address = onward
        raise FetchFailed(_("The server redirects without end."), retryable=False)

    def _fields(self, validators: Validators, accept: str, subscribers: int) -> str:
        """Return the headers of a request."""
        fields = _fixed_fields(self._agent, accept, subscribers)
        try:
            if validators.etag:
                fields += header(hdrs.IF_NONE_MATCH, validators.etag)
            if validators.last_modified:
                fields += header(hdrs.IF_MODIFIED_SINCE, validators.last_modified)
        except ValueError as error:
            raise failure_of(error) from error
        return fields

    async def _hop(self, address: Address, fields: str, max_bytes: int, known: str | None) -> "Answer | _Redirect":
        try:
            reply = await self._exchanges.get(address, fields)
            status, headers = reply.status, reply.headers
            if self._believes_hosts:
                self.clocks.note(address.origin.host, headers)
            if status == 304:
                reply.release()
                return Answer(304, address.url, headers, b"")
            if status not in ANSWERED:
                reply.close()
                if status in REDIRECTING:
                    return _redirect(status, headers)
                raise refusal(status, headers, self._clock())
            body, coding = await reply.read(max_bytes), reply.coding
            if coding is None:
                return Answer(status, address.url, headers, body)
            packed = wire_hash(body, coding)
            if packed == known:
                return Answer(status, address.url, headers, b"", wire_hash=packed, same_body=True)
            body = await unpacked(body, coding, max_bytes)
            return Answer(status, address.url, headers, body, wire_hash=packed)
        except TimeoutError:
            raise  # it is an OSError, too
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise failure_of(error) from error


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
    """Open a Fetcher with a connector of its own, and close that in the end.

    `agent` is the User-Agent (see `user_agent`); `allow_private` is for tests and the preview only. Names are
    looked up by `resolver`, in threads of the fetcher's own by default.
    """
    lookups = resolver or NameLookups()
    connector = GuardedConnector(
        limit=0,  # whoever fetches bounds it: waiting for a connection would count as the server's time
        ttl_dns_cache=60,
        socket_factory=None if allow_private else public_socket,
        resolver=lookups,
    )
    try:
        async with connector:
            yield Fetcher(
                connector,
                agent=agent,
                allow_private=allow_private,
                timeout_s=timeout_s,
                per_host=per_host,
                clock=clock,
            )
    finally:
        await lookups.close()


@lru_cache(maxsize=1024)
def _fixed_fields(agent: str, accept: str, subscribers: int) -> str:
    """Return the headers that many requests have in common."""
    if subscribers > 0 and agent.endswith(")"):
        agent = f"{agent[:-1]}; {subscribers} subscriber{'s' * (subscribers > 1)})"
    fields = {hdrs.USER_AGENT: agent, hdrs.ACCEPT: accept, hdrs.ACCEPT_ENCODING: ACCEPTED}
    return "".join(header(name, value) for name, value in fields.items())


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


def _storable(value: str | None) -> str | None:
    """Return the value of a header, or None if it has bytes that are no UTF-8."""
    return None if value is None or _NO_UTF8.search(value) else value


def _redirect(status: int, headers: Mapping[str, str]) -> _Redirect:
    location = headers.get(hdrs.LOCATION, "").strip()
    if not location:
        raise FetchFailed(_("The server redirects, but does not say where."))
    return _Redirect(status, location)


def _redirected(url: str, location: str) -> str:
    """Return the address that `url` redirects to."""
    location = _NO_UTF8.sub(lambda byte: f"%{ord(byte[0]) & 0xFF:02X}", location)
    parts = parts_of(location)
    if parts is not None and parts.scheme not in ("", *SCHEMES):
        return location  # refused with the reason when it is made ready
    try:
        return str(url_of(location, base=url))
    except AddressRefused:
        raise FetchFailed(_("The server redirects to something that is no address.")) from None


def _check_answer(answer: Answer, *, conditional: bool) -> None:
    if answer.status == 304 and not conditional:
        raise FetchFailed(_("The server says that nothing changed, but was not asked (304)."), status=304)
    if answer.status != 304 and not answer.same_body and (not answer.body or answer.body.isspace()):
        raise FetchFailed(_("The server sent an empty answer."), status=answer.status)
