"""What is stored, as a file that Discord takes."""

import io
import json
import random
import zipfile
from typing import Any

import pytest

from bot.errors import TooLarge
from bot.services.privacy import packed

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def rows(count: int) -> list[dict[str, object]]:
    """Return rows that can hardly be packed."""
    chance = random.Random(7)
    return [{"id": number, "text": "".join(chance.choices(ALPHABET, k=100))} for number in range(count)]


def test_what_fits_is_plain_json_and_whole() -> None:
    made = packed("me", {"user_id": "1"}, {"stored": rows(3)}, 10_000)
    assert made.name == "me.json"
    assert json.loads(made.content) == {"user_id": "1", "stored": rows(3)}
    assert not made.left_out


def test_what_is_too_large_is_packed_and_whole() -> None:
    alike = [{"id": number, "text": "the same words"} for number in range(5_000)]
    made = packed("server", {}, {"queries": alike}, 100_000)
    assert made.name == "server.zip"
    assert len(made.content) <= 100_000
    assert unpacked(made.content) == {"queries": alike}


def test_of_what_is_too_large_even_packed_the_newest_is_kept_and_the_rest_counted() -> None:
    made = packed("server", {}, {"few": rows(5), "many": rows(5_000)}, 100_000, {"many": 7})
    assert len(made.content) <= 100_000
    content = unpacked(made.content)
    assert content["few"] == rows(5)
    kept = len(content["many"])
    assert content["many"] == rows(5_000)[-kept:]
    assert made.left_out == {"many": 5_007 - kept}
    assert content["left_out"] == made.left_out


def test_what_can_never_fit_is_an_error() -> None:
    with pytest.raises(TooLarge):
        packed("me", {"user_id": "1" * 1_000}, {"stored": []}, 50)


def unpacked(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = archive.namelist()
        made: dict[str, Any] = json.loads(archive.read(name))
        return made
