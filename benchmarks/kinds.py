"""How reliable kinds are: how many of those shown are right, in articles that the model has not seen."""

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from benchmarks.shared import Row
from bot.extraction.claims.kind_features import features_of, ruled_in
from bot.extraction.claims.kind_model import KindModel, from_json
from bot.extraction.claims.kind_teller import FILE
from bot.model.claims import SURE_KIND, Kind

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
