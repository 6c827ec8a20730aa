"""The file of a SQLite database, deleted, replaced, damaged or mounted read-only while it is open."""

import errno
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.errors import StoreError, StoreUnavailable
from bot.store import Store, open_store, sqlite_file
from bot.store.sqlite_file import HEADER, SqliteFile, why_unwritable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hearsay.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{path}") as opened:
        await opened.installation.put("key", "value")
        yield opened


def overwrite(path: Path, start: int, sign: bytes) -> None:
    """Write `sign` over the first bytes, or over everything behind `start`."""
    with path.open("r+b") as file:
        file.seek(start)
        file.write(sign * ((path.stat().st_size - start) if start else len(HEADER)))


def exists(path: Path) -> bool:
    return path.exists()


def delete(path: Path) -> None:
    path.unlink()


def move(path: Path, target: Path) -> None:
    path.replace(target)


async def test_a_file_that_was_deleted_is_said_to_be(store: Store, path: Path) -> None:
    delete(path)
    for asked in (store.installation.get("key"), store.installation.put("key", "lost")):
        with pytest.raises(StoreUnavailable, match=r"was deleted\. Stop Hearsay, put the file back"):
            await asked
    assert not exists(path), "nothing is written into a new file"


async def test_a_file_that_was_replaced_is_said_to_be(store: Store, path: Path) -> None:
    shutil.copy(path, path.with_suffix(".copy"))
    move(path.with_suffix(".copy"), path)
    with pytest.raises(StoreUnavailable, match="was replaced while Hearsay was running"):
        await store.installation.get("key")


async def test_a_file_that_comes_back_as_it_was_is_used_again(store: Store, path: Path) -> None:
    aside = path.with_suffix(".aside")
    move(path, aside)
    with pytest.raises(StoreUnavailable, match="was deleted"):
        await store.installation.get("key")
    move(aside, path)
    assert await store.installation.get("key") == "value"


async def test_a_file_that_was_overwritten_is_said_to_be(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "HEADER_EVERY_S", 0.0)
    overwrite(path, 0, b"x")
    with pytest.raises(StoreUnavailable, match="was overwritten or is damaged"):
        await store.installation.get("key")


async def test_damaged_pages_are_found_by_the_daily_check(store: Store, path: Path) -> None:
    await store.database.check()
    await store.database.engine.dispose()  # what was written stands in the file itself then
    overwrite(path, 4096, b"\xff")
    with pytest.raises(StoreError, match=r"is damaged \(.*Stop Hearsay, put the file back"):
        await store.database.check()


async def test_a_start_with_a_damaged_file_says_what_to_do(path: Path) -> None:
    async with open_store(f"sqlite:///{path}") as store:
        await store.installation.put("key", "value")
    overwrite(path, 4096, b"\xff")
    with pytest.raises(StoreError, match=r"hearsay\.db is damaged \(.*Stop Hearsay, put the file back"):
        async with open_store(f"sqlite:///{path}"):
            pass


async def test_a_full_disk_is_said_with_what_to_do_and_is_got_over(store: Store, path: Path) -> None:
    async with store.database.reading() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # no page more, as on a full disk
    with pytest.raises(StoreUnavailable, match=r"no room left for the file .*hearsay\.db .*Free some space"):
        await store.installation.put("key", "x" * 100_000)
    async with store.database.reading() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    await store.installation.put("key", "x" * 100_000)


def test_a_read_only_file_system_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_unwritable(path) is None
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    for said in ("unable to open database file", "attempt to write a readonly database"):
        assert "is on a file system that is mounted read-only" in SqliteFile(path).explained(said)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "is on a file system that has become read-only. Once it can be written to, Hearsay goes on"),
        (errno.EDQUOT, "(disk quota exceeded)"),
        (errno.EIO, "(input/output error)"),
        (errno.ENOSPC, "is damaged"),  # there is room, as far as the disk itself is concerned
    ],
)
def test_what_the_system_says_when_a_file_is_created_is_the_reason_for_an_error_of_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(sqlite_file, "TemporaryFile", refuse)
    assert words in SqliteFile(path).explained("disk I/O error")


def test_a_folder_without_permission_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert why_unwritable(path) == f"Hearsay may not write to {path.parent}"


async def test_a_mount_that_became_read_only_is_said_in_words(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    async with store.database.reading() as connection:
        await connection.exec_driver_sql("PRAGMA query_only = ON")  # as such a mount answers
    with pytest.raises(StoreUnavailable, match="mounted read-only"):
        await store.installation.put("key", "other")
