"""How commands end: in a sentence and an exit code, whatever happens and wherever they are shown."""

import asyncio
import errno
import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
import typer
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from bot.cli import console
from bot.cli.console import PlainErrors, say, say_json, secrets_of
from bot.errors import FeedError, SettingsError
from config.settings import Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def ended(work: Callable[[], object], charset: str = "utf-8") -> Result:
    """Run `work` as the command of a program of its own."""
    program = typer.Typer(cls=PlainErrors)

    @program.command()
    def first() -> None:
        work()

    @program.command()
    def second() -> None:
        """There is more than one command, so that the program is a group."""

    return CliRunner(charset=charset).invoke(program, ["first"])


def raising(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_a_known_error_is_its_sentence_as_it_is_written() -> None:
    result = ended(raising(FeedError("[red]Not[/red] a feed at https://example.org/" + "long/" * 30)))
    assert result.exit_code == 1
    assert result.stderr == "Error: [red]Not[/red] a feed at https://example.org/" + "long/" * 30 + "\n"


def test_an_error_without_a_message_says_what_its_class_says() -> None:
    assert "`python -m bot doctor` lists all settings." in ended(raising(SettingsError())).stderr


def test_an_unexpected_error_is_an_id_and_the_log_has_the_rest(capfd: pytest.CaptureFixture[str]) -> None:
    result = ended(raising(ZeroDivisionError("why")))
    assert result.exit_code == 1
    told = re.search(r"The log has the details under ([0-9a-f]{8})\.", result.stderr)
    assert told
    (entry,) = [json.loads(line) for line in result.stderr.splitlines() if line.startswith("{")]
    assert entry["id"] == told[1]
    assert "ZeroDivisionError: why" in entry["exception"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), asyncio.CancelledError()])
def test_an_interrupted_command_ends_with_130_and_no_words(error: BaseException) -> None:
    result = ended(raising(error))
    assert (result.exit_code, result.output) == (130, "")


def test_a_reader_who_has_gone_is_told_nothing() -> None:
    result = ended(raising(console.ReaderGone(errno.EPIPE, "Broken pipe")))
    assert (result.exit_code, result.output) == (1, "")


@pytest.mark.parametrize("written", ["typer.echo('x')", "print('x')", "out().print('x')", "say_json('x')"])
def test_a_reader_who_has_gone_ends_a_command_quietly_however_it_prints(written: str) -> None:
    program = f"""
import sys, typer
from bot.cli.console import *
app = typer.Typer(cls=PlainErrors)
@app.command()
def one():
    sys.stdin.read()
    {written}
@app.command()
def two(): pass
app(["one"])
"""
    reading, writing = os.pipe()
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=writing, stderr=pipe, cwd=ROOT) as process:
        os.close(writing)
        os.close(reading)
        assert process.communicate()[1] == b""
    assert process.returncode == 1


def test_another_pipe_that_breaks_is_an_error_like_any_other() -> None:
    result = ended(raising(BrokenPipeError(errno.EPIPE, "Broken pipe")))
    assert result.exit_code == 1
    assert "Something went wrong that should not have." in result.stderr


def test_a_full_disk_is_told_in_a_sentence() -> None:
    result = ended(raising(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
    assert result.exit_code == 1
    assert result.stderr == "Error: Nothing more can be written: No space left on device.\n"


def test_exit_codes_of_commands_are_kept() -> None:
    assert ended(raising(typer.Exit(7))).exit_code == 7
    assert ended(raising(typer.BadParameter("no"))).exit_code == 2


def test_where_there_are_no_signs_for_it_verbatim_and_paraphrase_stay_apart() -> None:
    result = ended(lambda: say("“Exact words” and ≈ the sense … for Renée ✓ 🙂"), charset="ascii")
    assert result.exit_code == 0
    assert result.stdout == '"Exact words" and ~ the sense ... for Renee + ?\n'


@given(text=st.text())
def test_no_text_is_one_that_a_plain_terminal_cannot_show(text: str) -> None:
    assert text.encode("ascii", errors="hearsay.plain").isascii()


def test_bytes_that_are_no_text_are_not_ours_to_mend() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", errors="hearsay.plain")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_json_is_the_same_in_every_encoding(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    say_json({"content": "“Renée” 🙂"})
    stream.flush()
    written = stream.buffer.getvalue().decode(encoding)
    assert json.loads(written) == {"content": "“Renée” 🙂"}
    assert ("“" in written) is (encoding == "utf-8")


def test_the_token_and_the_password_of_the_database_are_secret() -> None:
    url = SecretStr("postgresql://me:p@ss:word@host/news")
    settings = Settings(discord_token=SecretStr("a.b.c"), database_url=url)
    assert secrets_of(settings) == ["a.b.c", "p@ss:word"]
    assert secrets_of(Settings(database_url=SecretStr("sqlite:///a.db"))) == []
