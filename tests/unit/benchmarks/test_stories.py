"""The measures of `benchmarks stories`."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.stories import Labelled, bcubed, hearsay, known_sets
from bot.model.stories import ArticleToGroup
from gold.stories import wikinews_rows

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def labelled(*stories: str) -> list[Labelled]:
    return [Labelled(ArticleToGroup(n, "", "", (), NOW), story) for n, story in enumerate(stories)]


def test_bcubed_counts_who_stands_together() -> None:
    gold = labelled("a", "a", "b", "b")
    assert bcubed(gold, {0: 1, 1: 1, 2: 2, 3: 2}) == (1.0, 1.0)
    assert bcubed(gold, {0: 1, 1: 1, 2: 1, 3: 1}) == (0.5, 1.0)
    assert bcubed(gold, {0: 1, 1: 2, 2: 3, 3: 4}) == (1.0, 0.5)


def test_the_written_set_is_grouped_mostly_as_it_is_labelled() -> None:
    (written,) = known_sets()["written, two weeks"]
    precision, recall = bcubed(written, hearsay([one.article for one in written]))
    assert precision > 0.85
    assert recall > 0.7


def test_wikinews_is_read_from_a_copy_with_our_labels(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    page = "https://en.wikinews.org//wiki/"
    rows = [
        {"url": page + "Hurricane_Dorian_leaves_trail_of_destruction_in_the_Bahamas", "date": "2019-09-05"},
        {
            "url": page + "Hurricane_Dorian_strengthens_to_Category_5,_makes_landfall_in_the_Bahamas",
            "date": "2019-09-01",
        },
        {"url": page + "Something_else", "date": "2019-09-02"},
    ]
    with (tmp_path / "data" / "wikinews_2019.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["url", "date", "title", "text"])
        writer.writeheader()
        writer.writerows([row | {"title": "A title", "text": "Monday\n\n\nWhat happened."} for row in rows])
    read = wikinews_rows(tmp_path)
    assert [row["published_at"] for row in read] == ["2019-09-01", "2019-09-02", "2019-09-05"]
    assert read[0]["story"] == read[2]["story"] != read[1]["story"]
    assert read[0]["text"] == "What happened."


@pytest.mark.parametrize("name", ["dated.jsonl", "wikinews.tsv"])
def test_the_sets_are_there(name: str) -> None:
    assert (Path(__file__).parents[3] / "gold" / "stories" / name).stat().st_size > 0
