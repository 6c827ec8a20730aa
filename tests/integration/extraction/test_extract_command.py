"""`extract` with real files, standard input, a page on loopback, and the pipeline that ships with the bot."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner, Result

from bot.cli.console import PlainErrors
from bot.cli.extract import register

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "article.txt"
TEXT = "“We will wait,” Transport Minister Anna Kovacs told reporters. She denied that the harbour was unsafe."
CONFIDENCES = {"confidence", "claim_confidence", "actor_confidence", "likely_kind", "kind_confidence"}
SPEECH = {"hedged", "addressee", "time", "told_by", "taken_back", "due", "refers_to"}
ROW_KEYS = {"source", "cue", "content", "actor", "kind", "verbatim"} | SPEECH | CONFIDENCES

Run = Callable[..., Result]
"""Runs the command with these arguments, and `text` as its standard input."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in an empty folder."""
    app = typer.Typer(cls=PlainErrors, pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    register(app)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def invoke(*arguments: str, text: str | bytes = "") -> Result:
        result = CliRunner().invoke(app, ["extract", *arguments], input=text)
        assert "Traceback" not in result.output
        return result

    return invoke


def test_the_example_of_the_quickstart_ships_and_shows_each_mark_that_the_page_explains(run: Run) -> None:
    result = run(str(EXAMPLE))
    assert result.exit_code == 0
    assert "“We are full by seven in the morning”" in result.stdout
    for shown in ("Ada Lindqvist", "Tom Okafor", "Piet Mulder", "≈ ", "partly quoted", "denies", "demands", "%"):
        assert shown in result.stdout


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def jsonl(*texts: str) -> str:
    return "".join(json.dumps({"id": index, "text": text}) + "\n" for index, text in enumerate(texts))


def test_actors_and_claims_are_shown_by_actor(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    result = run("article.txt")
    assert result.exit_code == 0
    shown = re.sub(r"\s+", " ", result.stdout)
    assert "Anna Kovacs PERSON Transport Minister" in shown
    assert "“We will wait,”" in shown or "“We will wait”" in shown
    assert "≈ The harbour was unsafe denied · denies · paraphrased" in shown


def test_standard_input_is_read_where_nothing_is_named(run: Run) -> None:
    assert "Anna Kovacs" in run(text=TEXT).stdout
    assert run("-", text="").stdout == "No claims found. The text is empty.\n"


def test_a_minimum_of_confidence_leaves_claims_out(run: Run) -> None:
    assert "No claims found." in run("--minimum-confidence", "1", text=TEXT).stdout


def test_rows_go_in_and_come_out_in_order(run: Run, tmp_path: Path) -> None:
    texts = [TEXT, "", "“No,” he said 😀.", "x" * 20]
    (tmp_path / "rows.jsonl").write_text(jsonl(*texts), encoding="utf-8")
    result = run("--jsonl", "--processes", "2", "rows.jsonl")
    assert result.exit_code == 0
    found = rows(result)
    assert [row["id"] for row in found] == [0, 1, 2, 3]
    claim = found[0]["claims"][0]
    assert set(claim) == ROW_KEYS
    assert "".join(TEXT[start:end] for start, end in claim["source"]) == "Transport Minister Anna Kovacs"
    assert claim["verbatim"] == "verbatim"
    assert set(found[0]["actors"][0]) == {"name", "type", "role", "aliases"}
    assert found[1] == {"id": 1, "claims": [], "actors": [], "left_out": []}


def test_who_passes_a_claim_on_is_told(run: Run) -> None:
    text = "Ada Lowe said Owen Pike had told her that the bridge was unsafe."
    assert "as told by Ada Lowe" in " ".join(run(text=text).stdout.split())
    (row,) = rows(run("--jsonl", text=jsonl(text)))
    outer, inner = row["claims"]
    assert (outer["actor"], outer["told_by"]) == ("Ada Lowe", [])
    assert (inner["actor"], [teller["actor"] for teller in inner["told_by"]]) == ("Owen Pike", ["Ada Lowe"])
    (teller,) = inner["told_by"]
    assert [[text[start:end] for start, end in teller[part]] for part in ("source", "cue")] == [
        ["Ada Lowe"],
        ["said"],
    ]


def test_until_when_and_that_it_was_taken_back_is_told(run: Run) -> None:
    text = "Ada Lowe promised to open the bridge by May 2027. She later withdrew the promise."
    shown = " ".join(run(text=text).stdout.split())
    assert "by May 2027 · taken back" in shown
    (row,) = rows(run("--jsonl", text=jsonl(text)))
    claim = row["claims"][0]
    assert [text[slice(*claim[part])] for part in ("due", "taken_back")] == [
        "by May 2027",
        "She later withdrew the promise",
    ]


def test_to_whom_when_and_how_surely_something_was_said_is_told(run: Run) -> None:
    text = "Mayor Ada Lowe told the BBC on Monday that the bridge may be safe."
    assert "to the BBC · on Monday · hedged" in " ".join(run(text=text).stdout.split())
    (row,) = rows(run("--jsonl", text=jsonl(text)))
    start, end = row["claims"][0]["addressee"]
    assert text[start:end] == "the BBC"


def test_bad_rows_are_told_with_their_line_and_the_good_ones_are_done(run: Run) -> None:
    bad = b'{oops\n[1]\n{"text": "a"}\n{"id": 1}\n{"id": 1, "text": 2}\n\xff\xfe\n\n'
    result = run("--jsonl", text=bad + jsonl(TEXT, "a\ud800b").encode())
    assert result.exit_code == 1
    assert [row["id"] for row in rows(result)] == [0, 1]
    for line, words in ((1, "not JSON"), (2, "object"), (3, "id"), (4, "text"), (5, "string"), (6, "UTF-8")):
        assert re.search(rf"standard input, line {line}:.*{words}", result.stderr)


def test_files_that_cannot_be_read_are_told_and_the_others_are_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(TEXT.encode("cp1252"))
    (tmp_path / "wide.txt").write_text(TEXT, encoding="utf-16")
    (tmp_path / "bad.bin").write_bytes(b"\x00\x01\x02")
    result = run("good.txt", "missing.txt", str(tmp_path), "bad.bin", "wide.txt")
    assert result.exit_code == 1
    assert result.stdout.count("Transport Minister") == 2
    for words in ("missing.txt: This file cannot be read", "folder", "bad.bin: This is not text"):
        assert words in result.stderr
    assert "cannot be read" in run("--jsonl", "missing.jsonl").stderr


def test_a_missing_model_is_one_error(run: Run, tmp_path: Path) -> None:
    result = run("--model", str(tmp_path / "none"), text=TEXT)
    assert result.exit_code == 1
    assert "no model in 'none'" in result.stderr


async def _page(_: web.Request) -> web.Response:
    paragraphs = "".join(
        f"<p>{TEXT} The quay has been shut since the storm of last week, number {n}.</p>" for n in range(6)
    )
    return web.Response(
        text="<html><head><title>Harbour</title></head><body><article><h1>Harbour shut</h1>"
        f"{paragraphs}</article></body></html>",
        content_type="text/html",
    )


async def test_a_page_is_fetched_and_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARSAY_ALLOW_PRIVATE_ADDRESSES", "true")
    app = web.Application()
    app.router.add_get("/harbour", _page)
    async with TestServer(app) as server:
        url = str(server.make_url("/harbour"))
        result = await asyncio.to_thread(run, "--jsonl", url)
        missing = await asyncio.to_thread(run, str(server.make_url("/nothing")))
    assert result.exit_code == 0
    assert rows(result)[0]["actors"][0]["name"] == "Anna Kovacs"
    assert missing.exit_code == 1
    assert "/nothing" in missing.stderr


@pytest.mark.parametrize("arguments", [["--processes", "0"], ["--minimum-confidence", "2"], ["--nonsense"]])
def test_wrong_usage_exits_with_two(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
