"""The main process stays small: what only worker processes need is not even loaded in it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "spacy",
    "thinc",
    "onnxruntime",
    "tokenizers",
    "numpy",
    "trafilatura",
    "feedparser",
    "lxml",
    "babel",
    "matplotlib",
)
QUEUE = ("procrastinate", "psycopg", "psycopg_pool", "croniter")
"""What only processes that share a PostgreSQL by its queue load."""


TERMINAL = ("rich", "pygments", "preview", "bot.cli.feeds", "bot.cli.app")
"""What only commands load that print something and end."""


def test_the_main_process_does_not_load_what_belongs_to_worker_processes() -> None:
    assert _loaded("import bot.serving, bot.cli.app", HEAVY + QUEUE) == ""


@pytest.mark.parametrize("command", ["run", "gateway", "worker", "scheduler"])
def test_a_process_that_stays_loads_nothing_for_a_terminal(command: str) -> None:
    program = (
        f"import sys; sys.argv = ['bot', '{command}', '--help']; from bot.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert _loaded(program, HEAVY + QUEUE + TERMINAL) == ""


def test_sqlite_does_without_the_drivers_of_postgresql() -> None:
    program = "import bot.cli.run; from bot.store.database import open_engine; open_engine('sqlite:///a.db')"
    assert _loaded(program, ("sqlalchemy.dialects.postgresql", "asyncpg")) == ""


def _loaded(program: str, modules: tuple[str, ...]) -> str:
    """Run a program in a process of its own. Return which of `modules` it has loaded at its end."""
    code = f"{program}\nimport sys; print(*[m for m in {modules!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split("\n")[-2]
