"""What Discord makes of this installation: the token, the invitation, and whether each digest may be posted."""

from collections.abc import AsyncGenerator, Iterable

import aiohttp
import discord

from bot.delivery.permissions import NEEDED, missing
from bot.discord_access import point_at, usable_token
from bot.errors import SettingsError
from bot.model.digests import Subscription
from bot.model.findings import Finding, Mark
from config.settings import Settings


async def discord_findings(settings: Settings, subscriptions: Iterable[Subscription]) -> AsyncGenerator[Finding]:
    """Log in with the token of the settings, and yield what is found. Raises nothing that Discord causes."""
    point_at(
        str(settings.discord_api_base) if settings.discord_api_base else None,
        str(settings.discord_gateway_url) if settings.discord_gateway_url else None,
    )
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # Hearsay never speaks
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(usable_token(settings))
        except (discord.LoginFailure, SettingsError):
            yield Finding(Mark.BAD, "Discord refuses the token: copy it again from the developer portal")
            return
        except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
            yield Finding(Mark.BAD, f"Discord cannot be reached: {error}")
            return
        yield Finding(Mark.GOOD, f"the token is good; the bot is {client.user}")
        permissions = discord.Permissions(**dict.fromkeys(NEEDED, True))
        invitation = discord.utils.oauth_url(client.application_id or 0, permissions=permissions)
        yield Finding(Mark.NOTE, f"invite it with {invitation}")
        for subscription in subscriptions:
            yield await _channel(client, subscription)


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
    lacking = missing(channel.permissions_for(me), channel, as_outlet=subscription.plan.as_outlet)
    if lacking:
        return Finding(Mark.BAD, f"{where}: lacks {', '.join(lacking)}")
    return Finding(Mark.GOOD, f"{where}: may post")
