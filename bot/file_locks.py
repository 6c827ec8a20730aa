"""Locks between processes of one machine, as files. The system releases them if their process is killed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def held(file: Path) -> Iterator[bool]:
    """Hold the lock `file`. Yield whether this process got it: False if another one holds it.

    The file is created, and deleted at the end. If it cannot be created, nobody can hold it, so True is yielded.
    """
    lock = FileLock(file, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError:
        yield True
        return
    try:
        yield True
    finally:
        with suppress(OSError):
            file.unlink()  # before it is released: nobody else can hold this file by now
        lock.release()
