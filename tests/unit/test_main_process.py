"""The main process stays small: what only worker processes need is not even loaded in it."""

import subprocess
import sys
from pathlib import Path

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


def test_the_main_process_does_not_load_what_belongs_to_worker_processes() -> None:
    code = f"import sys, bot.serving, bot.cli.app\nprint(*[m for m in {HEAVY + QUEUE!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
