"""The command line, put together from its command groups."""

import typer

from bot import __version__
from bot.cli import (
    database,
    digest,
    doctor,
    extract,
    feeds,
    health,
    poll,
    preview,
    reference,
    run,
    said,
)
from bot.cli.console import PlainErrors


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hearsay {__version__}")
        raise typer.Exit


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


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", help="Show the version.", callback=_version, is_eager=True),
) -> None:
    del version


for _group in (run, preview, extract, feeds, poll, digest, said, database, doctor, health, reference):
    _group.register(app)
