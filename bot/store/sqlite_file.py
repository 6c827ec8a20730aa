"""The file of a SQLite database: whether it is still the one that was opened, and why it cannot be used.

SQLite goes on writing into a file that was deleted or replaced under it, and finds a damaged page only when it
reads that page. A running Hearsay therefore looks at its file before each transaction.
"""

import errno
import os
import time
from pathlib import Path
from tempfile import TemporaryFile

from bot.errors import StoreUnavailable

HEADER = b"SQLite format 3\0"
"""The first bytes of every SQLite database (https://www.sqlite.org/fileformat.html, 1.3)."""
ROOM = 200_000
"""Free bytes below which a disk counts as full: the log and the index of the log (-wal, -shm) need some 100,000.
"""
HEADER_EVERY_S = 30.0
"""Seconds after which the first bytes are read again."""
_RESTORE = "Stop Hearsay, put the file back (from a backup, if there is one), and start it again."
_DAMAGED = ("malformed", "file is not a database", "disk i/o error")
_OF_THE_DISK = ("disk i/o error", "unable to open", "readonly", "read-only")
"""SQLite's errors if the system refuses it something. A write to a file opened before the file system became
read-only is an I/O error.
"""


class SqliteFile:
    """The file at `path`, compared with its state when it was first seen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: tuple[int, int] | None = None
        self._header_at = -HEADER_EVERY_S

    def check(self) -> None:
        """Raise StoreUnavailable if the file was deleted, replaced or overwritten since it was opened."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            if self._opened is None:
                return  # it is just being created
            raise StoreUnavailable(f"The file of the database, {self.path}, was deleted. {_RESTORE}") from None
        except OSError as error:
            raise StoreUnavailable(f"The file of the database cannot be looked at: {error.strerror}.") from error
        identity = found.st_dev, found.st_ino
        if self._opened is None:
            self._opened = identity
        elif identity != self._opened:
            raise StoreUnavailable(
                f"The file of the database, {self.path}, was replaced while Hearsay was running. "
                "Restart Hearsay to use the new one."
            )
        now = time.monotonic()
        if now - self._header_at >= HEADER_EVERY_S and found.st_size:
            self._check_header()
            self._header_at = now

    def _check_header(self) -> None:
        with self.path.open("rb") as file:
            if file.read(len(HEADER)) != HEADER:
                raise StoreUnavailable(
                    f"The file of the database, {self.path}, was overwritten or is damaged. {_RESTORE}"
                )

    def explained(self, reason: str) -> str:
        """Return SQLite's error, what the file system says about it, and what to do."""
        low = reason.lower()
        of_the_disk = any(words in low for words in _OF_THE_DISK)
        if of_the_disk and (why := why_unwritable(self.path)):
            return f"{why}. Once it can be written to, Hearsay goes on by itself"
        if "disk is full" in low or (of_the_disk and is_full(self.path.parent)):
            return (
                f"there is no room left for the file {self.path} ({reason}). Free some space on its disk; "
                "Hearsay then goes on by itself"
            )
        if any(word in low for word in _DAMAGED):
            return f"the file {self.path} is damaged ({reason}). {_RESTORE.removesuffix('.')}"
        return reason


def is_full(folder: Path) -> bool:
    """Return whether a disk has too little room for the files that SQLite creates beside a database."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < ROOM


def why_unwritable(path: Path) -> str | None:
    """Return why a file can be neither opened nor created, in words, or None if it can."""
    folder = path.parent
    if not folder.is_dir():
        return f"the folder {folder} does not exist"
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return f"{folder} is on a file system that is mounted read-only"
    for place in (folder, path):
        try:
            allowed = not place.exists() or os.access(place, os.W_OK)
        except OSError as error:
            return f"{place}: {os.strerror(error.errno or errno.EIO).lower()}"
        if not allowed:
            return f"Hearsay may not write to {place}"
    return _refusal(folder)


def _refusal(folder: Path) -> str | None:
    """Return why the system creates no file in a folder, by trying; None if only space is missing.

    A file system that became read-only after an error may not say so in its flags (ext4 since Linux 6.16), and a
    quota is not a permission.
    """
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return None
        if error.errno == errno.EROFS:
            return f"{folder} is on a file system that has become read-only"
        return f"nothing can be written to {folder} ({os.strerror(error.errno or errno.EIO).lower()})"
    return None
