"""`python -m benchmarks [NAME…]`: print the named tables, or all.

`feeds-full` is `feeds` with up to 20,000 feeds; `speakers` and `kinds` are parts of `extraction`; `queries` first
makes archives of several gigabytes; `digests` and `readers` take minutes. These run only if they are named.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bot.errors import HearsayError
from config.loading import load_settings

Benchmark = Callable[[Console, Path], None]


def _extraction(console: Console, model: Path) -> None:
    from benchmarks.extraction import run  # noqa: PLC0415 - brings spaCy with it

    run(console, model)


def _calibration(console: Console, model: Path) -> None:
    from benchmarks.calibration import run  # noqa: PLC0415 - brings spaCy with it

    run(console, model)


def _speakers(console: Console, model: Path) -> None:
    from benchmarks.speakers import run  # noqa: PLC0415 - brings spaCy with it

    run(console, model)


def _kinds(console: Console, model: Path) -> None:
    from benchmarks.kinds import run  # noqa: PLC0415 - brings spaCy with it

    run(console, model)


def _feeds(console: Console, _model: Path) -> None:
    from benchmarks.feeds import run  # noqa: PLC0415 - as the others

    run(console)


def _feeds_full(console: Console, _model: Path) -> None:
    from benchmarks.feeds import run  # noqa: PLC0415 - as the others

    run(console, full=True)


def _hostile(console: Console, model: Path) -> None:
    from benchmarks.hostile import run  # noqa: PLC0415 - as the others

    run(console, model)


def _pages(console: Console, _model: Path) -> None:
    from benchmarks.pages import run  # noqa: PLC0415 - as the others

    run(console)


def _queries(console: Console, _model: Path) -> None:
    from benchmarks.queries.run import run  # noqa: PLC0415 - as the others

    run(console)


def _stories(console: Console, _model: Path) -> None:
    from benchmarks.stories import run  # noqa: PLC0415 - as the others

    run(console)


def _ranking(console: Console, model: Path) -> None:
    from benchmarks.ranking import run  # noqa: PLC0415 - brings spaCy with it

    run(console, model)


def _digests(console: Console, _model: Path) -> None:
    from benchmarks.digests_due import run  # noqa: PLC0415 - as the others

    run(console)


def _chaos(console: Console, _model: Path) -> None:
    from benchmarks.scale.chaos import run  # noqa: PLC0415 - as the others

    if not run(console):
        raise HearsayError("Something was lost or shown twice.")


def _scale(console: Console, _model: Path) -> None:
    from benchmarks.scale.run import run  # noqa: PLC0415 - as the others

    run(console)


def _readers(console: Console, _model: Path) -> None:
    from benchmarks.scale.readers import run  # noqa: PLC0415 - as the others

    run(console)


def _idle(console: Console, _model: Path) -> None:
    from benchmarks.scale.idle import run  # noqa: PLC0415 - as the others

    run(console)


def _drivers(console: Console, _model: Path) -> None:
    from benchmarks.drivers import run  # noqa: PLC0415 - as the others

    run(console)


BENCHMARKS: dict[str, Benchmark] = {
    "extraction": _extraction,
    "calibration": _calibration,
    "speakers": _speakers,
    "kinds": _kinds,
    "feeds": _feeds,
    "feeds-full": _feeds_full,
    "pages": _pages,
    "stories": _stories,
    "ranking": _ranking,
    "hostile": _hostile,
    "queries": _queries,
    "digests": _digests,
    "scale": _scale,
    "chaos": _chaos,
    "drivers": _drivers,
    "readers": _readers,
    "idle": _idle,
}
ONLY_WHEN_NAMED = frozenset(
    {"scale", "chaos", "readers", "drivers", "idle", "digests", "feeds-full", "queries", "speakers", "kinds"}
)


def main(names: list[str]) -> int:
    """Run the benchmarks `names`, by default all. Return the exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a worker of extraction
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    try:
        for name in names or [name for name in BENCHMARKS if name not in ONLY_WHEN_NAMED]:
            BENCHMARKS[name](console, load_settings().model)
    except HearsayError as error:
        print(f"Error: {error.message}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
