"""A folder that Hearsay may not write to: one sentence says so, and nothing else is printed."""

import threading
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import open_store
from bot.store.sqlite_file import SqliteFile

FOLDER = Path("/proc")
"""Where even the owner of the machine can make no file."""


@pytest.mark.skipif(not FOLDER.is_dir(), reason="there is no /proc here")
async def test_a_file_that_can_be_neither_opened_nor_made_is_reported_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thrown: list[object] = []
    monkeypatch.setattr(threading, "excepthook", thrown.append)
    with pytest.raises(
        StoreError, match=r"The file of the database, /proc/hearsay\.db, cannot be opened or created"
    ):
        async with open_store(f"sqlite:///{FOLDER}/hearsay.db"):
            pass
    assert thrown == []


@pytest.mark.parametrize(("needed", "word"), [(10**18, "there is no room left"), (0, "is damaged")])
def test_an_error_of_the_disk_is_no_damage_if_the_disk_is_full(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, needed: int, word: str
) -> None:
    """SQLite says "disk I/O error" if it cannot make the files beside the database."""
    monkeypatch.setattr("bot.store.sqlite_file.ROOM", needed)
    assert word in SqliteFile(tmp_path / "hearsay.db").explained("disk I/O error")
