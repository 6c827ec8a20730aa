"""Stories: how well articles are grouped and claims merged, and what a pass costs with many stories.

The peer is a single pass over TF-IDF vectors of scikit-learn: the cosine with the centroids of the stories, an
article joins the nearest from a threshold on. It is helped: its IDF is that of the whole set, and its threshold is
the one that is best for the set at hand.
"""

import importlib.util
import os
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.shared import rows_of, shared_folder
from benchmarks.story_costs import costs_table
from bot.digests.merging import groups_of
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim
from bot.model.stories import ArticleToGroup
from bot.services.grouping import grouped_by_event

TEASER = 160
"""How long the text of a teaser is."""
GOLD = Path(__file__).parent.parent / "gold"
ORDERS = 5
THRESHOLDS = [hundredths / 100 for hundredths in range(10, 46, 5)]
"""What the peer's threshold is chosen from."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article of a set, and the story that it is in according to the annotation."""

    article: ArticleToGroup
    story: str


Grouping = Callable[[Sequence[ArticleToGroup]], Mapping[int, Hashable]]


def run(console: Console) -> None:
    """Print the tables of quality, merging and cost."""
    sets = known_sets()
    peer = importlib.util.find_spec("sklearn") is not None
    table = Table(title="Grouping, B-cubed precision / recall / F1 in percent")
    for column in ("set", "articles", "stories", "Hearsay", "TF-IDF single pass"):
        table.add_column(column)
    for name, labelled in sets.items():
        scored = [bcubed(one, hearsay([labelled_one.article for labelled_one in one])) for one in labelled]
        other = _best_of_peer(labelled) if peer else None
        stories = len({one.story for one in labelled[0]})
        table.add_row(name, str(len(labelled[0])), str(stories), _shown(scored), _shown(other) if other else "–")
    console.print(table)
    if not peer:
        console.print("No scikit-learn, so no peer: `.venv/bin/python -m pip install scikit-learn` adds it.")
    if "ECB+" not in " ".join(sets):
        console.print("Without ../shared (or HEARSAY_SHARED) there is no ECB+.")
    if not any(name.startswith("Wikinews") for name in sets):
        console.print("HEARSAY_WIKINEWS may name a copy of github.com/vanatteveldt/wikinews.")
    console.print(merging_table())
    console.print(costs_table())


def known_sets() -> dict[str, list[list[Labelled]]]:
    """Return the sets at hand by name, each in one order or several."""
    sets: dict[str, list[list[Labelled]]] = {}
    if folder := shared_folder():
        rows = rows_of(folder / "eval" / "stories" / "ecb-dev.jsonl")
        sets["ECB+ 1 to 22, one day"] = _orders(rows)
        for half, plus in (("first", False), ("second", True)):
            some = [row for row in rows if str(row["story"]).endswith("plus") is plus]
            sets[f"ECB+, {half} of each pair"] = _orders(some)
        sets[f"ECB+, texts cut to {TEASER} characters"] = _orders([_cut(row) for row in rows])
    sets["written, two weeks"] = [_labelled(rows_of(GOLD / "stories" / "dated.jsonl"))]
    if wikinews := os.environ.get("HEARSAY_WIKINEWS"):
        from gold.stories import wikinews_rows  # noqa: PLC0415 - rarely at hand

        sets["Wikinews 2019 and 2020"] = [_labelled(wikinews_rows(Path(wikinews)))]
    return sets


def hearsay(articles: Sequence[ArticleToGroup]) -> Mapping[int, Hashable]:
    """Return the story that Hearsay puts each article into."""
    return {article.article_id: story for article, story in grouped_by_event(articles)}


def bcubed(gold: Sequence[Labelled], found: Mapping[int, Hashable]) -> tuple[float, float]:
    """Return B-cubed precision and recall (0 to 1) of the stories `found` (Bagga and Baldwin 1998)."""
    together, meant = defaultdict[Hashable, set[int]](set), defaultdict[str, set[int]](set)
    for one in gold:
        together[found[one.article.article_id]].add(one.article.article_id)
        meant[one.story].add(one.article.article_id)
    precision = recall = 0.0
    for one in gold:
        mine, right = together[found[one.article.article_id]], meant[one.story]
        precision += len(mine & right) / len(mine)
        recall += len(mine & right) / len(right)
    return precision / len(gold), recall / len(gold)


def merging_table() -> Table:
    """Return the table of how many pairs of claims are rightly merged."""
    table = Table(title="Merging of claims")
    for column in ("pairs", "number", "precision", "recall"):
        table.add_column(column)
    files = [(path.stem, path) for path in sorted((GOLD / "merging").glob("*.jsonl"))]
    if folder := shared_folder():
        files.append(("../shared", folder / "eval" / "merging" / "dev.jsonl"))
    for name, path in files:
        rows = rows_of(path)
        merged = [len(groups_of(_claims(row["claims"]))) == 1 for row in rows]
        same = [bool(row["same"]) for row in rows]
        right = sum(one and other for one, other in zip(merged, same, strict=True))
        table.add_row(name, str(len(rows)), f"{right / (sum(merged) or 1):.2f}", f"{right / (sum(same) or 1):.2f}")
    return table


def _claims(given: Sequence[Mapping[str, str]]) -> list[DigestClaim]:
    return [
        DigestClaim(
            place,
            c["actor"],
            None,
            c["content"],
            Kind(c["kind"]),
            Wording(c["wording"]),
            1.0,
            f"outlet {place}",
            "",
        )
        for place, c in enumerate(given)
    ]


def _best_of_peer(orders: Sequence[Sequence[Labelled]]) -> list[tuple[float, float]]:
    from benchmarks.tfidf_stories import single_pass  # noqa: PLC0415 - needs scikit-learn

    found = [
        [bcubed(one, groups) for one in orders if (groups := single_pass([x.article for x in one], threshold))]
        for threshold in THRESHOLDS
    ]
    return max(found, key=lambda scored: sum(map(_f1, scored)))


def _shown(scored: Sequence[tuple[float, float]]) -> str:
    precision, recall = (sum(part) / len(scored) for part in zip(*scored, strict=True))
    f1 = sum(map(_f1, scored)) / len(scored)
    return f"{100 * precision:.1f} / {100 * recall:.1f} / {100 * f1:.1f}"


def _f1(pair: tuple[float, float]) -> float:
    return 2 * pair[0] * pair[1] / (sum(pair) or 1)


def _cut(row: dict[str, str]) -> dict[str, str]:
    """Return an article with the beginning of its text alone, up to a space."""
    text = row["text"]
    return row | {"text": text[:TEASER].rpartition(" ")[0] if len(text) > TEASER else text}


def _orders(rows: Sequence[dict[str, str]]) -> list[list[Labelled]]:
    found = [_labelled(rows)]
    for seed in range(1, ORDERS):
        shuffled = list(rows)
        random.Random(seed).shuffle(shuffled)
        found.append(_labelled(shuffled))
    return found


def _labelled(rows: Sequence[dict[str, str]]) -> list[Labelled]:
    return [
        Labelled(ArticleToGroup(n, row["title"], row["text"], (), _moment(row["published_at"])), row["story"])
        for n, row in enumerate(rows)
    ]


def _moment(written: str) -> datetime:
    if len(written) == len("2026-01-01"):
        return datetime.combine(date.fromisoformat(written), time(), tzinfo=UTC)
    return datetime.fromisoformat(written)
