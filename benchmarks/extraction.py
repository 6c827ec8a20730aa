"""Extraction: claims, actors, kinds and names against gold, clean and badly scraped; speed, memory, loading."""

import json
import resource
import time
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.kinds import print_kinds
from benchmarks.marked import marked_table
from benchmarks.names import name_figures, name_files
from benchmarks.rules import claims_by_rule
from benchmarks.shared import Row, degrader, gold_files, scorer, shared_folder
from benchmarks.speakers import print_speakers
from bot.extraction.pipeline import extract, load
from gold.reading import rows_of as gold_rows

Measured = dict[str, float]
DEFAULT_MINIMUM_CONFIDENCE = 0.8
COLUMNS = ("claim P", "R", "F1", "content F1", "actor F1", "kinds")
HUMANS = ("73.1", "79.4")
"""Claim and content F1 of two annotators of PolNeAR (235 pairs of its train part)."""
AIMS = (
    ("PolNeAR dev, claim F1", "PolNeAR dev, clean: claim", "≥", 73),
    ("PolNeAR dev, content F1", "PolNeAR dev, clean: content", "≥", 79),
    ("PolNeAR dev degraded, claim F1", "PolNeAR dev, degraded: claim", "≥", 67),
    ("PolNeAR dev, precision of what a digest shows", "PolNeAR dev, clean: shown", "≥", 90),
    ("Wikinews dev, claim F1", "Wikinews dev, clean: claim", "≥", 75),
    ("Wikinews dev, actor F1", "Wikinews dev, clean: actor", "≥", 72),
    ("Wikinews dev, kinds right, %", "Wikinews dev, clean: kinds", "≥", 80),
    ("PolNeAR actors dev, actor F1", "PolNeAR actors dev, clean: actor", "≥", 72),
    ("names, GUM dev, F1", "GUM dev", "≥", 75),
    ("names, EWT dev, F1", "EWT dev", "≥", 75),
    ("words a CPU second", "PolNeAR dev, clean: speed", "≥", 5_000),
    ("words a CPU second, fastest by slowest length", "flat", "≤", 1.3),
    ("model files, MB", "size", "≤", 40),
    ("memory after loading, MB", "loaded", "≤", 250),
    ("memory after all articles, this benchmark's own included, MB", "articles", "≤", 250),
    ("peak memory after 100,000 words in one text, MB", "peak", "≤", 250),
    ("loading, s", "loading", "≤", 1.5),
)
"""The figures with an aim: its key, name, and the minimum or maximum that we aim for."""
LENGTHS = (100, 1_000, 10_000, 100_000)


def found_by_pipeline(nlp: Language, rows: list[Row]) -> tuple[list[Row], float]:
    """Return what the pipeline finds in `rows`, and how many words it reads per second of processor time."""
    started = time.process_time()
    found = [{"id": row["id"], "claims": [asdict(c) for c in extract(nlp, row["text"]).claims]} for row in rows]
    seconds = time.process_time() - started
    return found, sum(len(row["text"].split()) for row in rows) / max(seconds, 1e-9)


def kinds_right(score: ModuleType, rows: list[Row], found: list[Row]) -> str:
    """Return the share of matched claims whose kind is right, in percent, if gold has kinds."""
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
    """Return the cells of one row of the table."""
    scores = score.score(rows, found)
    claim = scores["claim"]
    actor = f"{scores['actor']['f1']}" if "actor" in scores else ""
    return [f"{claim['p']}", f"{claim['r']}", f"{claim['f1']}", f"{scores['content']['f1']}", actor]


def memory_mb() -> float:
    """Return the memory that this process uses now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def shown(found: list[Row]) -> list[Row]:
    """Return the claims that a digest would show at the default confidence."""
    return [
        row | {"claims": [claim for claim in row["claims"] if claim["confidence"] >= DEFAULT_MINIMUM_CONFIDENCE]}
        for row in found
    ]


def run(console: Console, model: Path) -> None:
    """Print figures against gold, then the cost of a text, then each figure beside its aim."""
    started = time.perf_counter()
    nlp = load(model)
    measured = {"loading": time.perf_counter() - started, "loaded": memory_mb()}
    measured["size"] = sum(path.stat().st_size for path in model.rglob("*") if path.is_file()) / 1e6
    # through JSON, because the scorer's and the degrader's spans are lists
    sets: dict[str, list[Row]] = {"own gold (judge)": json.loads(json.dumps(gold_rows("judge")))}
    folder = shared_folder()
    if folder is None:
        console.print("extraction: no gold files (set HEARSAY_SHARED); only cost is measured")
    else:
        console.print(_gold_table(nlp, gold_files(folder) | sets, folder, measured))
        measured |= {name: name_figures(nlp, texts)["all"][2] for name, texts in name_files(folder).items()}
    measured["articles"] = memory_mb()
    console.print(_cost_table(nlp, measured))
    console.print(_aims_table(measured))
    if folder is not None:
        print_kinds(console, nlp, model, gold_files(folder) | sets, folder)
        console.print(marked_table(nlp, folder))
        print_speakers(console, nlp, folder)


def _gold_table(nlp: Language, sets: dict[str, list[Row]], folder: Path, measured: Measured) -> Table:
    """Return the table of claims, actors and kinds. Figures with an aim are put into `measured`."""
    table = Table(title="extraction", title_justify="left")
    for column in ("", *COLUMNS, "words/CPU s"):
        table.add_column(column, justify="left" if not column else "right")
    score, degraded = scorer(folder), degrader(folder)
    for name, clean in sets.items():
        for copy, rows in (("clean", clean), ("degraded", [degraded(row) for row in clean])):
            found, speed = found_by_pipeline(nlp, rows)
            kinds = kinds_right(score, rows, found)
            cells = figures(score, rows, found)
            table.add_row(f"{name}, {copy}", *cells, kinds, f"{speed:,.0f}")
            limited = figures(score, rows, shown(found))
            table.add_row(f"  from {DEFAULT_MINIMUM_CONFIDENCE}", *limited, "", "", style="dim")
            ruled = [{"id": row["id"], "claims": claims_by_rule(row["text"])} for row in rows]
            table.add_row("  rules", *figures(score, rows, ruled), "", "", style="dim")
            columns = zip(("precision", "recall", "claim", "content", "actor"), cells, strict=True)
            measured |= {f"{name}, {copy}: {column}": float(cell) for column, cell in columns if cell}
            measured |= {f"{name}, {copy}: shown": float(limited[0]), f"{name}, {copy}: speed": speed}
            if kinds:
                measured[f"{name}, {copy}: kinds"] = float(kinds)
    table.add_row("two annotators (PolNeAR)", "", "", *HUMANS, "", "", "", style="italic")
    return table


def _cost_table(nlp: Language, measured: Measured) -> Table:
    """Return the table of what texts of different lengths cost."""
    table = Table(title="cost", title_justify="left")
    for column in ("words", "words/CPU s", "peak memory, MB"):
        table.add_column(column, justify="right")
    sentence = "“We will not wait,” Anna Kovacs, the minister, told reporters in Brno on Monday after the talks. "
    words = len(sentence.split())
    speeds = []
    for length in LENGTHS:
        text = sentence * (length // words + 1)
        repeats = max(1, 2_000 // length)
        started = time.process_time()
        for _ in range(repeats):
            extract(nlp, text)
        speeds.append(len(text.split()) * repeats / (time.process_time() - started))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        table.add_row(f"{length:,}", f"{speeds[-1]:,.0f}", f"{peak:.0f}")
        measured["peak"] = peak
    measured["flat"] = max(speeds) / min(speeds)
    return table


def _aims_table(measured: Measured) -> Table:
    """Return the table of figures beside their aims."""
    table = Table(title="aims", title_justify="left")
    for column in ("", "measured", "aim"):
        table.add_column(column, justify="left" if not column else "right")
    for label, key, sign, aim in AIMS:
        if key in measured:
            value = measured[key]
            reached = value >= aim if sign == "≥" else value <= aim
            table.add_row(label, f"{value:,.1f}", f"{sign} {aim:,g}", style="" if reached else "bold")
    return table
