"""How Discord is reached: the token, its addresses, the limits of requests, and a client without a gateway."""

from typing import TYPE_CHECKING

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.delivery.once_only import report_unclear_answers
from bot.delivery.request_limits import RequestLimits
from bot.errors import SettingsError
from config.settings import Settings

if TYPE_CHECKING:
    from bot.services.engine import Services


class TokenRefused(SettingsError):
    """Discord refuses the token. Get a new one from the developer portal (Bot, Reset Token) for DISCORD_TOKEN."""


def usable_token(settings: Settings) -> str:
    """Return the token in the form in which Discord takes it. Raises TokenRefused if it cannot be a token."""
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token.isascii() or not token.isprintable():
        raise TokenRefused
    return token


def point_at(api_base: str | None, gateway_url: str | None) -> None:
    """Make discord.py use another REST server (with `/api/v10`) or gateway. None keeps Discord's own."""
    if api_base is not None:
        Route.BASE = api_base.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def rest_client(services: "Services") -> discord.Client:
    """Return a client for requests alone, which is never connected to the gateway."""
    without_voice()
    trace = limits_of(services).trace()
    client = discord.Client(intents=discord.Intents(guilds=True), http_trace=trace, max_messages=None)
    report_unclear_answers(trace, lambda: client.application_id)
    return client


def limits_of(services: "Services") -> RequestLimits:
    """Return the limits of requests, which processes that share a PostgreSQL keep together."""
    store = services.store
    return RequestLimits(turns=store.request_turns if store.leases.shared else None)


def without_voice() -> None:
    """Let discord.py not warn of missing packages for voice, which Hearsay does not use."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
