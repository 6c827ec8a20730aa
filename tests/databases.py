"""Throw-away databases for tests: SQLite files, and PostgreSQL.

PostgreSQL is started for each run if its programs are installed. If HEARSAY_TEST_POSTGRESQL_PORT is set, the
server at that port of 127.0.0.1 is used instead. It needs a superuser USER with PASSWORD, and locale C.

A test module takes the fixtures by importing them into its conftest.py:

    from tests.databases import database_url, postgres, templates  # noqa: F401
"""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.store.schema.rows import Row
from bot.store.upgrade import upgrade

PORT_VARIABLE = "HEARSAY_TEST_POSTGRESQL_PORT"
PASSWORD = "kept-secret"
USER = "hearsay"
ABSENT = "the programs of PostgreSQL (initdb, pg_ctl) are not installed"
QUEUE_TABLES = ("procrastinate_jobs", "procrastinate_workers")
FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"
)


def in_thread(work: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    """Run a coroutine function to its end in a new loop, whether or not one is running here."""

    async def run() -> Any:
        return await work(*arguments)

    with ThreadPoolExecutor(1) as executor:
        return executor.submit(lambda: asyncio.run(run())).result()


def postgres_programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


class Server:
    """A running PostgreSQL at a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made: list[str] = []

    def url(self, database: str) -> str:
        """Return the address of a database, in the form that a host would write."""
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the superuser."""

        async def run() -> None:
            connection = await asyncpg.connect(self.url(database))
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        in_thread(run)

    def create(self) -> str:
        """Create an empty database and return its name, which no other run on the same server uses."""
        name = f"test_{os.getpid()}_{len(self._made)}"
        self._made.append(name)
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, even if someone is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def drop_all(self) -> None:
        """Drop everything that was created here."""
        for name in self._made:
            self.drop(name)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Create an empty database, yield its address, and drop it."""
        name = self.create()
        try:
            yield self.url(name)
        finally:
            self.drop(name)


class Cluster(Server):
    """A PostgreSQL of this run, with its files in a folder of its own."""

    def __init__(self, programs: Path, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            super().__init__(free.getsockname()[1])
        self._programs = programs
        self._folder = folder
        self._user = self._unprivileged_user()

    @staticmethod
    def _unprivileged_user() -> pwd.struct_passwd | None:
        """Return a user to run PostgreSQL, which refuses to run as root."""
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        pytest.skip("PostgreSQL does not run as root, and there is no other user to run it as")

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str) -> None:
        log = self._folder / "out.log"
        with log.open("ab") as out:
            code = subprocess.run(
                [self._programs / program, *arguments],
                cwd=self._folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(self._folder)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                timeout=120,
                check=False,
                **self._as_user(),
            ).returncode
        if code:
            raise RuntimeError(f"{program} failed:\n{log.read_text()}")

    def start(self) -> None:
        """Create the cluster and start it."""
        password = self._folder / "password"
        password.write_text(PASSWORD)
        if self._user is not None:
            for path in (self._folder, password):
                os.chown(path, self._user.pw_uid, self._user.pw_gid)
        data = str(self._folder / "data")
        made = ["-A", "scram-sha-256", "-U", USER, f"--pwfile={password}", "-E", "UTF8", "--locale=C", "--no-sync"]
        self._run("initdb", "-D", data, *made)
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} {FAST}"
        self._run(
            "pg_ctl", "-D", data, "-w", "-t", "60", "-l", str(self._folder / "server.log"), "-o", options, "start"
        )

        # ends the cluster however this process ends: its end of the pipe closes then
        guard = 'cat > /dev/null; "$1" -D "$2" -m immediate stop; rm -rf "$3"'
        self._guard = subprocess.Popen(
            ["sh", "-c", guard, "sh", self._programs / "pg_ctl", data, self._folder],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **self._as_user(),
        )

    def crash(self) -> None:
        """Stop it as a power cut would, and start it again."""
        data, log = str(self._folder / "data"), str(self._folder / "server.log")
        self._run("pg_ctl", "-D", data, "-m", "immediate", "-w", "-t", "60", "-l", log, "restart")

    def stop(self) -> None:
        """Stop it at once and delete its files."""
        self._guard.communicate()


@contextmanager
def running_server() -> Iterator[Server]:
    """Yield the PostgreSQL that is provided, or start one. Skip the test if its programs are not installed."""
    if port := os.environ.get(PORT_VARIABLE):
        server = Server(int(port))
        try:
            yield server
        finally:
            server.drop_all()
        return
    programs = postgres_programs()
    if programs is None:
        pytest.skip(ABSENT)
    folder = Path(tempfile.mkdtemp(prefix="hearsay-pg-"))
    try:
        cluster = Cluster(programs, folder)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The PostgreSQL of this run."""
    with running_server() as server:
        yield server


class Templates:
    """Migrated databases, created once for all tests: migrating each time takes far longer."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        self._in_postgres: str | None = None

    def sqlite_copy(self, folder: Path) -> str:
        """Return the address of a copy in `folder`."""
        if not self._file.exists():
            in_thread(upgrade, f"sqlite:///{self._file}")
        copy = folder / "hearsay.db"
        shutil.copy(self._file, copy)
        return f"sqlite:///{copy}"

    @contextmanager
    def postgres_emptied(self, server: Server) -> Iterator[str]:
        """Yield the address of the one migrated database in `server`, and empty it at the end.

        That takes a tenth of the time of a copy.
        """
        if self._in_postgres is None:
            self._in_postgres = server.create()
            in_thread(upgrade, server.url(self._in_postgres))
        yield server.url(self._in_postgres)
        names = ", ".join((*(table.name for table in Row.metadata.sorted_tables), *QUEUE_TABLES))
        server.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE", self._in_postgres)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Migrated databases."""
    return Templates(tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Iterator[str]:
    """The address of a new, migrated database. The test runs once on each kind."""
    if request.param == "sqlite":
        yield templates.sqlite_copy(tmp_path)
    else:
        with templates.postgres_emptied(request.getfixturevalue("postgres")) as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables (a SQLite file that does not exist yet)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url
