"""`db`: the database's schema and health."""

import typer

from bot.cli.console import PlainErrors, log_for, say, tell_error
from bot.event_loop import run_async
from bot.store.upgrade import check as problems_of
from bot.store.upgrade import upgrade as upgrade_store
from config.loading import load_settings

group = typer.Typer(cls=PlainErrors, help="The database.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(group, name="db")


@group.command()
def upgrade() -> None:
    """Bring the database to the present schema. `run` does so by itself."""
    settings = load_settings()
    log_for(settings, quiet=True)
    run_async(upgrade_store(settings.store_url))
    say("The database is up to date.")


@group.command()
def check() -> None:
    """Say what is wrong with the database; exit code 1 where something is."""
    settings = load_settings()
    log_for(settings, quiet=True)
    problems = run_async(problems_of(settings.store_url))
    for problem in problems:
        tell_error(problem)
    if problems:
        raise typer.Exit(1)
    say("The database is in order.")
