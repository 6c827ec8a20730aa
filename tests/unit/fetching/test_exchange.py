"""Addresses made ready, and what is sent: as yarl and aiohttp have them."""

import asyncio

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import AddressRefused
from bot.fetching.address_guard import checked_url
from bot.fetching.exchange import ORIGINS, Address, Addresses, header

WRITTEN = st.from_regex(
    r"https?://[a-z0-9.-]{1,8}(:[0-9]{1,4})?(/[a-zA-Z0-9/_~=&?+.%#;:@ -]{0,12})?", fullmatch=True
)


async def address_of(url: str, *, allow_private: bool = True) -> Address:
    return Addresses(allow_private=allow_private).of(url)


@given(WRITTEN)
@example("http://a.example:80/feed")
@example("https://a.example:443/feed")
@example("http://a.example/a/../b")
@example("http://a.example/a/./b?c=/../d")
@example("http://a.example/a/..")
@example("http://a.example/?")
@example("http://a.example/a?b?c=d&e=+f")
def test_an_address_is_asked_for_as_its_parser_reads_it(url: str) -> None:
    try:
        checked = checked_url(url, allow_private=True)
    except AddressRefused:
        with pytest.raises(AddressRefused):
            asyncio.run(address_of(url))
        return
    address = asyncio.run(address_of(url))
    assert (address.url, address.target, address.origin.host) == (str(checked), checked.raw_path_qs, checked.host)
    assert address.origin.head == f"Host: {checked.host_port_subcomponent}\r\n"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://10.1.2.3:8080/",
        "http://a.example:22/feed",
        "http://a.example:99999/feed",
        "http://a.example/" + "x" * 5000,
        "ftp://a.example/feed",
        "http://user:x@a.example/feed",
        "http:///feed",
    ],
)
async def test_what_may_not_be_fetched_is_refused_however_often_it_is_asked_for(url: str) -> None:
    addresses = Addresses(allow_private=False)
    for _ in range(2):
        with pytest.raises(AddressRefused):
            addresses.of(url)


async def test_an_origin_is_looked_at_once_and_no_more_than_a_few_are_remembered() -> None:
    addresses = Addresses(allow_private=False)
    first = addresses.of("http://a.example/1").origin
    assert addresses.of("http://a.example/2").origin is first
    assert addresses.of("HTTP://A.example/%20").origin == first
    for number in range(ORIGINS):
        addresses.of(f"http://{number}.example/")
    assert len(addresses._origins) <= ORIGINS
    assert addresses.of("http://a.example/3").origin is not first


@pytest.mark.parametrize("value", ["a\r\nX: b", "a\nb", "a\rb", "a\0b"])
def test_no_value_becomes_a_header_of_its_own(value: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        header("If-None-Match", value)
