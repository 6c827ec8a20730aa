"""`run`: the bot itself."""

import typer

from bot.cli.console import err, log_for
from bot.cli.preview import start_preview
from bot.event_loop import run_async
from bot.serving import serve, stop_signals
from config.loading import load_settings
from config.settings import Settings

HOW_TO_GET_ONE = (
    "DISCORD_TOKEN is not set: make an application at https://discord.com/developers/applications, and copy\n"
    "the token of its bot into the environment or a .env file. Here is the preview, which needs none."
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)


def run() -> None:
    """Run the bot. Needs DISCORD_TOKEN; without one the preview starts instead. Ctrl-C ends it, with code 0."""
    settings = load_settings()
    if settings.discord_token is None:
        err().print(HOW_TO_GET_ONE, markup=False, soft_wrap=True)
        start_preview(once=False)
        return
    log_for(settings)
    run_async(_run(settings))


async def _run(settings: Settings) -> None:
    async with stop_signals() as stop:
        await serve(settings, stop=stop)
