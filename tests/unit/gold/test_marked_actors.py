"""Marked articles of PolNeAR: names beside claims, and which articles are kept for measuring."""

import json
from pathlib import Path

from gold.marked_actors import FOLDER, held_out, marked_rows


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
    ids = [json.loads(line)["id"] for file in FOLDER.glob("*.jsonl") for line in file.read_text().splitlines()]
    assert 0.2 < sum(map(held_out, ids)) / len(ids) < 0.4
