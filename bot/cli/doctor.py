"""`doctor`: checks whether Hearsay can run here, part by part."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress

import aiohttp.web
import typer

from bot.cli.console import out, quiet_settings
from bot.cli.health import NotHealthy, parts_of
from bot.discord_check import discord_findings
from bot.errors import HearsayError, SettingsError
from bot.event_loop import run_async
from bot.http_server import serve_app
from bot.model.digests import Subscription
from bot.model.findings import Finding, Mark
from bot.services.database import database_problems, needs_creating, stored_subscriptions
from bot.services.model_check import check_model
from bot.services.reading import open_extractor
from config.loading import source_of, variable_of
from config.misspelt import misspelt_names
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor() -> None:
    """Check settings, database, ports, model, token and permissions. Exit code 1 if anything is wrong."""
    settings = quiet_settings()
    if not run_async(_report(settings)):
        raise typer.Exit(1)


async def _report(settings: Settings) -> bool:
    console, well = out(), True
    for title, check in _CHECKS.items():
        console.print(f"\n{title}", style="bold")
        async with aclosing(check(settings)) as findings:
            async for finding in findings:
                well = well and finding.mark is not Mark.BAD
                console.print(f"  {finding.mark.value} {finding.text}", markup=False, soft_wrap=True)
    return well


async def _settings(settings: Settings) -> AsyncGenerator[Finding]:
    given = [name for name in type(settings).model_fields if source_of(name) != "default"]
    for name in given:
        yield Finding(Mark.GOOD, f"{variable_of(name)} = {getattr(settings, name)} (from: {source_of(name)})")
    for misspelt in misspelt_names():
        yield Finding(Mark.BAD, misspelt.sentence)
    yield Finding(Mark.NOTE, f"all {'other ' if given else ''}settings have their defaults")
    if settings.allow_private_addresses:
        yield Finding(Mark.NOTE, "private addresses are fetched: for tests only, never with strangers' feeds")


async def _database(settings: Settings) -> AsyncGenerator[Finding]:
    if needs_creating(settings):
        yield Finding(Mark.NOTE, "there is none yet: it is created when one is needed")
        return
    problems = await database_problems(settings)
    for problem in problems:
        yield Finding(Mark.BAD, problem)
    if not problems:
        yield Finding(Mark.GOOD, "reachable, writable and up to date")


async def _ports(settings: Settings) -> AsyncGenerator[Finding]:
    wanted = {}
    if settings.metrics_address:
        wanted["HEARSAY_METRICS_ADDRESS"] = settings.metrics_address
    if settings.public_url:
        wanted["HEARSAY_PUBLIC_LISTEN"] = settings.public_listen
    if not wanted:
        yield Finding(Mark.NOTE, "none is used: HEARSAY_METRICS_ADDRESS and HEARSAY_PUBLIC_URL are not set")
    for setting, address in wanted.items():
        try:
            async with serve_app(aiohttp.web.Application(), address, setting=setting):
                yield Finding(Mark.GOOD, f"{address} is free ({setting})")
        except SettingsError as error:
            if await _bot_answers(settings):
                yield Finding(Mark.GOOD, f"{address} is used by the running bot ({setting})")
            else:
                yield Finding(Mark.BAD, error.message)


async def _bot_answers(settings: Settings) -> bool:
    with suppress(NotHealthy):
        return bool(settings.metrics_address and await asyncio.to_thread(parts_of, settings.metrics_address))
    return False


async def _model(settings: Settings) -> AsyncGenerator[Finding]:
    async with open_extractor(settings, processes=1) as extractor:
        try:
            await check_model(extractor)
            yield Finding(Mark.GOOD, "loads, and finds who said what in a sample sentence")
        except HearsayError as error:
            yield Finding(Mark.BAD, error.message)


async def _discord(settings: Settings) -> AsyncGenerator[Finding]:
    if settings.discord_token is None:
        yield Finding(Mark.NOTE, "DISCORD_TOKEN is not set: `run` will start the preview")
        return
    async with aclosing(discord_findings(settings, await _subscriptions(settings))) as findings:
        async for finding in findings:
            yield finding


async def _subscriptions(settings: Settings) -> list[Subscription]:
    """Return all subscriptions; none if the database cannot be used, which is reported elsewhere."""
    with suppress(HearsayError):
        return await stored_subscriptions(settings)
    return []


_CHECKS: dict[str, Callable[[Settings], AsyncGenerator[Finding]]] = {
    "Settings": _settings,
    "Database": _database,
    "Ports": _ports,
    "Model": _model,
    "Discord": _discord,
}
