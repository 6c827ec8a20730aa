"""Which articles of Wikinews tell one story. The texts (CC BY 2.5) come from a copy of vanatteveldt/wikinews."""

import csv
import sys
from pathlib import Path

LABELS = Path(__file__).parent / "wikinews.tsv"


def wikinews_rows(copy: Path) -> list[dict[str, str]]:
    """Return the articles in `data/` of the copy, with the story of each, oldest first."""
    csv.field_size_limit(sys.maxsize)
    stories = dict(line.split("\t") for line in LABELS.read_text("utf-8").splitlines())
    rows = []
    for path in sorted((copy / "data").glob("wikinews_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["title"].startswith("TEST PAGE"):
                    continue
                name = row["url"].rpartition("/wiki/")[2]
                text = row["text"].partition("\n")[2].strip()  # the first line is the date
                rows.append(
                    {
                        "title": row["title"],
                        "text": text,
                        "published_at": row["date"],
                        "story": stories.get(name, name),
                    }
                )
    return sorted(rows, key=lambda row: row["published_at"])
