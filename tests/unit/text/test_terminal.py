"""What reaches a terminal from outside."""

import io
import json
import logging
import re
import unicodedata

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table

from bot.cli.console import say, say_json
from bot.cli.safe_console import SafeConsole
from bot.log import configure_logging
from bot.text.terminal import escaped_for_terminal, for_terminal

HOSTILE = "a\x1b[2Jb\x9b31mc\x9d0;title\x07d\u202ee\u2066f\x7fg\u2028h\x85i\rj"
ALLOWED = {"\n", "\t"}


def obeyed(text: str) -> set[str]:
    """Return the characters of `text` that a terminal would obey."""
    return {
        sign
        for sign in text
        if (unicodedata.category(sign) in {"Cc", "Zl", "Zp"} and sign not in ALLOWED)
        or unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    }


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    safe = for_terminal(text)
    assert not obeyed(safe)
    assert len(safe) == len(text)


@given(st.text())
def test_json_means_the_same_and_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    written = escaped_for_terminal(json.dumps({"title": text}, ensure_ascii=False))
    assert json.loads(written) == {"title": text}
    assert not obeyed(written)


def test_readable_text_stays() -> None:
    for text in ("“Größe”, 你好, עברית, العربية", "नमस्ते\u200dक", "👩\u200d👧", "two\nlines\tand a tab"):
        assert for_terminal(text) == text


def test_a_console_shows_its_own_colours_and_none_of_others() -> None:
    file = io.StringIO()
    console = SafeConsole(file=file, force_terminal=True, color_system="standard", width=200, highlight=False)
    console.print(HOSTILE, style="red", markup=False)
    table = Table("title", box=None)
    table.add_row(HOSTILE)
    console.print(table)
    assert file.getvalue().count("\x1b[31m") >= 1
    assert not obeyed(re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue()))
    assert "\x9b" not in file.getvalue()


def test_what_commands_say_is_safe(capsys: pytest.CaptureFixture[str]) -> None:
    say(HOSTILE)
    say_json({"title": HOSTILE})
    assert not obeyed(capsys.readouterr().out)


def test_the_log_on_a_terminal_is_safe(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        configure_logging("info", "console")
        log = structlog.get_logger("bot.test")
        log.info("feed failed", url=HOSTILE, failures=3)
        try:
            raise ValueError(HOSTILE)
        except ValueError:
            log.exception("item failed")
        logging.getLogger("other").warning("title %s", HOSTILE)
        told = capsys.readouterr().err
    finally:
        root.handlers[:], root.level = handlers, level
        structlog.reset_defaults()
    assert not obeyed(told)
    assert "failures=3" in told
    assert "ValueError" in told
    assert len(told.splitlines()) > 4
