"""The preview as a newcomer starts it: a process of its own, without a token, and nothing left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import default_model

PATIENCE_S = 180
ROOT = Path(__file__).parents[2]


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """The environment of a newcomer: no settings, and a folder of its own for what is temporary."""
    if not (default_model() / "config.cfg").is_file():
        pytest.skip(f"the model is not at {default_model()}")
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("HEARSAY_", "DISCORD_"))}
    folders = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "temporary")}
    return inherited | folders | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@contextmanager
def started(tmp_path: Path, variables: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path / "home",
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def left_behind(tmp_path: Path) -> list[Path]:
    """Return what lies in the folders, the newcomer's own and that for what is temporary."""
    return [path for name in ("home", "temporary") for path in (tmp_path / name).iterdir()]


def test_once_shows_a_digest_an_evidence_and_three_answers(tmp_path: Path, variables: dict[str, str]) -> None:
    page = tmp_path / "shown.html"
    with started(tmp_path, variables, "preview", "--once", "--page", str(page)) as process:
        shown, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (0, "")
    digest, commands = shown.split(" Questions ", 1)
    assert "Who said what" in digest
    assert "“" in digest
    assert commands.count(" uses /") == 3
    assert "is offered: Giles Penhallow" in commands
    assert "chooses to see the evidence" in commands
    assert "uses /said topic:cable" in commands
    assert "uses /feed list" in commands
    assert "Headline Heap is scraped badly on purpose" in " ".join(digest.split())
    assert "python -m bot extract docs/examples/article.txt" in commands
    assert "Nothing of it is left" in commands
    assert "Who said what" in page.read_text(encoding="utf-8")
    assert left_behind(tmp_path) == []


def test_run_without_a_token_says_so_with_what_is_misspelt_and_ctrl_c_ends_the_preview_with_0(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    (tmp_path / "home" / ".env").write_text("DISCORD_TOKN=abc")
    with started(tmp_path, variables, "run") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if " uses /feed add" in line:
                break
        process.send_signal(signal.SIGINT)
        shown, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    misspelt, first, second = errors.splitlines()
    assert misspelt.startswith(
        "DISCORD_TOKN (from: .env file) is not a setting of Hearsay. Did you mean DISCORD_TOKEN?"
    )
    assert first.startswith("DISCORD_TOKEN is not set: ")
    assert "https://discord.com/developers/applications" in first
    assert "preview" in second
    assert "Nothing of it is left" in shown
    assert left_behind(tmp_path) == [tmp_path / "home" / ".env"]


def test_a_reader_who_has_seen_enough_ends_the_show_quietly(tmp_path: Path, variables: dict[str, str]) -> None:
    """As `preview --once | head -3`."""
    with started(tmp_path, variables, "preview", "--once") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if " uses /feed add" in line:
                break
        process.stdout.close()
        process.stdout = None
        _shown, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (1, "")
    assert left_behind(tmp_path) == []


def test_an_interrupted_show_ends_with_130_and_no_traceback(tmp_path: Path, variables: dict[str, str]) -> None:
    with started(tmp_path, variables, "preview", "--once") as process:
        assert process.stdout is not None
        assert "Starting a local Discord" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _shown, errors = process.communicate(timeout=PATIENCE_S)
    # Python ends by the signal itself where that came in the middle of an import; shells call both 130
    assert process.returncode in {130, -signal.SIGINT}
    assert errors == ""
    assert left_behind(tmp_path) == []
