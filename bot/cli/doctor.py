"""`doctor`: whether Hearsay can run here, part by part."""

import os
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from enum import Enum

import aiohttp
import discord
import typer

from bot.app import open_services
from bot.cli.console import log_for, out, run_async
from bot.client import point_at
from bot.delivery.permissions import NEEDED, missing
from bot.errors import HearsayError
from bot.extraction.extractor import Extractor
from bot.store.migration import check as database_problems
from bot.store.records import Subscription
from config.loading import load_settings, source_of, unknown_variables, variable_of
from config.settings import Settings


class Mark(Enum):
    """How a check ended."""

    GOOD = "✓"
    BAD = "✗"
    NOTE = "•"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report."""

    mark: Mark
    text: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor() -> None:
    """Check settings, database, model, token and permissions; exit code 1 where something is wrong."""
    settings = load_settings()
    log_for(settings, quiet=True)
    if not run_async(_report(settings)):
        raise typer.Exit(1)


async def _report(settings: Settings) -> bool:
    console, well = out(), True
    for title, check in _CHECKS.items():
        console.print(f"\n{title}", style="bold")
        async with aclosing(check(settings)) as findings:
            async for finding in findings:
                well = well and finding.mark is not Mark.BAD
                console.print(f"  {finding.mark.value} {finding.text}", markup=False)
    return well


async def _settings(settings: Settings) -> AsyncGenerator[Finding]:
    for name in type(settings).model_fields:
        source = source_of(name)
        if source != "default":
            yield Finding(Mark.GOOD, f"{variable_of(name)} = {getattr(settings, name)} (from: {source})")
    for variable in unknown_variables(os.environ):
        yield Finding(Mark.BAD, f"{variable} is no setting of Hearsay. Is it misspelt?")
    yield Finding(Mark.NOTE, "all other settings have their defaults")
    if settings.allow_private_addresses:
        yield Finding(Mark.NOTE, "private addresses are fetched: for tests only, never with feeds of strangers")


async def _database(settings: Settings) -> AsyncGenerator[Finding]:
    problems = await database_problems(settings.store_url)
    for problem in problems:
        yield Finding(Mark.BAD, problem)
    if not problems:
        yield Finding(Mark.GOOD, "reachable and up to date")


async def _model(settings: Settings) -> AsyncGenerator[Finding]:
    extractor = Extractor(settings.model, processes=1, timeout_s=settings.extract_timeout)
    try:
        found = await extractor.extract("“The bridge is safe,” Mayor Ada Lindqvist said on Monday.")
        if any(claim.actor == "Ada Lindqvist" for claim in found.claims):
            yield Finding(Mark.GOOD, "loads, and finds who said what in a sample sentence")
        else:
            yield Finding(Mark.BAD, f"{settings.model} loads, but finds nothing in a sample sentence")
    except HearsayError as error:
        yield Finding(Mark.BAD, error.message)
    finally:
        await extractor.close()


async def _discord(settings: Settings) -> AsyncGenerator[Finding]:
    if settings.discord_token is None:
        yield Finding(Mark.NOTE, "DISCORD_TOKEN is not set: `run` will start the preview")
        return
    point_at(
        str(settings.discord_api_base) if settings.discord_api_base else None,
        str(settings.discord_gateway_url) if settings.discord_gateway_url else None,
    )
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(settings.discord_token.get_secret_value())
        except discord.LoginFailure:
            yield Finding(Mark.BAD, "Discord refuses the token: copy it anew from the developer portal")
            return
        except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
            yield Finding(Mark.BAD, f"Discord cannot be reached: {error}")
            return
        yield Finding(Mark.GOOD, f"the token is good; the bot is {client.user}")
        permissions = discord.Permissions(**dict.fromkeys(NEEDED, True))
        invitation = discord.utils.oauth_url(client.application_id or 0, permissions=permissions)
        yield Finding(Mark.NOTE, f"invite it with {invitation}")
        with suppress(HearsayError):  # the database has had its own report
            async with open_services(settings) as services:
                subscriptions = await services.store.subscriptions.all()
            for subscription in subscriptions:
                yield await _channel(client, subscription)


async def _channel(client: discord.Client, subscription: Subscription) -> Finding:
    where = f"digest {subscription.id}, channel {subscription.channel_id}"
    if subscription.paused_reason:
        return Finding(Mark.BAD, f"{where}: paused. {subscription.paused_reason}")
    try:
        guild = await client.fetch_guild(subscription.guild_id or 0, with_counts=False)
        me = await guild.fetch_member(client.user.id if client.user else 0)
        channel = await guild.fetch_channel(subscription.channel_id)
    except discord.HTTPException as error:
        return Finding(Mark.BAD, f"{where}: cannot be seen ({error.text or error.status})")
    lacking = missing(channel.permissions_for(me))
    if lacking:
        return Finding(Mark.BAD, f"{where}: lacks {', '.join(lacking)}")
    return Finding(Mark.GOOD, f"{where}: may post")


_CHECKS: dict[str, Callable[[Settings], AsyncGenerator[Finding]]] = {
    "Settings": _settings,
    "Database": _database,
    "Model": _model,
    "Discord": _discord,
}
