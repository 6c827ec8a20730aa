"""`doctor`: whether Hearsay can run here, part by part."""

import os
import tomllib
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from enum import Enum

import aiohttp
import discord
import typer
from dotenv import dotenv_values

from bot.cli.console import log_for, out
from bot.client import point_at
from bot.delivery.permissions import NEEDED, missing
from bot.errors import HearsayError, SettingsError
from bot.event_loop import run_async
from bot.extraction.extractor import Extractor
from bot.model.digests import Subscription
from bot.serving import usable_token
from bot.store import open_store
from bot.store.database import directory_problem, driver_url, has_file
from bot.store.upgrade import check as database_problems
from config.loading import ENV_FILE, load_settings, source_of, unknown_variables, variable_of
from config.settings import Settings, toml_file


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
                console.print(f"  {finding.mark.value} {finding.text}", markup=False, soft_wrap=True)
    return well


async def _settings(settings: Settings) -> AsyncGenerator[Finding]:
    for name in type(settings).model_fields:
        source = source_of(name)
        if source != "default":
            yield Finding(Mark.GOOD, f"{variable_of(name)} = {getattr(settings, name)} (from: {source})")
    for source, names in _unknown_names().items():
        for name in names:
            yield Finding(Mark.BAD, f"{name} (from: {source}) is no setting of Hearsay. Is it misspelt?")
    yield Finding(Mark.NOTE, "all other settings have their defaults")
    if settings.allow_private_addresses:
        yield Finding(Mark.NOTE, "private addresses are fetched: for tests only, never with feeds of strangers")


def _unknown_names() -> dict[str, list[str]]:
    """Return what is set and is no setting, by where it is set; the files can be read, or we were not here."""
    found = {"environment": unknown_variables(os.environ)}
    if ENV_FILE.is_file():
        found[f"{ENV_FILE} file"] = unknown_variables(dotenv_values(ENV_FILE))
    path = toml_file()
    if path.is_file():
        known = {*Settings.model_fields, "DISCORD_TOKEN"}  # the prefix is for variables only
        keys = tomllib.loads(path.read_text(encoding="utf-8"))
        found[f"{path} file"] = sorted(key for key in keys if key not in known)
    return found


def _is_new(url: str) -> bool:
    """Tell whether there is no database yet, and nothing against its being made."""
    parsed = driver_url(url)
    return parsed.drivername.startswith("sqlite") and not has_file(parsed) and directory_problem(url) is None


async def _database(settings: Settings) -> AsyncGenerator[Finding]:
    if _is_new(settings.store_url):
        yield Finding(Mark.NOTE, "there is none yet: it is made when one is needed")
        return
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
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # Hearsay never speaks
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(usable_token(settings))
        except (discord.LoginFailure, SettingsError):
            yield Finding(Mark.BAD, "Discord refuses the token: copy it anew from the developer portal")
            return
        except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
            yield Finding(Mark.BAD, f"Discord cannot be reached: {error}")
            return
        yield Finding(Mark.GOOD, f"the token is good; the bot is {client.user}")
        permissions = discord.Permissions(**dict.fromkeys(NEEDED, True))
        invitation = discord.utils.oauth_url(client.application_id or 0, permissions=permissions)
        yield Finding(Mark.NOTE, f"invite it with {invitation}")
        for subscription in await _subscriptions(settings):
            yield await _channel(client, subscription)


async def _subscriptions(settings: Settings) -> list[Subscription]:
    """Return all subscriptions; none where the database cannot be used, which has had its own report."""
    with suppress(HearsayError):
        if not _is_new(settings.store_url):
            async with open_store(settings.store_url, migrate=False) as store:
                return await store.subscriptions.all()
    return []


async def _channel(client: discord.Client, subscription: Subscription) -> Finding:
    where = f"digest {subscription.id}, channel {subscription.plan.channel_id}"
    if subscription.paused_reason:
        return Finding(Mark.BAD, f"{where}: paused. {subscription.paused_reason}")
    try:
        guild = await client.fetch_guild(subscription.guild_id, with_counts=False)
        me = await guild.fetch_member(client.user.id if client.user else 0)
        channel = await guild.fetch_channel(subscription.plan.channel_id)
    except discord.HTTPException as error:
        return Finding(Mark.BAD, f"{where}: cannot be seen ({error.text or error.status})")
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        return Finding(Mark.BAD, f"{where}: cannot be seen ({error})")
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
