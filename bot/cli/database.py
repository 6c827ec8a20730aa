"""`db`: the database's schema, health, size, backup and copies."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import PlainErrors, quiet_settings, say, tell_error
from bot.event_loop import run_async
from bot.services.database import (
    back_up_database,
    copy_database_to,
    database_problems,
    restore_database,
    size_of_database,
    upgrade_database,
    vacuum_database,
)

group = typer.Typer(cls=PlainErrors, help="The database.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(group, name="db")


@group.command()
def upgrade() -> None:
    """Create the database, or bring its schema up to date. `run` does this by itself."""
    run_async(upgrade_database(quiet_settings()))
    say("The database is up to date.")


@group.command()
def check() -> None:
    """Report what is wrong with the database. Exit code 1 if anything is."""
    problems = run_async(database_problems(quiet_settings()))
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
    run_async(back_up_database(quiet_settings(), file))
    say(f"The database was copied to {file}.")


@group.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `db backup` wrote.", show_default=False)],
) -> None:
    """Put a backup in the place of the SQLite database; stop the bot first. What was there is kept beside it."""
    moved = run_async(restore_database(quiet_settings(), file))
    say(f"{file} is the database now." + (f" What was there is in {moved}." if moved else ""))


@group.command()
def size() -> None:
    """Show how large the database is, and how many rows each table has."""
    found = run_async(size_of_database(quiet_settings()))
    free = f", {_megabytes(found.free)} of which is free" if found.free else ""
    say(f"The database has {_megabytes(found.size)}{free}.")
    for table in found.tables:
        taken = f"  {_megabytes(table.size):>12}" if table.size is not None else ""
        say(f"{table.name:<20} {table.rows:>12,} rows{taken}")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


@group.command()
def vacuum() -> None:
    """Give the space of deleted rows back to the disk. SQLite needs as much free space again meanwhile."""
    run_async(vacuum_database(quiet_settings()))
    say("The database is as small as it can be.")


@group.command()
def copy(
    to: Annotated[str, typer.Option(help="postgresql://user:password@host/name", show_default=False)],
) -> None:
    """Copy the SQLite database into PostgreSQL; stop the bot first. A copy that was interrupted goes on.

    At the end the rows of both are counted and compared.
    """
    run_async(copy_database_to(quiet_settings(), to, lambda table, rows: say(f"{table:<20} {rows:>12,} rows")))
    say("The copy is complete, and equal. Set HEARSAY_DATABASE_URL to it.")
