"""How reliable kinds are: how many of those shown are right, in articles that the model has not seen."""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.shared import Row, gold_files, scorer, shared_folder
from benchmarks.speakers import THRESHOLDS
from bot.extraction.claims.kind_features import features_of, ruled_in
from bot.extraction.claims.kind_model import KindModel, from_json
from bot.extraction.claims.kind_teller import FILE
from bot.extraction.pipeline import extract, load
from bot.model.claims import SURE_KIND, Kind
from gold.reading import rows_of as gold_rows

BINS = 5
ROUNDS = 1_000
Judged = list[tuple[Kind, float, Kind, Kind]]
"""For each claim of an article: the likeliest kind, its probability, the kind by rules, the marked kind."""


def kinds_table(model: Path, sets: dict[str, list[Row]]) -> Table:
    """Return the table of kinds shown and of their reliability, for each of `sets` that has kinds."""
    read = from_json((model / "hearsay_kinds" / FILE).read_bytes())
    table = Table(title=f"kinds shown (from {SURE_KIND}), the claims of gold given", title_justify="left")
    for column in ("", "kind", "shown", "right, %", "95 %", "of all, %", "rules: right, %", "of"):
        table.add_column(column, justify="left" if column in ("", "kind") else "right")
    for name, rows in sets.items():
        articles = [judged(read, row) for row in rows]
        if not any(articles):
            continue
        for kind in (None, *Kind):
            table.add_row(name if kind is None else "", *_line(articles, kind))
        for label, count, right in reliability([each for article in articles for each in article]):
            table.add_row("", f"said {label}", str(count), f"{100 * right:.1f}", "", "", "", "", style="dim")
    return table


def judged(model: KindModel, row: Row) -> Judged:
    """Return how the claims of an article are judged by model and rules, and how they are marked."""
    found: Judged = []
    for claim in row["attributions"]:
        if claim.get("kind") and claim["content"]:
            source, cue, content = (_words(row["text"], claim[part]) for part in ("source", "cue", "content"))
            features = features_of(source, cue, content)
            ruled = ruled_in(features)
            kind, sure = model.told(features, ruled)
            found.append((kind, sure, ruled, Kind(claim["kind"])))
    return found


def reliability(claims: Judged) -> list[tuple[str, int, float]]:
    """Return for each range of probabilities its claims and how many of them are right (0 to 1)."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for kind, sure, _, truth in claims:
        bins[min(int(sure * BINS), BINS - 1)].append(kind is truth)
    return [
        (f"{number / BINS:.1f} to {(number + 1) / BINS:.1f}", len(right), sum(right) / len(right))
        for number, right in sorted(bins.items())
    ]


def _line(articles: Sequence[Judged], kind: Kind | None) -> list[str]:
    """Return the cells of one kind; of all kinds but plain statements for None."""

    def counts(each: Kind) -> bool:
        return each is not Kind.STATEMENT if kind is None else each is kind

    shown = [
        [k is truth for k, sure, _, truth in article if sure >= SURE_KIND and counts(k)] for article in articles
    ]
    ruled = [r is truth for article in articles for _, _, r, truth in article if counts(r)]
    marked = sum(counts(truth) for article in articles for *_, truth in article)
    right = sum(map(sum, shown))
    low, high = interval(shown)
    return [
        "all but statements" if kind is None else kind.value,
        str(sum(map(len, shown))),
        _percent(right, sum(map(len, shown))),
        f"{low:.0f} to {high:.0f}" if any(shown) else "",
        _percent(right, marked),
        _percent(sum(ruled), len(ruled)),
        str(len(ruled)),
    ]


def interval(articles: Sequence[Sequence[bool]], seed: int = 0) -> tuple[float, float]:
    """Return the 95 % interval, in percent, of the share that is right: articles drawn again and again."""
    draw = random.Random(seed)
    shares = []
    for _ in range(ROUNDS if any(articles) else 0):
        values = [value for article in draw.choices(articles, k=len(articles)) for value in article]
        if values:
            shares.append(100 * sum(values) / len(values))
    shares.sort()
    return (shares[int(0.025 * len(shares))], shares[int(0.975 * len(shares))]) if shares else (0.0, 0.0)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""


def _words(text: str, spans: Sequence[Any]) -> str:
    return " ".join(text[start:end] for start, end in spans)


@dataclass(frozen=True, slots=True)
class FoundKind:
    """A found claim that gold has: its confidence, the kind that is shown, and the marked kind."""

    confidence: float
    shown: Kind
    marked: Kind


def found_kinds(nlp: Language, score: ModuleType, row: Row) -> list[FoundKind]:
    """Return the claims that `nlp` finds in an article and that gold has with a kind."""
    gold = [claim for claim in row["attributions"] if claim.get("kind") and claim["content"]]
    claims = sorted(extract(nlp, row["text"]).claims, key=lambda claim: -claim.confidence)
    parts = ("source", "cue", "content")
    sides = [
        [{part: score.chars(row["text"], spans[part]) for part in parts} for spans in side]
        for side in (gold, [{part: getattr(claim, part) for part in parts} for claim in claims])
    ]
    return [
        FoundKind(claims[j].confidence, claims[j].shown_kind, Kind(gold[i]["kind"]))
        for i, j, _, same in score.match(*sides)
        if same > 0
    ]


def shown_kinds_table(sets: dict[str, list[list[FoundKind]]]) -> Table:
    """Return the table of kinds told to a reader at each confidence, for each set of articles."""
    table = Table(title=f"kinds shown with the claims found (kind from {SURE_KIND}), 95 % over articles")
    for column in ("", "from", "claims", "with a kind", "right, %", "mislabelled, % of claims", "of all kinds, %"):
        table.add_column(column, justify="left" if not column else "right")
    for name, articles in sets.items():
        for least in THRESHOLDS:
            shown = [[claim for claim in article if claim.confidence >= least] for article in articles]
            told = [[c.shown is c.marked for c in claims if c.shown is not Kind.STATEMENT] for claims in shown]
            wrong = [[c.shown not in (c.marked, Kind.STATEMENT) for c in claims] for claims in shown]
            of_all = [c.shown is c.marked for claims in shown for c in claims if c.marked is not Kind.STATEMENT]
            table.add_row(
                name,
                f"{least:g}",
                str(sum(map(len, shown))),
                str(sum(map(len, told))),
                _with_interval(told),
                _with_interval(wrong),
                _percent(sum(of_all), len(of_all)),
            )
    return table


def _with_interval(articles: Sequence[Sequence[bool]]) -> str:
    """Return the share that is true in percent, with its interval."""
    low, high = interval(articles)
    share = _percent(sum(map(sum, articles)), sum(map(len, articles)))
    return f"{share} ({low:.1f} to {high:.1f})" if share else ""


def print_kinds(console: Console, nlp: Language, model: Path, sets: dict[str, list[Row]], folder: Path) -> None:
    """Print how reliable kinds are: with the claims of gold given, and with the claims found."""
    console.print(kinds_table(model, sets))
    score = scorer(folder)
    marked = {
        name: rows
        for name, rows in sets.items()
        if any(c.get("kind") for row in rows for c in row["attributions"])
    }
    found = {name: [found_kinds(nlp, score, row) for row in rows] for name, rows in marked.items()}
    console.print(shown_kinds_table(found))


def run(console: Console, model: Path) -> None:
    """Print the tables of kinds alone."""
    folder = shared_folder()
    if folder is None:
        console.print("kinds: no gold files (set HEARSAY_SHARED)")
        return
    # through JSON, because the scorer's spans are lists
    own: list[Row] = json.loads(json.dumps(gold_rows("judge")))
    print_kinds(console, load(model), model, gold_files(folder) | {"own gold (judge)": own}, folder)
