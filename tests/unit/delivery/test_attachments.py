"""Files that people attach to commands."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from bot.delivery.attachments import content_of
from bot.errors import BadInput


def attached(size: int, given: bytes | Exception) -> Any:
    async def read() -> bytes:
        if isinstance(given, Exception):
            raise given
        return given

    return SimpleNamespace(size=size, read=read)


async def test_a_file_is_read_where_it_is_small_enough() -> None:
    assert await content_of(attached(2_000_000, b"x"), largest=2_000_000) == b"x"
    with pytest.raises(BadInput, match="larger than 2 MB"):
        await content_of(attached(2_000_001, b"x"), largest=2_000_000)


@pytest.mark.parametrize("failure", [aiohttp.ClientError("x"), OSError("x"), TimeoutError()])
async def test_a_file_that_does_not_come_is_reported_in_a_sentence(failure: Exception) -> None:
    with pytest.raises(BadInput, match="did not deliver"):
        await content_of(attached(1, failure), largest=10)
