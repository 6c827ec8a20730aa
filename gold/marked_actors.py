"""Who speaks in articles of PolNeAR's train part, as marked in gold/actors. Some articles are held out.

Everything about speakers is learned from the articles that are not held out, and measured on the others.
"""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

INVENTED = "invented.jsonl"
FOLDER = Path(__file__).parent / "actors"
HELD_OUT_PERCENT = 30


def held_out(article_id: str) -> bool:
    """Return whether an article is kept for evaluation, by a hash of its id."""
    return zlib.crc32(article_id.encode()) % 100 < HELD_OUT_PERCENT


def marked_rows(corpora: Path, folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """Yield the marked articles with their claims (`attributions`) and the names of each claim's actor (`marks`).

    The fullest name comes first; None stands for a claim that nobody marked, an empty list for one whose actor the
    article does not tell. Raises OSError if PolNeAR's train part is not in `corpora`.
    """
    marked: dict[str, dict[int, list[list[int]]]] = {}
    for file in sorted(folder.glob("polnear*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            marked.setdefault(row["id"], {}).update((number, spans) for number, spans in row["actors"])
    with (corpora / "polnear" / "train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] in marked:
                text, spans = row["text"], marked[row["id"]]
                row["marks"] = [
                    [text[a:b] for a, b in spans[number]] if number in spans else None
                    for number in range(len(row["attributions"]))
                ]
                yield row


def invented_rows(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return the invented articles: `id`, `text`, and `said`, pairs of words and names of who says them.

    The first name is the fullest. No names: nobody can tell who speaks.
    """
    lines = (folder / INVENTED).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
