"""A PostgreSQL of the benchmarks, whose files stay in their folder between runs."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg

from tests.databases import PASSWORD, USER, Cluster, in_thread, postgres_programs

SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100 -c shared_buffers=1GB "
    "-c work_mem=16MB -c maintenance_work_mem=256MB -c max_wal_size=8GB -c autovacuum=off"
)
"""The data can be made again, so nothing waits for the disk; and nothing runs beside what is measured."""


class KeptCluster(Cluster):
    """A PostgreSQL whose files stay."""

    def start(self) -> None:
        """Start it; create it the first time."""
        data = self._folder / "data"
        if not data.exists():
            password = self._folder / "password"
            password.write_text(PASSWORD)
            if self._user is not None:
                for path in (self._folder, password):
                    os.chown(path, self._user.pw_uid, self._user.pw_gid)
            made = [
                "-A",
                "scram-sha-256",
                "-U",
                USER,
                f"--pwfile={password}",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ]
            self._run("initdb", "-D", str(data), *made)
        if (data / "postmaster.pid").exists():  # left running by a benchmark that was killed
            with suppress(RuntimeError):
                self.stop()
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} {SETTINGS}"
        )
        log = str(self._folder / "server.log")
        self._run("pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", log, "-o", options, "start")

    def has(self, name: str) -> bool:
        """Return whether there is a database of this name."""

        async def ask() -> bool:
            connection = await asyncpg.connect(self.url("postgres"))
            try:
                return bool(await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name))
            finally:
                await connection.close()

        return bool(in_thread(ask))

    def stop(self) -> None:
        """Stop it and keep its files."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "fast", "-w", "stop")


@contextmanager
def kept_server(folder: Path) -> Iterator[KeptCluster | None]:
    """Yield the server whose files are in `folder`, or None if its programs are not installed."""
    programs = postgres_programs()
    if programs is None:
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    cluster = KeptCluster(programs, folder)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
