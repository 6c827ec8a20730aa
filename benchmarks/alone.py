"""How many of the claims that digests show a reader found unclear or misleading (gold/digests/alone.jsonl)."""

import csv
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table
from spacy.language import Language

from benchmarks.digest_claims import LEAST, digest_claims
from benchmarks.shared import Row, rows_of, shared_folder
from bot.digests.compose import CLAIMS_SHOWN, compose
from bot.model.digests import DigestArticle
from gold.reading import GoldError

MARKS = Path(__file__).parent.parent / "gold" / "digests" / "alone.jsonl"
POLNEAR = "corpora/polnear/train.jsonl"
NOW = datetime(2027, 3, 1, tzinfo=UTC)
OUTLET = "The Courier"

Text = tuple[str, str]
"""The headline of an article, and its text."""


def alone_table(nlp: Language) -> Table | None:
    """Return the table of how the claims shown of each set were marked, or None if no text is at hand."""
    texts = dict(_texts())
    counts: dict[str, Counter[str]] = {}
    for row in rows_of(MARKS):
        if (key := (row["from"], row["id"])) in texts:
            counts.setdefault(row["from"], Counter()).update(_marks_of_shown(nlp, texts[key], row))
    if not counts:
        return None
    table = Table(title=f"The first {CLAIMS_SHOWN} claims of an article, as a reader marked them")
    for column in ("set", "articles", "none shown", "clear", "unclear", "misleading", "not marked", "bad, in %"):
        table.add_column(column)
    for name, found in counts.items():
        marked = found["clear"] + found["unclear"] + found["misleading"]
        bad = f"{100 * (marked - found['clear']) / marked:.1f}" if marked else "–"
        columns = ("articles", "none", "clear", "unclear", "misleading", "unmarked")
        table.add_row(name, *(str(found[column]) for column in columns), bad)
    return table


def _marks_of_shown(nlp: Language, text: Text, row: Row) -> Counter[str]:
    title, body = text
    if hashlib.sha256(body.encode()).hexdigest() != row["sha256"]:
        raise GoldError(f"the text of {row['id']} is not the one that the reader read")
    start = len(title) if body.startswith(title) else 0
    claims, spans = digest_claims(nlp, title, body[start:], 1, OUTLET)
    marks: Mapping[tuple[int, int], str] = {(a, b): mark for a, b, mark in row["claims"]}
    article = DigestArticle(1, 1, title, "", OUTLET, NOW, None, (), tuple(claims))
    digest = compose([article], NOW, timezone="UTC", minimum_confidence=LEAST).digest
    shown = digest.stories[0].claims if digest is not None else ()
    counted = Counter({"articles": 1, "none": int(not shown)})
    for one in shown:
        a, b = spans[one.claim.claim_id]
        counted[marks.get((a + start, b + start), "unmarked")] += 1
    return counted


def _texts() -> Iterator[tuple[tuple[str, str], Text]]:
    """Yield the articles that are at hand, by where they come from and their id."""
    if (shared := shared_folder()) is not None and (shared / POLNEAR).is_file():
        for row in rows_of(shared / POLNEAR):
            yield ("polnear", row["id"]), (row["text"].partition("\n")[0], row["text"])
    if copy := os.environ.get("HEARSAY_WIKINEWS"):
        csv.field_size_limit(sys.maxsize)
        for path in sorted((Path(copy) / "data").glob("wikinews_*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for line in csv.DictReader(file):
                    name = line["url"].rpartition("/wiki/")[2]
                    # the first line is the date
                    yield ("wikinews", name), (line["title"], line["text"].partition("\n")[2].strip())
