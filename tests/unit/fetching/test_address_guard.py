"""The address guard lets nothing into a private network, however it is written."""

import ipaddress
import socket
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AddressRefused
from bot.fetching.address_guard import PrivateAddress, checked_url, is_public, public_socket

PUBLIC = [
    "8.8.8.8",
    "93.184.215.14",
    "2606:4700::6810:84e5",
    "2a00:1450:4001:80b::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
NOT_PUBLIC = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet_pass(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_special_addresses_are_refused(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_inside_ipv6_and_never_by_6to4_or_as_compatible(
    address: ipaddress.IPv4Address,
) -> None:
    number = int(address)
    for base, may_pass in (("::ffff:0:0", True), ("64:ff9b::", True), ("::", False)):
        inside = str(ipaddress.IPv6Address(int(ipaddress.IPv6Address(base)) + number))
        assert is_public(inside) == (may_pass and is_public(str(address)))
    assert not is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80))))


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_special_passes(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    special = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )
    inside = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    nat64 = address in ipaddress.ip_network("64:ff9b::/96")
    if special and inside is None and not nat64:
        assert not is_public(str(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "example.org",
        "",
        "http://",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:6379/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[fe80::1%25eth0]/",
        "http://169.254.169.254/latest/",
        "http://10.0.0.1:8080/",
        "http://[::ffff:127.0.0.1]/",
        "http://example.org:99999/",
        "http://[",
        "https://" + "a" * 5000,
    ],
)
def test_what_is_no_public_web_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        checked_url(url)
    assert "secret" not in caught.value.message


def test_private_addresses_and_any_port_pass_where_they_are_allowed() -> None:
    assert str(checked_url("http://127.0.0.1:34567/feed#top", allow_private=True)) == "http://127.0.0.1:34567/feed"


@pytest.mark.parametrize(
    "url", ["http://example.org", "https://example.org:8443/x", "https://bücher.example/f?a=1"]
)
def test_public_web_addresses_pass(url: str) -> None:
    assert checked_url(url).scheme in url


@given(st.text(max_size=60))
def test_any_text_is_either_an_address_or_refused(text: str) -> None:
    for candidate in (text, "http://" + text):
        with suppress(AddressRefused):
            assert checked_url(candidate).host


def test_the_socket_factory_judges_what_is_connected() -> None:
    public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 80))).close()
    for family, target in (
        (socket.AF_INET, ("127.0.0.1", 80)),
        (socket.AF_INET6, ("::1", 80, 0, 0)),
        (socket.AF_UNIX, "/run/docker.sock"),
    ):
        with pytest.raises(PrivateAddress):
            public_socket((family, socket.SOCK_STREAM, 0, "", target))
