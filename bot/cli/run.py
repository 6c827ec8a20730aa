"""`run`: the bot itself."""

import structlog
import typer

from bot.cli.console import hint, log_for
from bot.cli.preview import start_preview
from bot.event_loop import run_async
from bot.serving import serve, stop_signals
from config.loading import load_settings
from config.misspelt import misspelt_names
from config.settings import TOKEN_VARIABLES, Settings

log = structlog.get_logger(__name__)

HOW_TO_GET_ONE = (
    "DISCORD_TOKEN is not set: create an application at https://discord.com/developers/applications, and copy\n"
    "its bot's token into the environment or a .env file. This is the preview, which needs no token."
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)


def run() -> None:
    """Run the bot. Needs DISCORD_TOKEN; without it the preview starts instead. Ctrl-C ends it with code 0."""
    settings = load_settings()
    misspelt = misspelt_names()
    if settings.discord_token is None:
        for name in misspelt:
            if name.meant in TOKEN_VARIABLES:
                hint(name.sentence)
        hint(HOW_TO_GET_ONE)
        start_preview(once=False)
        return
    log_for(settings)
    for name in misspelt:
        log.warning(name.sentence)
    run_async(_run(settings))


async def _run(settings: Settings) -> None:
    async with stop_signals() as stop:
        await serve(settings, stop=stop)
