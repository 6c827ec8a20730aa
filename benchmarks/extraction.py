"""Extraction: claims, actors and kinds against gold, clean and badly scraped; speed, memory and loading time."""

import resource
import time
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.rules import claims_by_rule
from benchmarks.shared import Row, degrader, gold_files, scorer, shared_folder
from bot.extraction.pipeline import extract, load

COLUMNS = ("claim P", "R", "F1", "content F1", "actor F1", "kinds")
HUMANS = ("73.1", "79.4")
"""Claim and content F1 of two annotators of PolNeAR (235 pairs of its train part)."""
LENGTHS = (100, 1_000, 10_000, 100_000)


def found_by_pipeline(nlp: Language, rows: list[Row]) -> tuple[list[Row], float]:
    """Return what the pipeline finds in `rows`, and how many words it read a second of processor time."""
    started = time.process_time()
    found = [{"id": row["id"], "claims": [asdict(c) for c in extract(nlp, row["text"]).claims]} for row in rows]
    seconds = time.process_time() - started
    return found, sum(len(row["text"].split()) for row in rows) / max(seconds, 1e-9)


def kinds_right(score: ModuleType, rows: list[Row], found: list[Row]) -> str:
    """Return the share of matched claims whose kind is right, in percent, where gold gives kinds."""
    right = total = 0
    for row, own in zip(rows, found, strict=True):
        gold = [claim for claim in row["attributions"] if claim.get("kind") and claim["content"]]
        sides = [[_characters(score, row["text"], claim) for claim in side] for side in (gold, own["claims"])]
        for i, j, _, _ in score.match(*sides):
            total += 1
            right += gold[i]["kind"] == own["claims"][j].get("kind")
    return f"{100 * right / total:.1f}" if total else ""


def _characters(score: ModuleType, text: str, claim: dict[str, Any]) -> dict[str, Any]:
    return {role: score.chars(text, claim[role]) for role in ("source", "cue", "content")}


def figures(score: ModuleType, rows: list[Row], found: list[Row]) -> list[str]:
    """Return the cells of one line of the table."""
    scores = score.score(rows, found)
    claim = scores["claim"]
    actor = f"{scores['actor']['f1']}" if "actor" in scores else ""
    return [f"{claim['p']}", f"{claim['r']}", f"{claim['f1']}", f"{scores['content']['f1']}", actor]


def memory_mb() -> float:
    """Return the memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def run(console: Console, model: Path) -> None:
    """Print the table."""
    started = time.perf_counter()
    nlp = load(model)
    loading = time.perf_counter() - started
    loaded = memory_mb()
    folder = shared_folder()
    table = Table(title="extraction", title_justify="left")
    for column in ("", *COLUMNS, "words/CPU s"):
        table.add_column(column, justify="left" if not column else "right")
    if folder is None:
        console.print("extraction: no gold files (set HEARSAY_SHARED); only cost is measured")
    else:
        score, degraded = scorer(folder), degrader(folder)
        for name, clean in gold_files(folder).items():
            for copy, rows in (("clean", clean), ("degraded", [degraded(row) for row in clean])):
                found, speed = found_by_pipeline(nlp, rows)
                kinds = kinds_right(score, rows, found)
                table.add_row(f"{name}, {copy}", *figures(score, rows, found), kinds, f"{speed:,.0f}")
                ruled = [{"id": row["id"], "claims": claims_by_rule(row["text"])} for row in rows]
                table.add_row("  rules", *figures(score, rows, ruled), "", "", style="dim")
        table.add_row("two annotators (PolNeAR)", "", "", *HUMANS, "", "", "", style="italic")
        console.print(table)
    _print_cost(console, nlp, loading, loaded)


def _print_cost(console: Console, nlp: Language, loading: float, loaded: float) -> None:
    """Print what a text costs by its length, loading time and memory."""
    table = Table(title="cost", title_justify="left")
    for column in ("words", "words/CPU s"):
        table.add_column(column, justify="right")
    sentence = "“We will not wait,” Anna Kovacs, the minister, told reporters in Brno on Monday after the talks. "
    words = len(sentence.split())
    for length in LENGTHS:
        text = sentence * (length // words + 1)
        repeats = max(1, 2_000 // length)
        started = time.process_time()
        for _ in range(repeats):
            extract(nlp, text)
        table.add_row(f"{length:,}", f"{len(text.split()) * repeats / (time.process_time() - started):,.0f}")
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    console.print(
        f"loading {loading:.2f} s, memory after loading {loaded:.0f} MB, "
        f"now {memory_mb():.0f} MB, peak {peak:.0f} MB"
    )
