"""Why a fetch failed, in words for a person."""

import errno
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.errors import AddressRefused, FetchFailed
from bot.fetching.address_guard import PrivateAddress
from bot.fetching.exchange import TooMuchSent
from bot.languages.translations import N_, _

LONGEST_RETRY_AFTER = timedelta(days=7)
_STATUS_MESSAGES = {
    400: N_("The server does not understand the request (400). Is the address complete?"),
    401: N_("The server asks for a password (401). Only public addresses can be read."),
    402: N_("The server asks for payment (402)."),
    403: N_("The server refuses access (403). It may block bots."),
    404: N_("There is nothing at this address (404). Has it moved?"),
    406: N_("The server does not offer this in a form that Hearsay reads (406)."),
    408: N_("The server took too long (408)."),
    410: N_("This was removed for good (410)."),
    429: N_("The server asks to be left alone for a while (429)."),
    451: N_("The server may not show this for legal reasons (451)."),
    500: N_("The server has an internal error (500)."),
    502: N_("The server is out of order (502)."),
    503: N_("The server is overloaded or under maintenance (503)."),
    504: N_("The server is out of order (504)."),
}
_ERROR_MESSAGES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (  # the first that fits
    ((aiohttp.ClientConnectorDNSError,), N_("There is no server of this name. Check the address.")),
    (
        (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError, ssl.SSLError),
        N_("The server's TLS certificate or encryption is not valid, so it cannot be trusted."),
    ),
    ((aiohttp.ConnectionTimeoutError,), N_("The server took too long to accept a connection.")),
    ((aiohttp.ClientConnectorError,), N_("The server does not accept connections.")),
    ((TooMuchSent,), N_("The server sends far more than an answer, so the connection was closed.")),
    ((aiohttp.ClientPayloadError,), N_("The answer broke off or is damaged.")),
    (
        (aiohttp.ServerDisconnectedError, ConnectionError),
        N_("The server closed the connection without an answer."),
    ),
    ((aiohttp.ClientResponseError,), N_("The server's answer is not valid HTTP.")),
)
_LASTING = frozenset({400, 401, 402, 404, 405, 406, 410, 414, 451, 501, 505})
"""Statuses after which an early retry is pointless."""


def refusal(status: int, headers: Mapping[str, str], now: datetime) -> FetchFailed:
    """Return the error for a status that is neither an answer nor a redirect."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return FetchFailed(
            _(
                "The site shows a challenge page to programs, so it cannot be read by a bot. Ask the "
                "site to let feed readers through."
            ),
            status=status,
        )
    if status in _STATUS_MESSAGES:
        message = _(_STATUS_MESSAGES[status])
    else:
        message = (
            _("The server is out of order ({status}).", status=status)
            if status >= 500
            else _("The server answered {status}.", status=status)
        )
    wait = retry_after(headers, now)
    return FetchFailed(message, status=status, retry_after=wait, retryable=status not in _LASTING)


def failure_of(error: Exception) -> FetchFailed | AddressRefused:
    """Return the error in words for what went wrong between Hearsay and the server."""
    cause: BaseException = error
    if isinstance(error, aiohttp.ClientConnectorError):
        cause = error.os_error
    if isinstance(cause, PrivateAddress) or "not a public address" in str(cause):
        return AddressRefused()
    if isinstance(error, aiohttp.InvalidURL):
        return FetchFailed(_("This is not a web address."), retryable=False)
    number = cause.errno if isinstance(cause, OSError) else None
    if isinstance(error, aiohttp.ClientConnectorDNSError) and number == socket.EAI_AGAIN:
        return FetchFailed(_("Names of servers cannot be looked up just now. Hearsay's machine may be offline."))
    if number == errno.ENETUNREACH:
        return FetchFailed(_("The server cannot be reached just now. Hearsay's machine may be offline."))
    return FetchFailed(next((_(message) for kinds, message in _ERROR_MESSAGES if isinstance(error, kinds)), None))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
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
