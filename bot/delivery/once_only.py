"""Requests that must not be repeated automatically, because Discord cannot tell a repetition from a new message.

discord.py repeats a request that is answered with 500 to 504, which Discord may have carried out nevertheless. The
nonce of an ordinary message makes that harmless. Webhooks and new forum posts have no nonce: for them, the failure
is reported, and the outbox checks the channel before it posts again.
"""

import re
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp
from yarl import URL

_ONCE = re.compile(r"(?:/channels/\d+/threads|/webhooks/(\d+)/[^/]+)$")


class AnswerUnclear(aiohttp.ClientError):
    """Discord failed to answer, and may have posted the message or not."""


def report_unclear_answers(trace: aiohttp.TraceConfig, application_id: Callable[[], int | None]) -> None:
    """Make a session with this trace raise AnswerUnclear for such requests, so that nothing repeats them.

    Answers to interactions also go to a webhook, that of the application; they are left alone.
    """

    def once(method: str, url: URL) -> bool:
        found = _ONCE.search(url.path)
        return method == "POST" and found is not None and found[1] != str(application_id())

    async def end(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        if params.response.status >= 500 and once(params.method, params.url):
            params.response.close()
            raise AnswerUnclear(AnswerUnclear.__doc__)

    async def failed(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        if isinstance(params.exception, OSError) and once(params.method, params.url):
            raise AnswerUnclear(AnswerUnclear.__doc__) from params.exception

    trace.on_request_end.append(end)
    trace.on_request_exception.append(failed)
