"""Keeps the pauses of Python's garbage collector short, and free memory small."""

import ctypes
import gc
from contextlib import suppress

COLLECT_AFTER = 10_000
"""How many new objects trigger a collection of the youngest ones, which takes two or three milliseconds.

A poll leaves some dozens until it is stored, and hardly any reference cycles. With Python's default of 700,
collections take a twentieth of the time of polls.
"""

HEAPS = 2
"""How many heaps glibc gives the threads. The default is eight for each core; each keeps its free memory, and the
threads of SQLite waste 2 MB. Python's lock rarely lets two threads allocate at the same time anyway.
"""
_M_ARENA_MAX = -8
"""The number of the option, from glibc's malloc.h (https://man7.org/linux/man-pages/man3/mallopt.3.html)."""


def share_heaps() -> None:
    """Let threads share their heaps, if the C library is glibc. Call it before there are threads."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, HEAPS)


def collect_less_often() -> None:
    """Exempt everything in memory now from collection, and collect new objects less often. Call once per process.

    Modules and tables are some 150,000 permanent objects. Collecting them all takes nearly a tenth of a second.
    """
    # Python 3.12 starts with some frozen objects, so their number does not show whether this was done
    if gc.get_threshold()[0] != COLLECT_AFTER:
        gc.collect()
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])


def give_free_memory_back() -> None:
    """Return free memory to the system if glibc does not do so by itself (some 7 MB after a start)."""
    with suppress(OSError, AttributeError, TypeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
