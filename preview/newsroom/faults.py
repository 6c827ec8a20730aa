"""What can go wrong in the newsroom, on demand."""

import asyncio
from enum import StrEnum
from http import HTTPStatus

from aiohttp import web

HUGE_BYTES = 50_000_000


class Fault(StrEnum):
    """One way in which an outlet fails."""

    NOT_FOUND = "404"
    GONE = "410"
    SERVER_ERROR = "500"
    TIMEOUT = "timeout"
    """The connection stays open and nothing is sent."""
    NOT_A_FEED = "not-a-feed"
    HUGE = "huge"
    """50 MB are streamed, as far as the client reads them."""
    BAD_ENCODING = "bad-encoding"
    """Windows-1252 declared as UTF-8, and a control character that XML forbids."""
    REDIRECT_PERMANENT = "redirect-permanent"
    REDIRECT_TEMPORARY = "redirect-temporary"
    EMPTY_ARTICLE = "empty-article"
    """The feed works, but the article pages have no text."""


SHORT_ANSWERS = {
    Fault.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Fault.GONE: HTTPStatus.GONE,
    Fault.SERVER_ERROR: HTTPStatus.INTERNAL_SERVER_ERROR,
    Fault.NOT_A_FEED: HTTPStatus.OK,
    Fault.REDIRECT_PERMANENT: HTTPStatus.MOVED_PERMANENTLY,
    Fault.REDIRECT_TEMPORARY: HTTPStatus.FOUND,
}
"""The faults that are a single short response, and its status."""

PARKED = (
    "<!DOCTYPE html><html><head><title>This domain may be for sale</title></head>"
    "<body><h1>This domain may be for sale</h1><p>Related searches: insurance, loans, news.</p></body></html>"
)


def short_answer(fault: Fault, moved_to: str) -> web.Response:
    """Return the page of an error, a parked domain, or a redirect to `moved_to`."""
    status = SHORT_ANSWERS[fault]
    page = f"<html><body><h1>{status.value} {status.phrase}</h1></body></html>"
    return web.Response(
        status=status,
        text=PARKED if fault is Fault.NOT_A_FEED else page,
        content_type="text/html",
        headers={"Location": moved_to} if 300 <= status < 400 else None,
    )


def misencoded(body: bytes) -> bytes:
    """Return a UTF-8 document with its characters in Windows-1252 and a form feed after the first title begins."""
    damaged = body.decode().encode("cp1252", "replace")
    return damaged.replace(b"<title>", b"<title>\x0c", 1)


async def silence(closing: asyncio.Event) -> web.Response:
    """Send nothing until the newsroom closes."""
    await closing.wait()
    return web.Response(status=503)


async def flood(request: web.Request, content_type: str) -> web.StreamResponse:
    """Stream far more than any feed has, until all is sent or the client hangs up."""
    response = web.StreamResponse(headers={"Content-Type": content_type})
    await response.prepare(request)
    item = b"<item><title>More</title><description>" + b"and more " * 7000 + b"</description></item>\n"
    try:
        await response.write(b'<?xml version="1.0"?><rss version="2.0"><channel><title>Too much</title>')
        for _ in range(HUGE_BYTES // len(item) + 1):
            await response.write(item)
        await response.write(b"</channel></rss>")
        await response.write_eof()
    except ConnectionError:
        pass  # the client has read enough, which is the point of the fault
    return response
