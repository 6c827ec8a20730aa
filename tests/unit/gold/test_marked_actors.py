"""Marked articles of PolNeAR: names beside claims, and which articles are kept for measuring."""

import json
from pathlib import Path

from gold.marked_actors import FOLDER, held_out, invented_rows, marked_rows


def test_names_stand_beside_their_claims_fullest_first(tmp_path: Path) -> None:
    (tmp_path / "polnear").mkdir()
    text = "Anna Kovacs left. Kovacs said no. It rained."
    rows = [{"id": "one", "text": text, "attributions": [{}, {}]}, {"id": "two", "text": "", "attributions": []}]
    (tmp_path / "polnear" / "train.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "marks").mkdir()
    mark = {"id": "one", "actors": [[1, [[0, 11], [18, 24]]]]}
    (tmp_path / "marks" / "polnear.jsonl").write_text(json.dumps(mark), encoding="utf-8")
    (row,) = marked_rows(tmp_path, tmp_path / "marks")
    assert row["marks"] == [None, ["Anna Kovacs", "Kovacs"]]


def test_three_in_ten_articles_are_held_out() -> None:
    ids = [
        json.loads(line)["id"] for file in FOLDER.glob("polnear*.jsonl") for line in file.read_text().splitlines()
    ]
    assert 0.2 < sum(map(held_out, ids)) / len(ids) < 0.4


def test_what_is_marked_in_an_invented_article_stands_there_once() -> None:
    rows = invented_rows()
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        for part, _ in row["said"]:
            assert row["text"].count(part) == 1, part
