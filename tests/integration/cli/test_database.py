"""`db`, and what every command says of a database that cannot be used."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.upgrade import newest
from tests.integration.cli.conftest import Command

IN_PLACE = {"HEARSAY_DATABASE_URL": "sqlite:///here.db"}


def set_revision(revision: str) -> None:
    with closing(sqlite3.connect("here.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_upgrade_makes_the_database_and_a_second_one_changes_nothing(hearsay: Command) -> None:
    missing = hearsay("db", "check", **IN_PLACE)
    assert (missing.exit_code, "`db upgrade` creates one" in missing.stderr) == (1, True)
    for _ in range(2):
        assert hearsay("db", "upgrade", **IN_PLACE).stdout == "The database is up to date.\n"
    checked = hearsay("db", "check", **IN_PLACE)
    assert (checked.exit_code, checked.stdout) == (0, "The database is in order.\n")


def test_a_backup_is_complete_while_another_process_is_writing(hearsay: Command, folder: Path) -> None:
    hearsay("db", "upgrade", **IN_PLACE)
    hearsay("feeds", "import", **IN_PLACE)
    with closing(sqlite3.connect("here.db")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM feeds")
        copied = hearsay("db", "backup", "copy.db", **IN_PLACE)
    assert (copied.exit_code, copied.stdout) == (0, "The database was copied to copy.db.\n")
    assert sorted(path.name for path in folder.glob("*copy*")) == ["copy.db"]
    restored = {"HEARSAY_DATABASE_URL": "sqlite:///copy.db"}
    assert hearsay("db", "check", **restored).exit_code == 0
    assert hearsay("feeds", "export", **restored).stdout == hearsay("feeds", "export", **IN_PLACE).stdout
    assert "xmlUrl" in hearsay("feeds", "export", **restored).stdout


@pytest.mark.parametrize(
    ("url", "target", "sentence"),
    [
        ("sqlite:///none.db", "copy.db", "There is no database yet"),
        ("postgresql://hearsay@127.0.0.1:1/news", "copy.db", "Use pg_dump"),
        ("sqlite:///here.db", "here.db", "exists already"),
        ("sqlite:///here.db", "no/such/copy.db", "its folder does not exist"),
        ("sqlite:///noise.db", "copy.db", "cannot be copied"),
    ],
)
def test_a_backup_that_is_impossible_says_why_and_leaves_nothing(
    hearsay: Command, folder: Path, url: str, target: str, sentence: str
) -> None:
    hearsay("db", "upgrade", **IN_PLACE)
    (folder / "noise.db").write_bytes(bytes(range(1, 256)) * 40)
    before = {path.name for path in folder.iterdir()}
    refused = hearsay("db", "backup", target, HEARSAY_DATABASE_URL=url)
    assert (refused.exit_code, sentence in refused.stderr) == (1, True), refused.output
    assert {path.name for path in folder.iterdir()} == before


def test_a_backup_is_put_back_and_what_was_there_is_kept(hearsay: Command, folder: Path) -> None:
    hearsay("db", "upgrade", **IN_PLACE)
    hearsay("feeds", "import", **IN_PLACE)
    feeds = hearsay("feeds", "export", **IN_PLACE).stdout
    hearsay("db", "backup", "copy.db", **IN_PLACE)
    with closing(sqlite3.connect("here.db")) as connection:
        connection.execute("DELETE FROM feeds")
        connection.commit()
        emptied = hearsay("db", "restore", "copy.db", **IN_PLACE)
    assert emptied.exit_code == 0, emptied.output
    assert "What was there is in here.db.before-1." in emptied.stdout
    assert hearsay("feeds", "export", **IN_PLACE).stdout == feeds
    assert hearsay("db", "check", **IN_PLACE).exit_code == 0
    assert "xmlUrl" not in hearsay("feeds", "export", HEARSAY_DATABASE_URL="sqlite:///here.db.before-1").stdout
    assert hearsay("db", "restore", "copy.db", HEARSAY_DATABASE_URL="sqlite:///new.db").exit_code == 0
    assert hearsay("feeds", "export", HEARSAY_DATABASE_URL="sqlite:///new.db").stdout == feeds


@pytest.mark.parametrize("file", ["none.db", "noise.db", "other.db"])
def test_what_is_no_backup_is_not_restored(hearsay: Command, folder: Path, file: str) -> None:
    hearsay("db", "upgrade", **IN_PLACE)
    (folder / "noise.db").write_bytes(bytes(range(1, 256)) * 40)
    with closing(sqlite3.connect("other.db")) as other:  # some other program's
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = {path.name: path.stat().st_ino for path in folder.iterdir() if path.suffix == ".db"}
    refused = hearsay("db", "restore", file, **IN_PLACE)
    assert (refused.exit_code, "cannot be restored" in refused.stderr) == (1, True), refused.output
    assert {path.name: path.stat().st_ino for path in folder.iterdir() if path.suffix == ".db"} == before


@pytest.mark.parametrize("at", [0, 100, 5_000, 20_000])
def test_no_command_passes_over_a_damaged_file_in_silence(hearsay: Command, folder: Path, at: int) -> None:
    assert hearsay("db", "upgrade", **IN_PLACE).exit_code == 0
    file = folder / "here.db"
    with file.open("r+b") as damaged:
        damaged.seek(at)
        damaged.write(b"\xde\xad\xbe\xef" * 2_000)
    told = [hearsay("db", "check", **IN_PLACE), hearsay("db", "backup", "copy.db", **IN_PLACE)]
    told += (
        [hearsay("db", "size", **IN_PLACE)] if at != 5_000 else []
    )  # the counts of rows need not meet that page
    for result in told:
        assert result.exit_code == 1
        assert "here.db is damaged" in result.stderr
        assert "from a backup, if there is one" in result.stderr
    assert not (folder / "copy.db").exists()


def test_the_size_of_an_empty_file_is_not_told_but_what_to_do(hearsay: Command, folder: Path) -> None:
    (folder / "here.db").touch()
    result = hearsay("db", "size", **IN_PLACE)
    assert result.exit_code == 1
    assert "`python -m bot db upgrade` makes them" in result.stderr


def test_the_size_is_told_and_the_space_of_deleted_rows_is_given_back(hearsay: Command, folder: Path) -> None:
    hearsay("db", "upgrade", **IN_PLACE)
    hearsay("feeds", "import", **IN_PLACE)
    with closing(sqlite3.connect("here.db")) as connection:
        connection.execute("CREATE TABLE waste AS SELECT randomblob(2000000) AS bytes")
        connection.execute("DROP TABLE waste")
        connection.commit()
    told = hearsay("db", "size", **IN_PLACE)
    assert told.exit_code == 0
    assert "of which is free" in told.stdout
    assert any(line.startswith("feeds ") and " 0 rows" not in line for line in told.stdout.splitlines())
    before = (folder / "here.db").stat().st_size
    assert hearsay("db", "vacuum", **IN_PLACE).exit_code == 0
    assert (folder / "here.db").stat().st_size < before - 1_500_000
    assert hearsay("db", "size", HEARSAY_DATABASE_URL="sqlite:///none.db").exit_code == 1


def test_a_copy_needs_a_database_and_a_postgresql(hearsay: Command) -> None:
    refused = hearsay(
        "db", "copy", "--to", "postgresql://127.0.0.1:1/news", HEARSAY_DATABASE_URL="sqlite:///none.db"
    )
    assert (refused.exit_code, "Only a SQLite database that exists" in refused.stderr) == (1, True)
    hearsay("db", "upgrade", **IN_PLACE)
    refused = hearsay("db", "copy", "--to", "sqlite:///other.db", **IN_PLACE)
    assert (refused.exit_code, "The copy goes to PostgreSQL" in refused.stderr) == (1, True)


def test_an_empty_file_is_behind_and_is_upgraded(hearsay: Command, folder: Path) -> None:
    (folder / "here.db").touch()
    behind = hearsay("db", "check", **IN_PLACE)
    assert (behind.exit_code, f"{newest()} is needed. Run `db upgrade`" in behind.stderr) == (1, True)
    assert hearsay("db", "upgrade", **IN_PLACE).exit_code == 0
    assert hearsay("db", "check", **IN_PLACE).exit_code == 0


def test_a_database_of_a_newer_hearsay_is_left_alone(hearsay: Command) -> None:
    hearsay("db", "upgrade", **IN_PLACE)
    set_revision("9999")
    for command in (("db", "check"), ("db", "upgrade"), ("said", "x")):
        refused = hearsay(*command, **IN_PLACE)
        assert refused.exit_code == 1
        assert "made by a newer Hearsay" in refused.stderr


def test_a_file_that_is_no_database_is_left_as_it_is(hearsay: Command, folder: Path) -> None:
    noise = bytes(range(1, 256)) * 40
    (folder / "here.db").write_bytes(noise)
    for command in (("db", "check"), ("db", "upgrade"), ("poll",)):
        refused = hearsay(*command, **IN_PLACE)
        assert refused.exit_code == 1
        assert "file is not a database" in refused.stderr
    assert (folder / "here.db").read_bytes() == noise


@pytest.mark.parametrize(
    "command", [("db", "check"), ("db", "upgrade"), ("poll",), ("digest",), ("feeds", "list")]
)
def test_a_missing_folder_is_named(hearsay: Command, folder: Path, command: tuple[str, ...]) -> None:
    result = hearsay(*command, HEARSAY_DATABASE_URL=f"sqlite:///{folder}/no/such/here.db")
    assert result.exit_code == 1
    assert f"{folder}/no/such, does not exist" in result.stderr


def test_a_server_that_is_not_there_is_told_without_its_password(hearsay: Command) -> None:
    url = "postgresql://hearsay:quite-secret@127.0.0.1:1/news"
    for command in (("db", "check"), ("poll",)):
        result = hearsay(*command, HEARSAY_DATABASE_URL=url)
        assert result.exit_code == 1
        assert "The database cannot be reached" in result.stderr
        assert "quite-secret" not in result.output


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (".env", b"HEARSAY_POLL_CONCURRENCY=many\n", "HEARSAY_POLL_CONCURRENCY = 'many' (from: .env file)"),
        (".env", b"\xff\xfe\x00", ".env is not written in UTF-8"),
        ("hearsay.toml", b"poll_minimum = \n", "hearsay.toml is not valid TOML"),
        ("hearsay.toml", b"\xff", "hearsay.toml is not written in UTF-8"),
    ],
)
def test_broken_settings_end_every_command_in_a_sentence(
    hearsay: Command, folder: Path, name: str, content: bytes, sentence: str
) -> None:
    (folder / name).write_bytes(content)
    for command in ("poll", "run", "doctor"):
        result = hearsay(command)
        assert (result.exit_code, sentence in result.stderr) == (1, True), result.output
