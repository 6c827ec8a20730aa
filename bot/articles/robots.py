"""A site's wishes for robots: its robots.txt, read according to RFC 9309. Pure.

`Crawl-delay` is not in the RFC, but sites use it to ask for a pace; it is read along with the rules. Files are
written by hand: obvious intentions count, in other encodings, without colons, and with the misspellings that
Google's parser accepts (https://github.com/google/robotstxt, robots.cc).
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from bot.errors import AddressRefused
from bot.fetching.encodings import decoded
from bot.fetching.urls import parts_of, url_of

AGENT = "hearsay"
"""The product token under which Hearsay looks for rules of its own (RFC 9309, 2.2.1), in lower case."""
LONGEST_FILE = 500 * 1024
"""Bytes of a robots.txt that are read, the minimum that RFC 9309, 2.5 requires."""
LONGEST_DELAY = 30.0
"""The longest Crawl-delay that is honoured, in seconds; a longer one counts as this."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[a-z_-]+|\*")
_FIELD = re.compile(r"\s*([a-z]+(?:[- ]agent|-delay)?)\s*(?::|\s)(.*)", re.IGNORECASE | re.DOTALL)
_SPELLINGS = dict.fromkeys(("useragent", "user agent"), "user-agent") | dict.fromkeys(
    ("dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"
)
_SITE = re.compile(r"https?://[^/?#*$]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SECONDS = re.compile(r"(\d{0,20}(?:[.,]\d{1,20})?)(?![\d.,:-])\s{0,9}(?:s|sec|secs|seconds?)?$", re.ASCII)
"""A number of seconds, with or without the unit."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An allow or disallow line. `pieces` are the parts of its pattern between the asterisks."""

    allows: bool
    pieces: tuple[str, ...]
    anchored: bool
    """The pattern ends in `$`: it matches whole addresses, not beginnings."""
    weight: int
    """Length of the pattern: the longest match decides."""

    def fits(self, path: str) -> bool:
        """Return whether this rule applies to `path`; takes linear time, whatever the pattern."""
        first, *rest = self.pieces
        if not path.startswith(first):
            return False
        at = len(first)
        if not rest:
            return not self.anchored or at == len(path)
        last = rest.pop() if self.anchored else ""
        for piece in rest:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        return not self.anchored or (len(path) - len(last) >= at and path.endswith(last))


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """A site's wishes for Hearsay."""

    rules: tuple[Rule, ...] = ()
    delay: float | None = None
    """Seconds between requests that the site asks for."""

    def allow(self, url: str) -> bool:
        """Return whether the page at `url` may be requested: the longest rule decides, then one that allows."""
        path = _path(url)
        if path == "/robots.txt":
            return True
        best: Rule | None = None
        for rule in self.rules:
            heavier = best is None or (rule.weight, rule.allows) > (best.weight, best.allows)
            if heavier and rule.fits(path):
                best = rule
        return best is None or best.allows


ANYTHING = RobotsRules()
"""The rules of a site that has none."""


def robots_rules(body: bytes, agent: str = AGENT) -> RobotsRules:
    """Return the rules of a robots.txt that apply to `agent`: those of its groups, else those for all robots."""
    own: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    named = False
    for agents, lines in _groups(_fields(body[:LONGEST_FILE])):
        if agent in agents:
            named = True
            own += lines
        elif "*" in agents:
            general += lines
    lines = own if named else general
    rules = tuple(_rule(field == "allow", value) for field, value in lines if field != "crawl-delay" and value)
    delays = [delay for field, value in lines if field == "crawl-delay" and (delay := _seconds(value)) is not None]
    return RobotsRules(tuple(dict.fromkeys(rules)), min(delays[0], LONGEST_DELAY) if delays else None)


def _fields(body: bytes) -> Iterable[tuple[str, str]]:
    for line in _LINE_END.split(decoded(body, None).lstrip("\ufeff")):
        if match := _FIELD.match(line.partition("#")[0]):
            field = match[1].lower()
            yield _SPELLINGS.get(field, field), match[2].strip()


def _groups(fields: Iterable[tuple[str, str]]) -> Iterable[tuple[set[str], list[tuple[str, str]]]]:
    """Yield the groups: the robots, and the lines for them. Other fields do not end a group (2.2.4)."""
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    for field, value in fields:
        if field == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            for name in value.lower().split(","):
                if token := _TOKEN.match(name.strip()):
                    agents.add(token.group())
        elif field in ("allow", "disallow", "crawl-delay") and agents:
            lines.append((field, value))
    yield agents, lines


def _rule(allows: bool, pattern: str) -> Rule:
    anchored = pattern.endswith("$")
    plain = _normal(_SITE.sub("", pattern[:-1] if anchored else pattern, count=1))
    plain = plain.replace("$", "%24")
    if not plain.startswith(("/", "*")):
        plain = "/" + plain
    first, *rest = plain.split("*")
    # Several asterisks mean the same as one; the last piece of an anchored pattern may be empty, and counts.
    middle = [piece for piece in (rest[:-1] if anchored else rest) if piece]
    ending = rest[-1:] if anchored else []
    return Rule(allows, (first, *middle, *ending), anchored, len(plain) + anchored)


def _seconds(value: str) -> float | None:
    match = _SECONDS.match(value.lower())
    return float(match[1].replace(",", ".")) if match and match[1] else None


def _path(url: str) -> str:
    with suppress(AddressRefused):
        url = str(url_of(url))  # the path that is requested: without dots
    parts = parts_of(url)
    if parts is None:
        return "/"
    path = parts.path or "/"
    spelled = _normal(f"{path}?{parts.query}" if parts.query else path)
    return spelled.replace("*", "%2A").replace("$", "%24")  # in a pattern, bare ones are not characters


def _normal(path: str) -> str:
    """Return `path` in one spelling: unreserved characters bare, all others as percent-encoded UTF-8 (2.2.2)."""

    def one_way(escape: re.Match[str]) -> str:
        octet = int(escape.group(1), 16)
        return chr(octet) if octet in _UNRESERVED else escape.group().upper()

    encoded = quote(path, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    return _ESCAPE.sub(one_way, encoded)
