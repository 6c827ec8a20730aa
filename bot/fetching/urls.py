"""Addresses taken apart: the one place where text from outside meets the parsers of addresses.

`urllib.parse` and yarl raise ValueError, IndexError, UnicodeError and others, some of them only when a part is
asked for. Here every part is asked for at once, and whatever goes wrong means the same: this is no address.
"""

import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from yarl import URL

from bot.errors import AddressRefused
from bot.languages.translations import N_

NO_ADDRESS = N_("This is not a web address.")
LONGEST_HOST, LONGEST_LABEL = 253, 63
"""Characters of a host name and of what stands between two of its dots (RFC 1035, 2.3.4)."""
_SCHEME_AND_HOST = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})://([^/?#\\]*)")
_OWN_PORTS = {"http": ":80", "https": ":443"}
_NAME = re.compile(rf"[a-z0-9_-]{{1,{LONGEST_LABEL}}}(?:\.[a-z0-9_-]{{1,{LONGEST_LABEL}}})*\.?")


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of an address as written. `scheme` and `host` are in lower case; `host` is "" if there is none."""

    scheme: str
    netloc: str
    host: str
    port: int | None
    path: str
    query: str


def parts_of(address: str) -> AddressParts | None:
    """Return the parts of any address, or None for text that is none. Never raises."""
    try:
        parts = urlsplit(address)
        return AddressParts(
            parts.scheme.lower(), parts.netloc, parts.hostname or "", parts.port, parts.path, parts.query
        )
    except Exception:  # noqa: BLE001 - see above
        return None


def with_plain_host(address: str) -> str:
    """Return `address` with its scheme and host in the one form that DNS knows (RFC 3986, 6.2.2.1 and 6.2.3).

    They are in lower case, a name in other letters is in those of DNS, the scheme's own port is left out, and an
    empty path is a slash. The rest is as it was.
    """
    match = _SCHEME_AND_HOST.match(address)
    if match is None:
        return address
    scheme, rest = match[1].lower(), address[match.end() :]
    user, at, host = match[2].rpartition("@")
    if not host.isascii():
        with suppress(AddressRefused):
            host = url_of(f"{scheme}://{host}/").host_port_subcomponent or host
    host = host.lower().removesuffix(_OWN_PORTS.get(scheme, "-"))
    return f"{scheme}://{user}{at}{host}{rest or '/'}" if host else address


def url_of(address: str, *, base: str | None = None) -> URL:
    """Return `address`, relative to `base` if that is given, with a host to connect to.

    Raises AddressRefused for everything else, and nothing else: every part of what is returned can be read.
    """
    try:
        url = URL(address.strip()) if base is None else URL(base).join(URL(address.strip()))
        url = URL(str(url))  # joining may leave parts that would be read differently the next time
        readable = (url.origin(), url.host, url.port, url.path, url.query, url.host_port_subcomponent)
        sound = all(part is not None for part in readable) and f"{url}{url.raw_path_qs}".isascii()
    except Exception:  # noqa: BLE001 - see above
        raise AddressRefused(NO_ADDRESS) from None
    if not sound or not _is_host(url.raw_host or ""):
        raise AddressRefused(NO_ADDRESS)
    return url


def _is_host(host: str) -> bool:
    """Return whether `host` is a name that can be looked up, or an IP address."""
    if _NAME.fullmatch(host):
        return len(host) <= LONGEST_HOST
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True
