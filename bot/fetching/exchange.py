"""One request and its answer, over the connections of an aiohttp connector.

aiohttp provides the connections, their pool, TLS and the parsing of answers. Its session is not used: for every
address it builds a request, a response and their headers anew, ready for proxies, cookies, bodies to send,
redirects and timers. A poll needs none of these, and most are answered with 304. Here a few lines are sent, most
of them the same each time, and a body is left compressed until somebody wants to read it.

aiohttp limits each header, but not what stands around them: interim answers (1xx), chunk extensions, and answers
that nobody asked for. `GuardedConnector` counts the bytes of each connection, so that every answer has a limit and
a connection that received anything between two requests is never used again.
"""

import re
import select
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
from aiohttp import hdrs
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.http import HttpProcessingError, RawResponseMessage
from aiohttp.streams import StreamReader

from bot.fetching.address_guard import LONGEST_URL, checked_url
from bot.fetching.compression import too_large

CONNECT_TIMEOUT = 10.0
LONGEST_LINE = 16_384
LONGEST_FIELD = 65_536
"""Bytes of a header: the policies of some news sites exceed aiohttp's 8 kB."""
HEAD_LIMIT = 1_000_000
"""Bytes up to and including the headers of an answer, interim answers among them. What came of the body by the
time that the headers are read counts, too: up to 512 kB, after which aiohttp stops reading."""
INTERIM_ANSWERS = 20
"""How many 1xx answers may come before the answer itself; servers send one or two (RFC 9110, 15.2)."""
BODY_FACTOR = 2
"""How many bytes a body of the greatest size may take on the wire. Chunks of a few bytes take more than that;
servers send thousands at a time."""
ORIGINS = 2_000
"""Origins kept in memory, one or two kilobytes each; if there are more, all are dropped."""

_PLAIN = re.compile(r"(https?://[a-z0-9.-]+(?::[0-9]{1,5})?)(/[A-Za-z0-9/_~=&+.-]*(?:\?[A-Za-z0-9/_~=&?+.-]+)?)")
"""Addresses that need no parser: nearly all. What stands after the host is sent as it is, see `_DOTS`."""
_DOTS = "/."
"""What may be a step up or none in a path, which the parser resolves."""
_NO_HEADER = re.compile(r"[\r\n\0]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where requests go: a scheme, host and port that may be fetched from."""

    text: str
    host: str
    head: str
    """The Host header, as a line."""
    request: ClientRequest
    """What the connector is given: where to connect, and how."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be fetched: its origin, and the path and query to ask it for."""

    origin: Origin
    target: str
    url: str


class Addresses:
    """Makes written addresses ready to be fetched. For one event loop."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._origins: dict[str, Origin] = {}

    def of(self, url: str) -> Address:
        """Return `url` ready to be fetched; raise AddressRefused if it may not be fetched."""
        plain = _PLAIN.fullmatch(url)
        if plain is None or _DOTS in plain[2] or len(url) > LONGEST_URL:
            checked = checked_url(url, allow_private=self._allow_private)
            return Address(self._origin(str(checked.origin())), checked.raw_path_qs, str(checked))
        origin, target = self._origin(plain[1]), plain[2]
        return Address(origin, target, origin.text + target)

    def _origin(self, text: str) -> Origin:
        origin = self._origins.get(text)
        if origin is None:
            if len(self._origins) >= ORIGINS:
                self._origins.clear()
            url = checked_url(text, allow_private=self._allow_private)
            request = ClientRequest(hdrs.METH_GET, url)
            named = f"Host: {request.headers[hdrs.HOST]}\r\n"
            origin = self._origins[text] = Origin(str(url.origin()), url.host or "", named, request)
        return origin


class CountingProtocol(ResponseHandler):
    """A connection that counts the bytes it receives, and is closed when they are more than are allowed."""

    received = 0
    """Bytes received since the connection was made."""
    received_by_then = 0
    """What `received` was when the last answer had been read."""
    allowed: int | None = None
    """The number at which `received` is too much."""
    idle = False
    """Whether the last answer has been read and nothing else was asked for."""
    on_unasked: Callable[[], None] | None = None
    """Called if something is received that nobody asked for."""

    def allow(self, more: int) -> None:
        """Set how many bytes may come from now on."""
        self.idle = False
        self.allowed = self.received + more

    def rest(self) -> None:
        """Expect nothing more, as the last answer has been read. What came with it was not asked for."""
        self.idle = True
        self.received_by_then = self.allowed = self.received
        if self._buffer and self.on_unasked is not None:
            self.on_unasked()

    def data_received(self, data: bytes) -> None:
        """Count what came and pass it on; close the connection where it is too much."""
        self.received += len(data)
        if self.allowed is None or self.received <= self.allowed:
            super().data_received(data)
            return
        if self.idle and self.on_unasked is not None:
            self.on_unasked()
        error = TooMuchSent("The server sent more than belongs to an answer.")
        payload = self._payload
        if payload is not None and not payload.is_eof():
            payload.set_exception(error)
        self.set_exception(error)
        if self.transport is not None:
            self.transport.abort()

    def is_clean(self) -> bool:
        """Return whether nothing was received since the last answer, not even by the operating system.

        A server that sends an answer which nobody asked for would otherwise have it taken for the answer to the
        next request, and so on with every answer after it. TLS may send records of its own at any time; such a
        connection is not used again either, which costs a handshake.
        """
        if self.should_close or self.received != self.received_by_then or self.transport is None:
            return False
        socket = self.transport.get_extra_info("socket")
        number = socket.fileno() if socket is not None else -1
        return number >= 0 and not _is_readable(number)


def _is_readable(number: int) -> bool:
    """Return whether there is something to read from a socket: bytes, or its end."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(number, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([number], [], [], 0)[0])  # Windows; it takes sockets of any number there


class TooMuchSent(aiohttp.ClientPayloadError):
    """A server sent far more than the answer that was asked for."""


class GuardedConnector(aiohttp.TCPConnector):
    """A connector whose connections are `CountingProtocol`s."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        made: Callable[..., ResponseHandler] = CountingProtocol
        self._factory = partial(made, loop=self._loop)


class Reply:
    """An answer whose body has not been read. It must be read, or closed."""

    __slots__ = ("_connection", "_kept", "_payload", "_protocol", "coding", "headers", "status")

    def __init__(
        self,
        connection: Connection,
        protocol: CountingProtocol,
        message: RawResponseMessage,
        payload: StreamReader,
        kept: Callable[[], bool],
    ) -> None:
        self.status = message.code
        self.headers: Mapping[str, str] = message.headers
        self.coding: str | None = message.compression
        """The Content-Encoding of the body; None if it is not compressed."""
        self._connection = connection
        self._protocol = protocol
        self._kept = kept
        self._payload = payload

    async def read(self, max_bytes: int) -> bytes:
        """Return the body as it was sent, compressed or not. Raises TooLarge beyond `max_bytes`."""
        payload = self._payload
        parts: list[bytes] = []
        left = max_bytes
        try:
            length = self.headers.get(hdrs.CONTENT_LENGTH, "")
            if length.isdigit() and int(length) > max_bytes:
                raise too_large(max_bytes)
            self._protocol.allow(BODY_FACTOR * max_bytes + HEAD_LIMIT)
            while not payload.at_eof():
                part = await payload.readany()
                left -= len(part)
                if left < 0:
                    raise too_large(max_bytes)
                parts.append(part)
        except BaseException:
            self._connection.close()
            raise
        self.release()
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def close(self) -> None:
        """Close the connection without reading the rest."""
        self._connection.close()

    def release(self) -> None:
        """Let the connection be used again once the answer has been read, or has no body."""
        self._protocol.rest()
        if self._kept():
            self._connection.release()
        else:
            self._connection.close()


class Exchanges:
    """Requests over the connections of `connector`, which its owner closes."""

    def __init__(self, connector: GuardedConnector) -> None:
        self._connector = connector
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT)
        self._distrusted: set[str] = set()
        """Origins that sent what nobody asked for. What they send next may answer something else, and
        cannot be told from it once the request has left: their connections serve one request each."""

    async def get(self, address: Address, fields: str) -> Reply:
        """Return the answer to a GET with the header `fields`, lines with their ends.

        Raises what aiohttp raises if there is none. The server may just have closed a connection that was kept
        open; the request is then sent once more (RFC 9112, 9.3.1).
        """
        head = f"GET {address.target} HTTP/1.1\r\n{address.origin.head}{fields}\r\n"
        return await self._exchange_once_more(address.origin, head.encode("utf-8", "surrogateescape"))

    async def post(self, address: Address, fields: str, body: bytes) -> Reply:
        """Return the answer to a POST of `body`, as `get` does; it must do no harm if the server gets it twice."""
        head = (
            f"POST {address.target} HTTP/1.1\r\n{address.origin.head}{fields}Content-Length: {len(body)}\r\n\r\n"
        )
        return await self._exchange_once_more(address.origin, head.encode("utf-8", "surrogateescape") + body)

    async def _exchange_once_more(self, origin: Origin, sent: bytes) -> Reply:
        try:
            return await self._exchange(origin, sent)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
            return await self._exchange(origin, sent)

    async def _exchange(self, origin: Origin, sent: bytes) -> Reply:
        request = origin.request
        connection, protocol = await self._connected(origin)
        try:
            transport = connection.transport
            if transport is None:
                raise aiohttp.ServerDisconnectedError
            protocol.allow(HEAD_LIMIT)
            protocol.set_response_params(
                read_until_eof=True,
                auto_decompress=False,
                max_line_size=LONGEST_LINE,
                max_field_size=LONGEST_FIELD,
            )
            transport.write(sent)
            for _ in range(INTERIM_ANSWERS + 1):
                message, payload = await protocol.read()
                if not 100 <= message.code < 200 or message.code == 101:
                    break
            else:
                raise TooMuchSent("The server sends interim answers only.")
        except HttpProcessingError as error:
            connection.close()
            raise aiohttp.ClientResponseError(request.request_info, (), status=error.code) from error
        except BaseException:
            connection.close()
            raise
        return Reply(connection, protocol, message, payload, lambda: origin.text not in self._distrusted)

    async def _connected(self, origin: Origin) -> tuple[Connection, CountingProtocol]:
        """Return a connection to `origin` on which nothing waits to be read."""
        while True:
            try:
                connection = await self._connector.connect(origin.request, [], self._timeout)
            except TimeoutError as error:
                raise aiohttp.ConnectionTimeoutError(f"Connection timeout to host {origin.text}") from error
            protocol = connection.protocol
            if not isinstance(protocol, CountingProtocol):
                connection.close()
                raise aiohttp.ServerDisconnectedError
            if not protocol.received_by_then or protocol.is_clean():  # a new one has given no answer yet
                protocol.on_unasked = partial(self._distrust, origin.text)
                return connection, protocol
            connection.close()

    def _distrust(self, origin: str) -> None:
        if len(self._distrusted) >= ORIGINS:
            self._distrusted.clear()
        self._distrusted.add(origin)


def header(name: str, value: str) -> str:
    """Return a header as a line. Raises ValueError for a value with a line break."""
    if _NO_HEADER.search(value):
        raise ValueError("A header is one line.")
    return f"{name}: {value}\r\n"
