"""`preview`: the bot at work without a token and without the internet."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import INTERRUPTED, out, quiet_settings
from bot.errors import BadInput
from bot.event_loop import run_async
from bot.model.digests import Layout
from bot.serving import stop_signals
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(preview)


def preview(
    once: Annotated[bool, typer.Option("--once", help="End after the show instead of staying up.")] = False,
    page: Annotated[
        Path | None, typer.Option(help="Write what is shown to this file, too, as a page for a browser.")
    ] = None,
    layout: Annotated[Layout, typer.Option(help="The form of the digest.")] = Layout.EMBEDS,
    locale: Annotated[
        str, typer.Option(help="The language of the server and its people: de, hi, pt-BR.")
    ] = "en-GB",
) -> None:
    """Show the bot at work on a sample newsroom: no token and no internet needed. Ctrl-C ends it, with code 0."""
    if page and not page.resolve().parent.is_dir():
        raise BadInput(f"{page} cannot be written: its folder does not exist.")
    if page and page.is_dir():
        raise BadInput(f"{page} is a folder. Give the name of a file.")
    start_preview(once=once, page=page, layout=layout, locale=locale)


def start_preview(
    *, once: bool, page: Path | None = None, layout: Layout = Layout.EMBEDS, locale: str = "en-GB"
) -> None:
    """Run the preview until it ends or is interrupted; with `once`, an interruption is exit code 130."""
    settings = quiet_settings()
    interrupted = run_async(_preview(settings, once, page, layout, locale))
    if once and interrupted:
        raise typer.Exit(INTERRUPTED)


async def _preview(settings: Settings, once: bool, page: Path | None, layout: Layout, locale: str) -> bool:
    from preview.play import play  # noqa: PLC0415 - only the preview needs a newsroom

    async with stop_signals() as stop:
        await play(out(), settings, once=once, stop=stop, page=page, layout=layout, locale=locale)
        return stop.is_set()
