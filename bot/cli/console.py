"""What the commands share: consoles, errors as sentences with exit codes, and logging."""

import asyncio
import codecs
import errno
import json
import os
import secrets
import select
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import structlog
import typer
from typer.core import TyperGroup

from bot.errors import HearsayError
from bot.log import configure_logging
from bot.text.terminal import escaped_for_terminal
from config.loading import load_settings
from config.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

log = structlog.get_logger(__name__)

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended early: 128 plus the signal's number."""
UNFOLDED = 100_000
"""Columns of a console that folds no line."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""The errors of a place that nothing more can be written to."""
_PLAIN = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "≈": "~",
    "…": "...",
    "–": "-",
    "—": "-",
    "·": "-",
    "•": "-",
    "✓": "+",
    "✗": "x",
    "▌": "|",
}
"""How our own signs are written if the terminal lacks them: quotation marks still differ from `≈`."""


class ReaderGone(BrokenPipeError):
    """Whoever reads stdout has gone, as `head` does."""


class PlainErrors(TyperGroup):
    """A command group that reports errors in a sentence, with exit code 1; tracebacks go to the log."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line. Characters that a stream cannot encode are replaced."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="hearsay.plain")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            given = super().invoke(ctx)
            sys.stdout.flush()  # a reader who has gone is noticed here, not while Python exits
            return given
        except HearsayError as error:
            tell_error(error.message)
            raise typer.Exit(1) from None
        except ReaderGone:
            raise typer.Exit(1) from None  # nobody is left to tell
        except (KeyboardInterrupt, asyncio.CancelledError):
            raise typer.Exit(INTERRUPTED) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            # other pipes break, too, such as one to a worker
            if isinstance(error, BrokenPipeError) and _reader_has_gone():
                drop_output()
                raise typer.Exit(1) from None
            if hasattr(error, "exit_code") and hasattr(error, "show"):
                raise  # wrong usage: Typer's own errors know how to show themselves
            if isinstance(error, OSError) and error.errno in _FULL:
                drop_output()
                tell_error(f"Nothing more can be written: {error.strerror}.")
                raise typer.Exit(1) from None
            number = secrets.token_hex(4)
            if not structlog.is_configured():
                configure_logging("info", "auto")
            log.exception("unexpected error", id=number)
            tell_error(f"Something went wrong that should not have. The log has the details under {number}.")
            raise typer.Exit(1) from None


def _reader_has_gone() -> bool:
    """Return whether nobody reads stdout any more."""
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError):
        return False
    poller = select.poll()
    poller.register(number, 0)  # errors and hang-ups are always reported
    return any(events & (select.POLLERR | select.POLLHUP) for _, events in poller.poll(0))


def drop_output() -> None:
    """Discard the output still waiting for stdout; Python would fail on it at exit."""
    if sys.stdout is sys.__stdout__:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that a stream cannot encode by others that it can (an error handler of codecs)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    refused = error.object[error.start : error.end]
    return "".join(_PLAIN.get(sign) or _letter_of(sign) for sign in refused), error.end


def _letter_of(sign: str) -> str:
    return unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?"


codecs.register_error("hearsay.plain", _plainly)


def out() -> "Console":
    """Return a console on stdout. Its width is that of the terminal, 80 columns if there is none."""
    from bot.cli.safe_console import SafeConsole  # noqa: PLC0415 - rich takes memory, and `run` prints nothing

    return SafeConsole(highlight=False, soft_wrap=False)


def out_unfolded() -> "Console":
    """Return a console on stdout that folds nothing if stdout is no terminal and COLUMNS is not set.

    For tables and lines that programs may read. Frames would fill the whole width.
    """
    from bot.cli.safe_console import SafeConsole  # noqa: PLC0415

    console = out()
    folds = console.is_terminal or "COLUMNS" in os.environ
    return console if folds else SafeConsole(highlight=False, soft_wrap=False, width=UNFOLDED)


def err() -> "Console":
    """Return a console on stderr."""
    from bot.cli.safe_console import SafeConsole  # noqa: PLC0415

    return SafeConsole(stderr=True, highlight=False)


def say(sentence: str, *, style: str | None = None) -> None:
    """Print a line on stdout: not read as markup, and not folded."""
    out().print(sentence, style=style, markup=False, soft_wrap=True)


def hint(sentence: str) -> None:
    """Print a line on stderr: what to do next, for a person and not for a program that reads stdout."""
    err().print(sentence, markup=False, soft_wrap=True)


def say_json(value: object) -> None:
    """Print a value as one line of JSON, which stays JSON whatever the encoding of stdout."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    typer.echo(escaped_for_terminal(json.dumps(value, default=str, ensure_ascii=not unicode)))


def say_file(content: bytes) -> None:
    """Print the content of a file on stdout: as it is into a file or pipe, without what a terminal would obey."""
    if sys.stdout.isatty():
        out_unfolded().print(content.decode("utf-8-sig"), markup=False, soft_wrap=True)
    else:
        typer.echo(content, nl=False)


def tell_error(message: str) -> None:
    """Print `message` as an error, on stderr."""
    err().print(f"Error: {message}", style="red", markup=False, soft_wrap=True)


def log_for(settings: Settings, *, quiet: bool = False) -> None:
    """Configure logging; `quiet` shows only warnings and errors, for commands whose output is their answer."""
    level = "warning" if quiet and settings.log_level == "info" else settings.log_level
    configure_logging(level, settings.log_format, secrets_of(settings))


def quiet_settings() -> Settings:
    """Load the settings, and log only warnings and errors, for a command whose output is its answer.

    Raises SettingsError.
    """
    settings = load_settings()
    log_for(settings, quiet=True)
    return settings


def secrets_of(settings: Settings) -> list[str]:
    """Return what must never be shown: the token, and the password within the database's address."""
    hidden = []
    if settings.discord_token:
        hidden.append(settings.discord_token.get_secret_value())
    url = settings.store_url
    if "@" in url:
        hidden.append(url.split("://", 1)[-1].rsplit("@", 1)[0].partition(":")[2])
    return [h for h in hidden if h]
