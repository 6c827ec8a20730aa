"""What the commands share: the consoles, the event loop, and errors told in a sentence."""

import asyncio
import os
import secrets
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog
import typer
from rich.console import Console
from typer.core import TyperGroup

from bot.errors import HearsayError
from bot.log import configure_logging
from config.settings import Settings

T = TypeVar("T")
log = structlog.get_logger(__name__)


class PlainErrors(TyperGroup):
    """A command group that tells errors in a sentence: exit code 1, and no traceback but in the log."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except HearsayError as error:
            tell_error(error.message)
            raise typer.Exit(1) from None
        except BrokenPipeError:
            # the reader of our output has gone: nothing is left to say
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            raise typer.Exit(1) from None
        except (KeyboardInterrupt, asyncio.CancelledError):
            raise typer.Exit(130) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if hasattr(error, "exit_code") and hasattr(error, "show"):
                raise  # wrong usage: Typer's own errors know how to show themselves
            number = secrets.token_hex(4)
            log.exception("unexpected error", id=number)
            tell_error(f"Something went wrong that should not have. The log has the details under {number}.")
            raise typer.Exit(1) from None


def out() -> Console:
    """Return a console on stdout."""
    return Console(highlight=False, soft_wrap=False)


def err() -> Console:
    """Return a console on stderr."""
    return Console(stderr=True, highlight=False)


def tell_error(message: str) -> None:
    """Print `message` as an error, on stderr."""
    err().print(f"Error: {message}", style="red", markup=False)


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` on an event loop of its own and return what it gives."""
    return asyncio.run(work)


def log_for(settings: Settings, *, quiet: bool = False) -> None:
    """Configure logging; `quiet` shows warnings and errors only, for commands whose output is their answer."""
    level = "warning" if quiet and settings.log_level == "info" else settings.log_level
    configure_logging(level, settings.log_format, secrets_of(settings))


def secrets_of(settings: Settings) -> list[str]:
    """Return what must never be shown: the token, and the password within the database's address."""
    hidden = []
    if settings.discord_token:
        hidden.append(settings.discord_token.get_secret_value())
    url = settings.store_url
    if "@" in url:
        hidden.append(url.split("://", 1)[-1].rsplit("@", 1)[0].partition(":")[2])
    return [h for h in hidden if h]
