"""`reference`: the pages that the code generates."""

from pathlib import Path

from prometheus_client import generate_latest

from bot.cli.reference import json_page, metrics_page, settings_page
from bot.metrics import Metrics
from config.loading import variable_of
from config.settings import Settings
from tests.integration.cli.conftest import Command


def test_written_pages_pass_the_check_until_one_is_changed(hearsay: Command, folder: Path) -> None:
    assert hearsay("reference", "--write", "pages/here").exit_code == 0
    assert hearsay("reference", "--check", "pages/here").exit_code == 0
    page = folder / "pages/here/settings.md"
    page.write_text(page.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    stale = hearsay("reference", "--check", "pages/here")
    assert stale.exit_code == 1
    assert stale.stderr == "Error: Out of date: settings.md. Run `make reference`.\n"


def test_pages_that_are_missing_or_no_text_are_out_of_date(hearsay: Command, folder: Path) -> None:
    (folder / "settings.md").write_bytes(b"\xff\xfe")
    stale = hearsay("reference", "--check", ".")
    assert stale.exit_code == 1
    assert "settings.md, command-line.md, slash-commands.md, json.md, metrics.md" in stale.stderr
    assert hearsay("reference", "--check", ".", "--write", ".").exit_code == 2


def test_a_folder_that_cannot_be_made_is_told(hearsay: Command, folder: Path) -> None:
    (folder / "file").touch()
    result = hearsay("reference", "--write", "file/pages")
    assert (result.exit_code, "file/pages cannot be written to" in result.stderr) == (1, True)


def test_all_settings_commands_and_slash_commands_are_printed(hearsay: Command) -> None:
    printed = hearsay("reference").stdout
    assert all(f"`{variable_of(name)}`" in printed for name in Settings.model_fields)
    for command in ("feeds import", "db check", "said", "run"):
        assert f"## `{command}`" in printed
    for command in ("/feed add", "/digest subscribe", "/said", "/about"):
        assert f"## `{command}`" in printed


def test_the_page_on_metrics_lists_what_is_served() -> None:
    metrics = Metrics()
    for metric in metrics.described():
        assert f"| `{metric.name}` | {metric.kind} |" in metrics_page()
    served = {
        line.split()[2] for line in generate_latest(metrics.registry).decode().splitlines() if "# TYPE" in line
    }
    served = {name for name in served if not name.endswith("_created")}  # when a counter was last at zero
    assert {metric.name for metric in metrics.described()} == served


def test_the_page_on_json_lists_the_fields_of_rows_within_rows() -> None:
    page = json_page()
    assert "## `said --json`" in page
    assert "| `claims[].source` | list of spans | the words that name the speaker |" in page
    assert "| `next_poll_at` | moment or null | null if nobody keeps the feed |" in page
    assert "| `kind` | text | one of `statement`, `denial`," in page


def test_the_page_on_settings_says_what_is_accepted_and_no_path_of_this_machine() -> None:
    page = settings_page()
    assert "| `HEARSAY_LOG_LEVEL` | `info` | `debug`, `info`, `warning`, `error` |" in page
    assert "| `DISCORD_TOKEN` |  | text, secret |" in page
    assert str(Path.cwd()) not in page
