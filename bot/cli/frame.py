"""The frame of the command line: its name, help and error handling. It knows no commands."""

from types import ModuleType

import typer

from bot import __version__
from bot.cli.console import PlainErrors


def command_line(*groups: ModuleType) -> typer.Typer:
    """Return a command line with the commands that each of `groups` registers."""
    app = typer.Typer(
        name="hearsay",
        cls=PlainErrors,
        help="Hearsay: who said what in the news, on Discord. Exit codes: 0 done, 1 it failed and says why, "
        "2 wrong usage, 130 interrupted.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    for group in groups:
        group.register(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hearsay {__version__}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(False, "--version", help="Show the version.", callback=_version, is_eager=True),
) -> None:
    del version
