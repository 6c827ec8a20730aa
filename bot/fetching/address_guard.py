"""The address guard: no address from a feed, a page or a user may lead into a private network.

There are two checks. `checked_url` looks at the written address: scheme, user information, port. `public_socket`
looks at the IP address before each connection, and so covers literals, redirects and DNS rebinding.
"""

import errno
import ipaddress
import socket
from typing import Any

from yarl import URL

from bot.errors import AddressRefused
from bot.fetching.urls import NO_ADDRESS, parts_of, url_of
from bot.languages.translations import _

SCHEMES = frozenset({"http", "https"})
PORTS = frozenset({80, 443, 8008, 8080, 8443})
"""Ports on which the web is served; any other could be a mail, database or control port."""
LONGEST_URL = 4096

IPv4 = ipaddress.IPv4Address

_NO_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (  # IANA special-purpose registry; `is_global` alone knows only some of these on Python 3.11
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local: the metadata service of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",
        "168.63.129.16/32",  # the host's own services in Microsoft's cloud, at a public address
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NO_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Return whether `address`, an IPv4 or IPv6 address as text, is on the public internet.

    Everything but global unicast is refused, and so is text that is no address. An IPv6 address that stands for an
    IPv4 address (mapped, or with the well-known NAT64 prefix) is judged by the latter.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv4):
        return _is_public_ipv4(ip)
    if ip.ipv4_mapped is not None:
        return _is_public_ipv4(ip.ipv4_mapped)
    if ip in _NAT64:
        return _is_public_ipv4(IPv4(int(ip) & 0xFFFF_FFFF))
    return ip in _GLOBAL_UNICAST and ip.is_global and not any(ip in network for network in _NO_IPV6)


def _is_public_ipv4(ip: IPv4) -> bool:
    return ip.is_global and not any(ip in network for network in _NO_IPV4)


def checked_url(url: str, *, allow_private: bool = False) -> URL:
    """Return `url` ready to be fetched: http or https, with a host, without fragment.

    Raises AddressRefused with the reason. `allow_private` lifts the limits on ports and addresses.
    """
    if len(url) > LONGEST_URL:
        raise AddressRefused(_("This address is too long."))
    parts = parts_of(url.strip())
    if parts is None or parts.scheme not in SCHEMES or not parts.host:
        raise AddressRefused(_("{no_address} It must start with http:// or https://.", no_address=NO_ADDRESS))
    parsed = url_of(url)
    host, port = parsed.raw_host or "", parsed.port
    if parsed.user is not None or parsed.password is not None:
        raise AddressRefused(_("Addresses with a user name or password are not supported."))
    if not allow_private:
        if port not in PORTS:
            allowed = ", ".join(map(str, sorted(PORTS)))
            raise AddressRefused(
                _(
                    "Port {port} is not used for web pages. Hearsay fetches from ports {allowed}.",
                    port=port,
                    allowed=allowed,
                )
            )
        if _is_literal(host) and not is_public(host):
            raise AddressRefused
    return parsed.with_fragment(None)


def _is_literal(host: str) -> bool:
    if not (":" in host or "%" in host or host.replace(".", "").isdigit()):
        return False  # a name, as nearly always; finding out by an exception takes longer
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class PrivateAddress(OSError):
    """Raised by the socket factory; an OSError with one errno, by which the connector merges errors."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "not a public address")


def public_socket(address_info: tuple[Any, ...]) -> socket.socket:
    """Return a socket for an entry of getaddrinfo; raise PrivateAddress if its address is not public.

    For `aiohttp.TCPConnector(socket_factory=...)`, which calls it for each address it is about to connect.
    """
    family, kind, protocol, _, target = address_info
    if family not in (socket.AF_INET, socket.AF_INET6) or not is_public(str(target[0])):
        raise PrivateAddress
    return socket.socket(family=family, type=kind, proto=protocol)
