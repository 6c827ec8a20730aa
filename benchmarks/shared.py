"""The gold files: in the folder HEARSAY_SHARED, or in `../shared` beside the repository."""

import importlib.util
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]
"""One article with its gold claims, or with those found."""
GOLD = {
    "PolNeAR dev": "corpora/polnear/dev.jsonl",
    "Wikinews dev": "eval/wikinews-dev/gold.jsonl",
    "PolNeAR actors dev": "eval/polnear-actors-dev/gold.jsonl",
}


def shared_folder() -> Path | None:
    """Return the folder of the gold files, or None if there is none."""
    folder = Path(os.environ.get("HEARSAY_SHARED") or Path(__file__).parents[2] / "shared")
    return folder if (folder / "eval" / "score_claims.py").is_file() else None


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def gold_files(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of each gold file that exists, by its name."""
    return {name: rows_of(folder / path) for name, path in GOLD.items() if (folder / path).is_file()}


def module_at(path: Path) -> ModuleType:
    """Import a Python file by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scorer(folder: Path) -> ModuleType:
    """Return the module that compares claims with gold."""
    return module_at(folder / "eval" / "score_claims.py")


def degrader(folder: Path) -> Callable[[Row], Row]:
    """Return a function that makes a badly scraped copy of a gold row, the same each time."""
    degrade_row = module_at(folder / "eval" / "degrade.py").degrade_row

    def degraded(row: Row) -> Row:
        copy: Row = degrade_row(row)
        return copy

    return degraded


def halves(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Split articles at random, the same way each time: one half for fitting, one for reporting."""
    order = sorted(rows, key=lambda row: str(row["id"]))
    random.Random(0).shuffle(order)
    return order[::2], order[1::2]
