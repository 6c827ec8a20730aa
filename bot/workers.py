"""Worker processes that can be killed: a task may hang, eat memory or crash, and only that task is lost.

The processes are pebble's. A task that takes too long is killed together with its process. The kernel limits
memory (RLIMIT_AS). Processes are replaced after `TASKS_PER_PROCESS` tasks, so leaks in parsers do not add up.
"""

import asyncio
import math
import multiprocessing
import os
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import structlog
from pebble import ProcessExpired, ProcessPool

from bot.errors import HearsayError, WorkerFailed
from bot.languages.translations import N_, _

T = TypeVar("T")

TASKS_PER_PROCESS = 2000
LIVENESS_CHECK = 1.0
"""Seconds between checks that the pool is still alive while a task is awaited."""
ORPHAN_GRACE = 5
"""Seconds after its time limit at which the kernel kills a task whose parent process is gone."""
STOPPING = N_("Hearsay is stopping.")
CPU_NICENESS = 5
"""Workers yield to the main process, which has to answer slash commands."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a task raised, in a form that can always be pickled."""

    error: HearsayError | None
    traceback: str
    out_of_memory: bool = False


class Runs(Protocol):
    """Runs functions in worker processes: a pool, or a wrapper that counts its work."""

    async def run(self, function: Callable[..., T], *args: Any, timeout: float | None = None) -> T:  # noqa: ASYNC109
        """See `Workers.run`."""
        ...


class Workers:
    """A pool of killable processes that starts with the first task.

    `count` is the number of processes, `timeout_s` the default time limit of a task, `memory_mb` the limit on the
    address space of each process. If nothing was to do for `idle_s` seconds, the processes end, and the next task
    starts them again; None keeps them.
    """

    def __init__(self, count: int, timeout_s: float, memory_mb: int, *, idle_s: float | None = None) -> None:
        self.count = count
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._awaited: set[Future[Any]] = set()
        self._idle_s = idle_s
        self._resting: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether there are processes."""
        return self._pool is not None

    async def run(self, function: Callable[..., T], *args: Any, timeout: float | None = None) -> T:  # noqa: ASYNC109
        """Return the result of `function(*args)`, run in a worker process. `function` must be picklable.

        The time limit counts from when a process starts the task. Raises the HearsayError that the function
        raised, or WorkerFailed if it ran out of time or memory, raised anything else, or crashed its process.
        """
        limit = timeout or self._timeout_s
        if self._resting is not None:
            self._resting.cancel()
        try:
            outcome = await self._attempt(function, args, limit)
        except BrokenProcessPool:  # a process died between tasks: not the fault of this one
            outcome = await self._attempt(function, args, limit, last=True)
        finally:
            if self._idle_s is not None and not self._awaited and not self._closed:
                self._resting = asyncio.create_task(self._rest(self._idle_s), name="idle workers")
        if isinstance(outcome, _Failure):
            if outcome.error is not None:
                raise outcome.error
            _log.warning("worker_task_failed", task=_name(function), traceback=outcome.traceback)
            if outcome.out_of_memory:
                raise WorkerFailed(_("This needed more memory than it may have, and was stopped."))
            raise WorkerFailed
        return outcome

    async def close(self) -> None:
        """Stop all processes and their tasks at once. Tasks that are awaited raise WorkerFailed."""
        self._closed = True
        if self._resting is not None:
            self._resting.cancel()
        for task in tuple(self._awaited):
            task.cancel()
        if self._pool is not None:
            await self._discard(self._pool)

    async def _rest(self, idle_s: float) -> None:
        """End the processes after some time. A task that comes just then finds them broken and starts new ones."""
        await asyncio.sleep(idle_s)
        if self._pool is not None:
            await self._discard(self._pool)

    async def _attempt(
        self, function: Callable[..., T], args: tuple[Any, ...], limit: float, *, last: bool = False
    ) -> T | _Failure:
        if self._pool is None:  # starting processes takes tens of milliseconds: not on the event loop
            await asyncio.to_thread(self._start)
        pool = self._pool
        if pool is None or self._closed:
            raise WorkerFailed(STOPPING)
        try:
            task: Future[T | _Failure] = pool.schedule(_run_task, args=(function, args, limit), timeout=limit)
            return await self._result(pool, task)
        except TimeoutError:
            _log.warning("worker_timed_out", task=_name(function), seconds=limit)
            raise WorkerFailed(
                _("This took longer than {limit} seconds and was stopped.", limit=f"{limit:g}")
            ) from None
        except ProcessExpired as error:
            _log.warning("worker_died", task=_name(function), exit_code=error.exitcode)
            raise WorkerFailed(_("The worker process died while it worked on this.")) from None
        except RuntimeError as error:  # the pool is broken; BrokenProcessPool ends here, too
            await self._discard(pool)
            if self._closed:
                raise WorkerFailed(STOPPING) from None
            if last:
                _log.exception("workers_broken", task=_name(function))
                raise WorkerFailed(_("The worker processes cannot be started. The log has the details.")) from None
            raise BrokenProcessPool from error

    async def _result(self, pool: ProcessPool, task: "Future[T | _Failure]") -> T | _Failure:
        self._awaited.add(task)
        waiter = asyncio.wrap_future(task)
        try:
            while not waiter.done():
                await asyncio.wait({waiter}, timeout=LIVENESS_CHECK)
                if not waiter.done() and not pool.active:
                    raise BrokenProcessPool
            return waiter.result()
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if self._closed and not (current and current.cancelling()):
                raise WorkerFailed(STOPPING) from None
            raise
        finally:
            waiter.cancel()  # pebble kills the process of a running task that is cancelled
            self._awaited.discard(task)

    def _start(self) -> None:
        with self._lock:
            if self._pool is None and not self._closed:
                pool = ProcessPool(
                    max_workers=self.count,
                    max_tasks=TASKS_PER_PROCESS,
                    initializer=_limit_process,
                    initargs=(self._memory_mb,),
                    context=multiprocessing.get_context("spawn"),
                )
                # Ctrl-C reaches all processes of a terminal. One that is just starting would print a traceback, so
                # block the
                # signal here: the pool's threads and the processes they start inherit that.
                before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
                try:
                    if pool.active:  # reading `active` starts the pool
                        self._pool = pool
                finally:
                    signal.pthread_sigmask(signal.SIG_SETMASK, before)

    async def _discard(self, pool: ProcessPool) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        await asyncio.to_thread(_stop, pool)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    with suppress(RuntimeError, OSError):
        pool.join()


def _name(function: Callable[..., Any]) -> str:
    return f"{getattr(function, '__module__', '?')}.{getattr(function, '__qualname__', '?')}"


def _limit_process(memory_mb: int) -> None:
    """Apply the limits to a new process. Runs in the worker."""
    # pebble's handler is written in Python and would wait for a C loop to end; the default handler stops at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limit = memory_mb * 1024 * 1024
    with suppress(ValueError, OSError):  # a lower limit may apply already
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        os.nice(CPU_NICENESS)


def _run_task(function: Callable[..., T], args: tuple[Any, ...], limit: float) -> T | _Failure:
    """Run one task. Never raises: an unpicklable exception would break the pool's pipe. Runs in the worker."""
    # If the main process is killed, only the kernel can stop an endless task.
    signal.alarm(math.ceil(limit) + ORPHAN_GRACE)
    try:
        return function(*args)
    except HearsayError as error:
        return _Failure(error, "")
    except BaseException as error:  # noqa: BLE001 - the boundary of the process, SystemExit included
        told = "".join(traceback.format_exception(error, limit=-20))
        return _Failure(None, told, isinstance(error, MemoryError))
    finally:
        signal.alarm(0)
