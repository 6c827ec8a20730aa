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


def test_only_who_asks_pays_for_likeness_and_only_who_serves_for_a_server() -> None:
    assert _loaded("import bot.cli.run, bot.cli.roles", ("rapidfuzz", "aiohttp.web")) == ""


def test_a_process_that_stays_has_libraries_without_docstrings_but_ours_with_them() -> None:
    program = (
        "from bot.lean_imports import leave_out_docstrings; leave_out_docstrings()\n"
        "import bot.cli.run, discord, sqlalchemy, bot.errors\n"
        "print(discord.Client.__doc__, sqlalchemy.Select.__doc__)\n"
        "assert bot.errors.TooSlow.__doc__ is not None"
    )
    assert _printed(program) == "None None"


def test_bytecode_without_docstrings_does_not_take_the_place_of_the_other(tmp_path: Path) -> None:
    library = tmp_path / "library.py"
    library.write_text('"""What it is."""')
    program = (
        f"import sys, sysconfig; sysconfig.get_path = lambda name: {str(tmp_path)!r}\n"
        f"sys.path.insert(0, {str(tmp_path)!r}); sys.dont_write_bytecode = False; sys.pycache_prefix = None\n"
        "from bot.lean_imports import leave_out_docstrings\n"
        "if sys.argv[1:]: leave_out_docstrings()\n"
        "import library; print(library.__doc__)"
    )
    assert [_printed(program, *lean) for lean in ((), ("lean",), (), ("lean",))] == ["What it is.", "None"] * 2
    assert len(list(tmp_path.glob("__pycache__/library.*.pyc"))) == 2


def test_sqlite_does_without_the_drivers_of_postgresql() -> None:
    program = "import bot.cli.run; from bot.store.database import open_engine; open_engine('sqlite:///a.db')"
    assert _loaded(program, ("sqlalchemy.dialects.postgresql", "asyncpg")) == ""


def _loaded(program: str, modules: tuple[str, ...]) -> str:
    """Run a program in a process of its own. Return which of `modules` it has loaded at its end."""
    return _printed(f"{program}\nimport sys; print(*[m for m in {modules!r} if m in sys.modules])")


def _printed(program: str, *arguments: str) -> str:
    """Return the last line that a program prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.split("\n")[-2]
