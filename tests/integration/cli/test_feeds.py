"""`feeds`: added, listed, removed, imported and exported."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.json_rows import FeedRow, fields_of
from preview.newsroom import Newsroom
from tests.integration.cli.conftest import Command


def outlines(*addresses: str) -> str:
    rows = "".join(f'<outline type="rss" text="One" xmlUrl="{address}"/>' for address in addresses)
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{rows}</body></opml>'


def test_a_home_page_is_enough_to_add_its_feed(hearsay: Command, newsroom: Newsroom, on_loopback: None) -> None:
    added = hearsay("feeds", "add", f"{newsroom.url}/courier/")
    assert added.exit_code == 0
    assert added.stdout == f"✓ The Albion Courier ({newsroom.feed_url('courier')}): added\n"


def test_each_address_is_told_about_and_the_good_ones_are_kept(
    hearsay: Command, newsroom: Newsroom, on_loopback: None
) -> None:
    feed = newsroom.feed_url("meridian")
    added = hearsay("feeds", "add", "http://127.0.0.1:9/", feed, f"{newsroom.url}/", "no address", "", feed)
    assert added.exit_code == 1
    dead, good, page, words, empty, again = added.stdout.splitlines()
    assert dead == "✗ http://127.0.0.1:9/: The server does not accept connections."
    assert good.endswith(": added")
    assert page.startswith("✗")
    assert "names no feed" in page
    assert words.startswith("✗ no address: This is not a web address.")
    assert empty.startswith("✗ : This is not a web address.")
    assert again.endswith(": known already")
    assert feed in hearsay("feeds", "list").stdout


def test_a_private_address_is_refused(hearsay: Command, newsroom: Newsroom) -> None:
    before = len(newsroom.visits)
    added = hearsay("feeds", "add", newsroom.feed_url("courier"), "http://127.0.0.1:8080/feed")
    assert added.exit_code == 1
    assert "This address is not public" in added.stdout
    assert added.stdout.count("✗") == 2
    assert len(newsroom.visits) == before


def test_without_feeds_the_list_says_how_to_add_one(hearsay: Command) -> None:
    assert "python -m bot feeds add ADDRESS" in hearsay("feeds", "list").stdout
    assert hearsay("feeds", "list", "--json").stdout == ""


def test_the_list_as_json_has_the_documented_fields(hearsay: Command, read: Path) -> None:
    hearsay("feeds", "remove", "1")
    rows = [json.loads(line) for line in hearsay("feeds", "list", "--json").stdout.splitlines()]
    fields = [path for path, _kind, _meaning in fields_of(FeedRow)]
    assert [list(row) for row in rows] == [fields, fields]
    dropped, kept = sorted(rows, key=lambda row: row["id"])
    assert (dropped["kept_by"], dropped["next_poll_at"]) == ("nobody", None)
    assert (kept["kept_by"], kept["state"]) == ("host", "healthy")
    assert datetime.fromisoformat(kept["next_poll_at"]) > datetime.fromisoformat(kept["last_success_at"])


def test_a_table_that_is_piped_is_not_folded(
    hearsay: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS")
    address = "https://news.example/" + "a-long-way/" * 20 + "feed.xml"
    (folder / "long.opml").write_text(outlines(address))
    hearsay("feeds", "import", "long.opml")
    lines = hearsay("feeds", "list").stdout.splitlines()
    assert any(address in line for line in lines)
    assert len(lines) == 3  # titles, the feed's title, its address
    assert max(map(len, lines)) < 400


def test_pick_with_several_addresses_is_wrong_usage(hearsay: Command) -> None:
    assert hearsay("feeds", "add", "one", "two", "--pick", "1").exit_code == 2


def test_a_removed_feed_is_kept_by_nobody_and_the_others_go_on(hearsay: Command, read: Path) -> None:
    removed = hearsay("feeds", "remove", "99", "1", "https://nowhere.example/feed")
    assert removed.exit_code == 1
    nothing, gone, unknown = removed.stdout.splitlines()
    assert nothing.startswith("✗ 99: There is no feed")
    assert gone.endswith("no longer kept by the host")
    assert unknown.startswith("✗ https://nowhere.example/feed: ")
    rows = [line.split() for line in hearsay("feeds", "list").stdout.splitlines() if line[:1].isdigit()]
    assert {row[0]: row[-1] for row in rows} == {"1": "nobody", "2": "host"}
    assert "feeds 1," in hearsay("poll", "--all").stdout


def test_the_starter_list_is_imported_by_default_and_only_once(hearsay: Command) -> None:
    first, second = hearsay("feeds", "import"), hearsay("feeds", "import")
    assert first.exit_code == second.exit_code == 0
    count = int(first.stdout.split()[0])
    assert count > 5
    assert first.stdout == f"{count} feeds added, 0 known already.\n"
    assert second.stdout == f"0 feeds added, {count} known already.\n"


def test_what_is_exported_can_be_imported_elsewhere(hearsay: Command, folder: Path) -> None:
    (folder / "mine.opml").write_text(outlines("https://a.example/feed", "https://b.example/feed"))
    assert hearsay("feeds", "import", "mine.opml").stdout == "2 feeds added, 0 known already.\n"
    assert hearsay("feeds", "export", "out.opml").exit_code == 0
    other = {"HEARSAY_DATA_DIR": "other"}
    assert hearsay("feeds", "import", "out.opml", **other).stdout == "2 feeds added, 0 known already.\n"
    assert hearsay("feeds", "export", **other).stdout_bytes == (folder / "out.opml").read_bytes()


def test_addresses_that_cannot_be_polled_are_left_out_each_with_the_reason(hearsay: Command, folder: Path) -> None:
    bad = ["file:///etc/passwd", "javascript:alert(1)", "ann@news.example", f"https://a.example/{'x' * 3000}"]
    bad += [
        "http://127.0.0.1/feed",
        "https://user:word@a.example/feed",
        "http://[v1.fe80::a]/x",
        "https://a.example:22/",
    ]
    good = ["https://a.example/feed", "https://b.example/feed?x=1&amp;y=2"]
    (folder / "mixed.opml").write_text(outlines(good[0], *bad, good[1]))
    imported = hearsay("feeds", "import", "mixed.opml")
    assert imported.exit_code == 0
    *refused, last = imported.stdout.splitlines()
    assert last == f"2 feeds added, 0 known already. {len(bad)} left out."
    assert [line[:6] for line in refused] == [f"✗ {address[:4]}" for address in bad]
    assert all(len(line) < 400 and ": " in line for line in refused)
    again = hearsay("feeds", "import", "mixed.opml")
    assert again.stdout.splitlines()[-1] == f"0 feeds added, 2 known already. {len(bad)} left out."
    (folder / "bad.opml").write_text(outlines(*bad))
    assert hearsay("feeds", "import", "bad.opml").exit_code == 1


def test_a_list_is_taken_from_standard_input_for_a_container_has_no_files_of_its_host(folder: Path) -> None:
    opml = outlines("https://a.example/feed", "https://b.example/feed")
    result = CliRunner().invoke(app, ["feeds", "import", "-"], input=opml)
    assert (result.exit_code, result.stdout) == (0, "2 feeds added, 0 known already.\n")


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\x00\x01", b"<html><body>x</body></html>", b"<opml><body><outline", b"\xff\xfe<"]
)
def test_a_file_that_is_no_opml_is_told_in_a_sentence(hearsay: Command, folder: Path, content: bytes) -> None:
    (folder / "bad.opml").write_bytes(content)
    imported = hearsay("feeds", "import", "bad.opml")
    assert imported.exit_code == 1
    assert "OPML" in imported.stderr
    assert imported.stderr.startswith("Error: ")


def test_files_that_cannot_be_read_or_written_are_named(hearsay: Command, folder: Path) -> None:
    (folder / "huge.opml").write_bytes(b" " * 2_000_001)
    said = {
        ("import", "missing.opml"): "missing.opml cannot be read: No such file or directory.",
        ("import", "."): ". cannot be read: Is a directory.",
        ("import", "huge.opml"): "huge.opml is larger than 2 MB.",
        ("export", "."): ". cannot be written: Is a directory.",
        ("export", "no/out.opml"): "no/out.opml cannot be written: No such file or directory.",
    }
    for arguments, sentence in said.items():
        result = hearsay("feeds", *arguments)
        assert (result.exit_code, sentence in result.stderr) == (1, True), result.output


def test_a_feed_shows_what_became_of_its_entries(hearsay: Command, read: Path) -> None:
    shown = hearsay("feeds", "show", "1")
    assert shown.exit_code == 0
    assert "healthy" in shown.stdout.splitlines()[0]
    assert "done" in shown.stdout.splitlines()[1]
    assert hearsay("feeds", "show", "1", "--limit", "1").stdout.count("https://") <= shown.stdout.count("https://")
    missing = hearsay("feeds", "show", "https://nowhere.example/feed")
    assert missing.exit_code == 1
    assert "There is no feed" in missing.stderr
