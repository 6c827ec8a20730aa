"""Polling: feeds per second of a bare loop, Hearsay, lemon24/reader and `feedparser.parse(url)`.

All poll one server on loopback, one after the other, each in its own process. Compare the ratios: absolute rates
depend on the machine and its load.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

FEEDS = 2_000
SIZES = (200, 2_000, 4_000)
FULL_SIZES = (200, 2_000, 20_000)
READER_FEEDS = 300
NAIVE_FEEDS = 40
SLOW = {"slow": 1_000, "slow_hosts": 50, "concurrency": 100}
FULL_SLOW = {"slow": 10_000, "slow_hosts": 500, "concurrency": 1_000}
QUICK = 500
PLAIN, BARE = "bare aiohttp on asyncio", "bare aiohttp on uvloop, as Hearsay"

READER = """
import json, sys, time, urllib.request
from reader import make_reader
port, count, database = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
def start(round_):
    urllib.request.urlopen(f"http://127.0.0.1:{port}/round/{round_}/{count}").read()
reader = make_reader(database)
for number in range(count):
    reader.add_feed(f"http://127.0.1.{1 + number % 50}:{port}/{number}")
start(0)
reader.update_feeds(workers=10, scheduled=False)
start(1)
started, cpu = time.perf_counter(), time.process_time()
reader.update_feeds(workers=10, scheduled=False)
seconds = time.perf_counter() - started
print(json.dumps({"feeds": count, "seconds": seconds, "cpu_s": time.process_time() - cpu}))
"""


def run(console: Console, *, full: bool = False) -> None:
    """Print the tables. `full` goes up to 20,000 feeds and 500 slow hosts, and takes minutes."""
    with tempfile.TemporaryDirectory(prefix="hearsay-bench-") as made, _server() as port:
        folder = Path(made)
        plain = _measured("bare", port=port, count=FEEDS, plain=True)
        bare = _measured("bare", port=port, count=FEEDS)
        polls = {size: _polled(folder, port, size) for size in (FULL_SIZES if full else SIZES)}
        naive = _measured("naive", port=port, count=NAIVE_FEEDS)
        reader = _reader(console, folder, port)
        found = {PLAIN: plain, BARE: bare, "Hearsay": polls[FEEDS], "reader": reader, "feedparser": naive}
        _print_rates(console, found)
        _print_scaling(console, polls)
        slow = FULL_SLOW if full else SLOW
        _print_slow(console, slow, _slow(folder, port, slow))


@contextmanager
def _server() -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.feed_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def _measured(name: str, **given: Any) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.feed_contestants", json.dumps({"name": name, **given})]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _polled(folder: Path, port: int, count: int) -> dict[str, Any]:
    database = f"sqlite:///{folder / f'{count}.db'}"
    _measured("seed", database=database, port=port, count=count)
    return _measured("hearsay", database=database, port=port, count=count)


def _slow(folder: Path, port: int, given: dict[str, int]) -> dict[str, Any]:
    database = f"sqlite:///{folder / 'slow.db'}"
    slow = {name: given[name] for name in ("slow", "slow_hosts")}
    _measured("seed", database=database, port=port, count=QUICK, **slow)
    return _measured("slow", database=database, port=port, count=QUICK, concurrency=given["concurrency"])


def _reader(console: Console, folder: Path, port: int) -> dict[str, Any] | None:
    """Measure reader in an environment of its own. Return None, and print why, if it cannot be installed."""
    home = folder / "reader"
    python = home / "bin" / "python"
    try:
        venv.create(home, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        install += ["reader", "sgmllib3k"]  # reader imports the latter without requiring it
        subprocess.run(install, check=True, capture_output=True, timeout=180)
        command = [str(python), "-c", READER, str(port), str(READER_FEEDS), str(folder / "reader.sqlite")]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    except (subprocess.SubprocessError, OSError) as error:
        console.print(f"feeds: lemon24/reader could not be installed or run ({type(error).__name__}); left out")
        return None
    return dict(json.loads(done.stdout))


def _rate(found: dict[str, Any]) -> float:
    return float(found["feeds"] / found["seconds"])


def _cost(found: dict[str, Any]) -> float:
    return float(found["cpu_s"] * 1000 / found["feeds"])


def _print_rates(console: Console, found: dict[str, dict[str, Any] | None]) -> None:
    """Print the rates, and how Hearsay compares."""
    own = found["Hearsay"]
    assert own is not None
    table = Table(title="feeds: 80 % 304, 15 % same body, 5 % two new entries", title_justify="left")
    for column in ("", "feeds", "feeds/s", "Hearsay ×", "aim", "CPU ms/feed", "Hearsay ×"):
        table.add_column(column, justify="right" if column else "left")
    aims = {PLAIN: "≥ 0.5", "reader": "≥ 20"}
    for name, one in found.items():
        if one is not None:
            times = f"{_rate(own) / _rate(one):.2f}"
            cost = f"{_cost(one):.2f}", f"{_cost(one) / _cost(own):.2f}"
            table.add_row(name, f"{one['feeds']:,}", f"{_rate(one):,.0f}", times, aims.get(name, ""), *cost)
    console.print(table)
    console.print(
        "CPU: of the polling process alone, whose one core is the limit; it holds on a machine that is busy."
    )
    console.print("Hearsay found " + ", ".join(f"{n:,} {status}" for status, n in own["statuses"].items()))


def _print_scaling(console: Console, polls: dict[int, dict[str, Any]]) -> None:
    """Print the cost of a feed for different numbers of feeds, with memory and stalls."""
    table = Table(title="scaling", title_justify="left")
    for column in ("feeds", "ms/feed", "CPU ms/feed", "memory MB", "+ worker", "stall ms", "of it CPU"):
        table.add_column(column, justify="right")
    for count, one in polls.items():
        table.add_row(
            f"{count:,}",
            f"{one['seconds'] * 1000 / count:.2f}",
            f"{one['cpu_s'] * 1000 / count:.2f}",
            f"{one['memory_mb']:.0f}",
            f"{one['children_mb']:.0f}",
            f"{one['stall_wall_ms']:.0f}",
            f"{one['stall_cpu_ms']:.0f}",
        )
    table.add_row("aim", "flat", "", "< 250", "", "< 50", "< 50", style="italic")
    console.print(table)
    console.print("A stall that is not CPU is the machine giving its cores to others.")


def _print_slow(console: Console, given: dict[str, int], found: dict[str, Any]) -> None:
    """Print how fast hosts fare beside slow ones."""
    console.print(
        f"slow hosts: {given['slow']:,} feeds on {given['slow_hosts']} hosts that take 2 s, and {QUICK} feeds on "
        f"50 quick ones, {given['concurrency']} at a time, the slow ones first: the quick were done after "
        f"{found['quick']:.1f} s, all after {found['seconds']:.1f} s, {found['errors']} errors, longest stall "
        f"{found['stall_wall_ms']:.0f} ms ({found['stall_cpu_ms']:.0f} CPU)"
    )
