"""Opening the store, and the messages if it cannot be opened."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import HearsayError, StoreError
from bot.store import Store, open_store
from bot.store.upgrade import check
from tests.databases import PASSWORD, Server, Templates
from tests.integration.store.processes import python


async def test_a_new_file_in_a_new_folder_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/hearsay.db"
    assert "db upgrade" in (await check(url))[0]
    assert not (tmp_path / "data").exists()
    async with open_store(url) as store:
        assert await store.feeds.all() == []
    assert (tmp_path / "data" / "hearsay.db").is_file()
    assert await check(url) == []


async def test_sqlite_is_set_up_for_readers_beside_a_writer(templates: Templates, tmp_path: Path) -> None:
    async with open_store(templates.sqlite_copy(tmp_path)) as store, store.database.reading() as connection:
        found = {}
        for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout"):
            found[name] = (await connection.execute(text(f"PRAGMA {name}"))).scalar()
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 30_000}


@pytest.mark.parametrize("place", ["missing/also/hearsay.db", "file.txt/hearsay.db", "."])
async def test_a_place_that_cannot_hold_the_file_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    url = f"sqlite:///{tmp_path / place}"
    (problem,) = await check(url)
    with pytest.raises(StoreError) as caught:
        async with open_store(url):
            pass
    assert caught.value.message == problem
    assert str(tmp_path) in problem


async def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "hearsay.db"
    file.write_text("This is a letter, not a database. " * 100)
    (problem,) = await check(f"sqlite:///{file}")
    assert "not a database" in problem
    with pytest.raises(StoreError, match="not a database"):
        async with open_store(f"sqlite:///{file}"):
            pass
    assert file.read_text().startswith("This is a letter")


async def test_damage_is_found(templates: Templates, tmp_path: Path) -> None:
    url = templates.sqlite_copy(tmp_path)
    with closing(sqlite3.connect(tmp_path / "hearsay.db")) as connection, connection:
        connection.execute("INSERT INTO guild_feeds VALUES (1, 99, 1, '2026-01-01 00:00:00')")
    connection.close()
    (problem,) = await check(url)
    assert "refer to others" in problem
    with (tmp_path / "hearsay.db").open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 8192)
    assert any("damaged" in problem or "malformed" in problem for problem in await check(url))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://u:kept-secret@h/x",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://u:kept-secret@h:port/x",
    ],
)
async def test_an_address_of_no_known_kind_is_refused_without_repeating_it(url: str) -> None:
    (problem,) = await check(url)
    with pytest.raises(StoreError) as caught:
        async with open_store(url):
            pass
    assert PASSWORD not in problem + caught.value.message
    assert "sqlite:///" in problem


@pytest.mark.parametrize("change", ["password", "database", "port"])
async def test_a_postgresql_that_does_not_answer_is_reported_without_the_password(
    postgres: Server, change: str
) -> None:
    url = postgres.url("postgres")
    url = {
        "password": url.replace(PASSWORD, "wrong-secret"),
        "database": postgres.url("not_there"),
        "port": url.replace(f":{postgres.port}/", ":1/"),
    }[change]
    (problem,) = await check(url)
    with pytest.raises(HearsayError) as caught:
        async with open_store(url):
            pass
    assert isinstance(caught.value, StoreError)
    said = problem + caught.value.message
    assert PASSWORD not in said
    assert "wrong-secret" not in said
    assert {"password": "authentication", "database": "does not exist", "port": "127.0.0.1:1/"}[change] in said


async def test_an_address_as_providers_give_it_is_understood(postgres: Server) -> None:
    with postgres.database() as url:
        theirs = url.replace("postgresql://", "postgres://") + "?sslmode=disable"
        async with open_store(theirs) as store:
            assert await store.installation.get("x") is None


async def test_a_database_that_goes_away_is_reported_plainly(store: Store) -> None:
    async with store.database.writing() as connection:
        for name in ("feeds",):
            await connection.execute(text(f"ALTER TABLE {name} RENAME TO gone"))
    try:
        with pytest.raises(StoreError):
            await store.feeds.all()
    finally:
        async with store.database.writing() as connection:
            await connection.execute(text("ALTER TABLE gone RENAME TO feeds"))
    assert await store.feeds.all() == []


async def test_two_processes_write_at_once_and_nothing_is_lost(database_url: str) -> None:
    code = (
        "import asyncio, sys\n"
        "from bot.store import open_store\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1], migrate=False) as store:\n"
        "        urls = [f'https://{sys.argv[2]}{n}.example/' for n in range(25)]\n"
        "        await asyncio.gather(*map(store.feeds.add, urls))\n"
        "asyncio.run(main())\n"
    )
    await asyncio.gather(*(python(code, database_url, name) for name in "ab"))
    async with open_store(database_url, migrate=False) as store:
        assert len(await store.feeds.all()) == 50


async def test_a_writer_that_is_killed_leaves_nothing_half_done(database_url: str) -> None:
    code = (
        "import asyncio, os, sys\n"
        "from sqlalchemy import text\n"
        "from bot.store import open_store\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1], migrate=False) as store:\n"
        "        await store.installation.put('kept', 'yes')\n"
        "        async with store.database.writing() as connection:\n"
        "            await connection.execute(text(\"INSERT INTO meta VALUES ('lost', 'x')\"))\n"
        "            os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    await python(code, database_url, returns=-9)
    async with open_store(database_url, migrate=False) as store:
        assert (await store.installation.get("kept"), await store.installation.get("lost")) == ("yes", None)
    assert await check(database_url) == []
