"""`db`: the database's schema, health and backup."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import PlainErrors, log_for, say, tell_error
from bot.event_loop import run_async
from bot.services.database import back_up_database, database_problems, upgrade_database
from config.loading import load_settings
from config.settings import Settings

group = typer.Typer(cls=PlainErrors, help="The database.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(group, name="db")


def _settings() -> Settings:
    settings = load_settings()
    log_for(settings, quiet=True)
    return settings


@group.command()
def upgrade() -> None:
    """Create the database, or bring its schema up to date. `run` does this by itself."""
    run_async(upgrade_database(_settings()))
    say("The database is up to date.")


@group.command()
def check() -> None:
    """Report what is wrong with the database. Exit code 1 if anything is."""
    problems = run_async(database_problems(_settings()))
    for problem in problems:
        tell_error(problem)
    if problems:
        raise typer.Exit(1)
    say("The database is in order.")


@group.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write. It must not exist yet.", show_default=False)],
) -> None:
    """Copy the SQLite database into a file; the bot may go on running. For PostgreSQL use pg_dump."""
    run_async(back_up_database(_settings(), file))
    say(f"The database was copied to {file}.")
