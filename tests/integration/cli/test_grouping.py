"""`stories` and `merge`: grouping and merging for scripts, row by row."""

import json
from pathlib import Path

from tests.integration.cli.conftest import Command

DAM = "The dam above Dunmore was never in danger, said Elena Marsh, the mayor of Dunmore. The gates were opened."
BANK = "Inflation fell for the third time, the governor of the central bank said, and mortgages will be cheaper."


def written(folder: Path, *rows: object) -> str:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_articles_about_one_event_have_one_story(hearsay: Command, folder: Path) -> None:
    rows = written(
        folder,
        {
            "id": "late",
            "title": "Mayor of Dunmore defends dam",
            "text": DAM,
            "outlet": "A",
            "published_at": "2026-07-02",
        },
        {
            "id": 7,
            "title": "Bank keeps its rate",
            "text": BANK,
            "outlet": "B",
            "published_at": "2026-07-01T09:30:00Z",
        },
        {
            "id": "early",
            "title": "Dunmore dam safe, mayor says",
            "text": DAM,
            "outlet": "C",
            "published_at": "2026-07-01",
        },
    )
    result = hearsay("stories", "--jsonl", rows)
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in found] == ["early", 7, "late"]  # in the order of their moments
    assert found[0]["story"] == found[2]["story"] != found[1]["story"]


def test_a_row_that_cannot_be_read_keeps_no_other_from_being_grouped(hearsay: Command, folder: Path) -> None:
    good = {"id": 1, "title": "Bank", "text": BANK, "published_at": "2026-07-01"}
    rows = written(folder, "{", {"title": "x"}, {"id": 2, "published_at": "some day"}, {"id": 3, "title": 4}, good)
    result = hearsay("stories", "--jsonl", rows)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1]
    assert "line 1: This is not JSON" in result.stderr
    assert 'line 2: The row has no "id"' in result.stderr
    assert "line 3: " in result.stderr
    assert 'line 4: "title" is not a string' in result.stderr


def test_claims_that_say_the_same_are_grouped(hearsay: Command, folder: Path) -> None:
    def said(actor: str, content: str) -> dict[str, str]:
        return {"actor": actor, "content": content, "kind": "statement", "wording": "paraphrased"}

    rows = written(
        folder,
        {
            "id": "a",
            "claims": [
                said("Elena Marsh", "the dam was never in danger during the flood"),
                said("Tom Okafor", "the gates were opened at midnight"),
                said("Marsh", "that the dam had never been in danger during the flood"),
            ],
        },
        {"id": "b", "claims": []},
        {"id": "c", "claims": [{"actor": "X", "content": "y", "kind": "gossip"}]},
        {"id": "d", "claims": "none"},
    )
    result = hearsay("merge", "--jsonl", rows)
    assert result.exit_code == 1
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": "a", "groups": [[0, 2], [1]]},
        {"id": "b", "groups": []},
    ]
    assert 'line 3: "kind" is one of' in result.stderr
    assert 'line 4: "claims" is a list of objects' in result.stderr


def test_a_file_that_is_not_there_is_named(hearsay: Command) -> None:
    for command in ("stories", "merge"):
        result = hearsay(command, "--jsonl", "missing.jsonl")
        assert result.exit_code != 0
        assert "missing.jsonl" in result.output
