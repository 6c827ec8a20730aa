"""The HTTP `Link` header (RFC 8288): addresses that a response names outside its body."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

LONGEST = 16_384
"""The most characters of one field that are read; real ones have a few hundred."""
MOST = 50
"""The most links of one response that are read."""
_SPACE = " \t"
_SEPARATORS = _SPACE + ";"
"""Characters between parameters. The semicolon is missing in some real headers."""
_TOKEN_END = frozenset(' \t=;,"<>')


@dataclass(frozen=True, slots=True)
class HeaderLink:
    """One link: its target as an absolute http(s) address, its relation types and its media type in lower case."""

    url: str
    relations: frozenset[str]
    media_type: str = ""


def header_links(fields: Iterable[str], base: str) -> list[HeaderLink]:
    """Return the links that the `Link` header `fields` of an answer from `base` name, in order.

    Left out are links about another resource (`anchor`) and targets that are not http(s) addresses. Reading a
    field stops where it cannot be parsed. Never raises.
    """
    found: list[HeaderLink] = []
    for field in fields:
        for target, parameters in _parsed(field[:LONGEST]):
            if len(found) >= MOST:
                return found
            url = absolute(base, target)
            if url is None or not _is_about(parameters.get("anchor"), base):
                continue
            relations = frozenset(parameters.get("rel", "").lower().split())
            media_type = parameters.get("type", "").partition(";")[0].strip().lower()
            found.append(HeaderLink(url, relations, media_type))
    return found


def absolute(base: str, link: str) -> str | None:
    """Return `link` resolved against `base`, without its fragment; None if that is not an http(s) address."""
    try:
        address = urljoin(base, link.strip())
        address.encode()  # bytes in a header that are not text
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    return address.partition("#")[0]


def _is_about(anchor: str | None, base: str) -> bool:
    """Return whether a link with this `anchor` is about the response itself, and not another resource."""
    return anchor is None or ("#" not in anchor and absolute(base, anchor) == absolute(base, ""))


def _parsed(field: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each target of a field with its parameters, the first of each name (RFC 8288, appendix B.2)."""
    at = 0
    while True:
        at = _skip(field, at, _SPACE + ",")
        end = field.find(">", at)
        if at >= len(field) or field[at] != "<" or end < 0:
            return
        target = field[at + 1 : end]
        parameters: dict[str, str] = {}
        at = _skip(field, end + 1, _SEPARATORS)
        while at < len(field) and field[at] != ",":
            name, value, after = _parameter(field, at)
            if after == at:
                break
            parameters.setdefault(name, value)
            at = _skip(field, after, _SEPARATORS)
        yield target, parameters
        if at < len(field) and field[at] != ",":
            return


def _parameter(field: str, at: int) -> tuple[str, str, int]:
    """Return the name and value of the parameter at `at`, and where it ends (RFC 8288, appendix B.3)."""
    end = _token_end(field, at)
    name = field[at:end].lower()
    at = _skip(field, end, _SPACE)
    if at >= len(field) or field[at] != "=":
        return name, "", at
    at = _skip(field, at + 1, _SPACE)
    if at < len(field) and field[at] == '"':
        value, at = _quoted(field, at + 1)
        return name, value, at
    end = at
    while end < len(field) and field[end] not in ";, \t":
        end += 1
    return name, field[at:end], end


def _quoted(field: str, at: int) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(field):
        if field[at] == '"':
            return "".join(parts), at + 1
        if field[at] == "\\" and at + 1 < len(field):
            at += 1
        parts.append(field[at])
        at += 1
    return "".join(parts), at


def _token_end(field: str, at: int) -> int:
    while at < len(field) and field[at] not in _TOKEN_END:
        at += 1
    return at


def _skip(field: str, at: int, skipped: str) -> int:
    while at < len(field) and field[at] in skipped:
        at += 1
    return at
