"""Faults on demand: how the REST interface misbehaves, for which requests, and how often."""

import re
from dataclasses import dataclass, field

from preview.discord.errors import RestError


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request.

    `refusal` is the response instead of carrying out the request. `seconds` pass before the request is processed.
    With `cut_before` the connection breaks and nothing is carried out; with `cut_after` the request is carried
    out, but its response is lost.
    """

    refusal: RestError | None = None
    seconds: float = 0.0
    cut_before: bool = False
    cut_after: bool = False


def rate_limited(retry_after: float = 0.2, *, everywhere: bool = False) -> Fault:
    """Return a 429 as Discord sends it: with `Via`, without which clients take it for a Cloudflare ban."""
    headers = {"Via": "1.1 google", "Retry-After": str(max(1, round(retry_after)))}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    members = {"retry_after": retry_after, "global": everywhere}
    return Fault(RestError(429, 0, "You are being rate limited.", headers=headers, **members))


def server_error(status: int = 502) -> Fault:
    """Return an answer of the 5xx family."""
    return Fault(RestError(status, 0, f"{status}: Server Error"))


def forbidden(code: int = 50013, message: str = "Missing Permissions") -> Fault:
    """Return a 403, by default for missing permissions."""
    return Fault(RestError(403, code, message))


def not_found(code: int = 10003, message: str = "Unknown Channel") -> Fault:
    """Return a 404, by default for a channel that does not exist."""
    return Fault(RestError(404, code, message))


def late(seconds: float) -> Fault:
    """Wait this long, then carry out the request and answer."""
    return Fault(seconds=seconds)


def connection_cut() -> Fault:
    """Cut the connection. The request is not carried out."""
    return Fault(cut_before=True)


def answer_lost() -> Fault:
    """Carry out the request and cut the connection before the response, so that the client cannot know."""
    return Fault(cut_after=True)


@dataclass(slots=True)
class Order:
    """One ordered fault. `met` counts the requests that it has hit."""

    method: str
    pattern: str
    fault: Fault
    times: int | None
    skip: int = 0
    met: int = 0
    _path: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        parts = re.split(r"(\*|\{[^}]*\})", self.pattern)
        self._path = re.compile("".join("[^/]+" if i % 2 else re.escape(p) for i, p in enumerate(parts)))

    def strikes(self, method: str, path: str) -> bool:
        """Return whether the fault hits the next request with this method and path, and count it."""
        if self.times is not None and self.met >= self.times:
            return False
        if self.method not in ("*", method) or not self._path.fullmatch(path):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.met += 1
        return True

    def cancel(self) -> None:
        """Let the fault hit no further requests."""
        self.times = self.met


class Faults:
    """All ordered faults; the one ordered first hits first."""

    def __init__(self) -> None:
        self._orders: list[Order] = []

    def order(
        self, method: str, path_pattern: str, fault: Fault, times: int | None = 1, *, skip: int = 0
    ) -> Order:
        """Order a fault for the next `times` requests (None: all), after letting `skip` of them pass.

        In `path_pattern` (`/channels/*/messages`) a `*` or a `{name}` stands for one segment; `*` as the method
        means all methods.
        """
        made = Order(method.upper(), path_pattern, fault, times, skip)
        self._orders.append(made)
        return made

    def next_for(self, method: str, path: str) -> Fault | None:
        """Return the fault that hits this request, if any."""
        return next((order.fault for order in self._orders if order.strikes(method, path)), None)

    def clear(self) -> None:
        """Cancel everything that was ordered."""
        self._orders.clear()
