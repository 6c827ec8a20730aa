"""What the commands about digests share: their options in words, and which digest and channel are meant."""

from typing import Literal

import discord

from bot.delivery.permissions import missing
from bot.errors import BadInput, ChannelGone
from bot.model.feeds import title_of
from bot.services.feeds import feeds_of, matching_feeds
from bot.services.subscriptions import plan_in_words, subscriptions_of
from bot.text.clipping import clip
from cogs.answering import Interaction, guild_id_of
from cogs.views.digests import feeds_in_words

FILTER_OPTION = 'Only articles that match, for example outlet:courier (dam or "water level") -kind:opinion.'
OPTIONS = {
    "channel": "Where to post.",
    "cadence": "How often.",
    "at": "Local time, such as 09:00 or 18:30. For hourly digests only the minute counts.",
    "weekday": "Day of a weekly digest.",
    "timezone": "A city, a country or hours from UTC: Berlin, India, UTC+2.",
    "feed": "Only this feed, or all feeds of this server.",
    "confidence": "Show only claims that are at least this likely to be right, in percent.",
    "filter_text": FILTER_OPTION,
}
"""The options of a digest, as Discord shows them. What each is without a choice: `/digest subscribe`."""
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CadenceName = Literal["daily", "weekly", "hourly"]


def channel_id_of(interaction: Interaction) -> int:
    """Return the channel that the user is in. Raises BadInput if Discord names none."""
    if interaction.channel_id is None:
        raise BadInput("Name the channel with the option `channel`.")
    return interaction.channel_id


def require_permissions(interaction: Interaction, channel_id: int) -> None:
    """Raise BadInput, which lists the permissions that Hearsay lacks in a channel, or ChannelGone."""
    guild = interaction.guild
    if guild is None or guild.me is None:
        raise BadInput(
            "Hearsay is not a member of this server. "
            "Invite it again with the scopes bot and applications.commands."
        )
    channel = guild.get_channel_or_thread(channel_id)
    here = channel_id == interaction.channel_id
    if channel is None and not here:
        raise ChannelGone
    held = interaction.app_permissions if here or channel is None else channel.permissions_for(guild.me)
    names = missing(held, thread=isinstance(channel, discord.Thread))
    if names:
        lacking = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        raise BadInput(
            f"Hearsay cannot post in <#{channel_id}>: it lacks {lacking} there. Grant that and try again."
        )


async def matching_digests(interaction: Interaction, current: str) -> list[tuple[str, str]]:
    """Return the subscriptions with what was typed in their channel, plan or feeds: in words, with their ids."""
    guild_id = guild_id_of(interaction)
    services = interaction.client.services
    feeds = {feed.id: feed for feed in await feeds_of(services, guild_id)}
    named: list[tuple[str, str]] = []
    for s in await subscriptions_of(services, guild_id):
        channel = interaction.guild.get_channel_or_thread(s.plan.channel_id) if interaction.guild else None
        where = f"#{channel.name}" if channel else "a deleted channel"
        shown = f"{where} · {plan_in_words(s.plan)} · {feeds_in_words(s.selection, feeds)}"
        if current.casefold().strip() in shown.casefold():
            named.append((shown, str(s.id)))
    return named


async def feed_suggestions(interaction: Interaction, current: str) -> list[tuple[str, str]]:
    """Return feeds of the server that match what was typed, in words and with their ids."""
    feeds = await matching_feeds(interaction.client.services, guild_id_of(interaction), current)
    return [(f"{clip(title_of(f), 60)} · {f.url}", str(f.id)) for f in feeds]
