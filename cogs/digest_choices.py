"""What the commands about digests share: their options in words, and which digest and channel are meant."""

from collections.abc import Mapping
from typing import Literal

import discord
from discord import app_commands

from bot.delivery.escape import escaped
from bot.delivery.permissions import missing
from bot.errors import BadInput, ChannelGone
from bot.languages.translations import _
from bot.model.digests import Cadence, Layout, Look, Subscription
from bot.model.feeds import Feed, title_of
from bot.services.digest_wishes import DigestWish, QuietHours, plan_in_words
from bot.services.feeds import feeds_of, matching_feeds
from bot.services.subscriptions import subscriptions_of
from bot.services.typed_times import WEEKDAYS, clock_times, hours_between
from bot.text.clipping import clip
from bot.text.counting import counted
from cogs.answering import Interaction, guild_id_of
from cogs.views.digests import feeds_in_words

FILTER_OPTION = 'Only articles that match, for example outlet:courier (dam or "water level") -kind:opinion.'
NO_QUIET = "none"
OPTIONS = {
    "channel": "Where to post.",
    "cadence": "How often. A digest is daily unless you choose otherwise.",
    "at": "Local time or times, such as 09:00 or 8:30, 12:00, 18:30. For hourly digests only the minute counts.",
    "weekday": "Day of a weekly digest.",
    "minutes": "A digest every so many minutes.",
    "per_hour": "With every story: at most how many stories an hour. The weightiest come first.",
    "timezone": "A city, a country or hours from UTC: Berlin, India, UTC+2.",
    "quiet": "Quiet hours, such as 22:00-07:00. What is due in them comes at their end. “none” removes them.",
    "when_empty": "Whether to say that nothing is new.",
    "feed": "Only this feed, or all feeds of this server.",
    "confidence": "Show only claims that are at least this likely to be right, in percent.",
    "filter_text": FILTER_OPTION,
    "ping": "A role that the first message of each digest mentions. Without it, nobody is pinged.",
    "publish": "In an announcement channel: publish to the servers that follow it, at most ten an hour.",
    "stories": "How many stories a digest shows. More wait for the next one.",
    "claims": "How many claims of each story it shows. The others are one click away.",
    "layout": "Embeds, cards (larger pictures), or plain text for screen readers.",
}
"""The options of a digest, as Discord shows them. What each is without a choice: docs/how-to."""
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CadenceName = Literal["every story", "minutes", "hourly", "daily", "weekdays", "weekly"]
WhenEmpty = Literal["skip", "say so"]
LayoutName = Literal["embeds", "cards", "text"]
Minutes = app_commands.Range[int, 5, 720]
PerHour = app_commands.Range[int, 1, 30]
Stories = app_commands.Range[int, 1, 10]
Claims = app_commands.Range[int, 1, 5]
_CADENCES = {"every story": Cadence.STORY}


def channel_id_of(interaction: Interaction) -> int:
    """Return the channel that the user is in. Raises BadInput if Discord names none."""
    if interaction.channel_id is None:
        raise BadInput(_("Name the channel with the option `channel`."))
    return interaction.channel_id


def require_permissions(interaction: Interaction, channel_id: int) -> None:
    """Raise BadInput, which lists the permissions that Hearsay lacks in a channel, or ChannelGone."""
    guild = interaction.guild
    if guild is None or guild.me is None:
        raise BadInput(
            _(
                "Hearsay is not a member of this server. Invite it again with the scopes bot and "
                "applications.commands."
            )
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
            _(
                "Hearsay cannot post in <#{channel_id}>: it lacks {lacking} there. Grant that and try again.",
                channel_id=channel_id,
                lacking=lacking,
            )
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


def typed_wish(
    *,
    channel_id: int | None,
    cadence: str | None,
    at: str | None,
    weekday: str | None,
    minutes: int | None,
    per_hour: int | None,
    timezone: str | None,
    quiet: str | None,
    when_empty: str | None,
    feed: str | None,
    confidence: int | None,
    filter_text: str | None,
    stories: int | None,
    claims: int | None,
    layout: str | None,
    ping: discord.Role | None,
    publish: bool | None,
    no_ping: bool = False,
) -> DigestWish:
    """Return what a user typed as a wish. Raises BadInput for times that cannot be read, or to ping everyone."""
    if ping is not None and ping.is_default():
        raise BadInput(_("Hearsay does not ping everyone. Choose a role that members take because they want to."))
    no_quiet = quiet is not None and quiet.strip().casefold() == NO_QUIET
    return DigestWish(
        channel_id=channel_id,
        cadence=None if cadence is None else _CADENCES.get(cadence) or Cadence(cadence),
        times=clock_times(at) if at else (),
        weekday=WEEKDAYS.index(weekday) if weekday else None,
        minutes=minutes,
        most_an_hour=per_hour,
        timezone=timezone,
        quiet=QuietHours(*hours_between(quiet)) if quiet is not None and not no_quiet else None,
        no_quiet=no_quiet,
        says_when_empty=None if when_empty is None else when_empty != "skip",
        feed=feed,
        minimum_confidence=None if confidence is None else confidence / 100,
        filter=filter_text,
        stories=stories,
        claims=claims,
        layout=Layout(layout) if layout else None,
        role_id=ping.id if ping else 0 if no_ping else None,
        publishes=publish,
    )


def digest_in_words(subscription: Subscription, feeds: Mapping[int, Feed]) -> str:
    """Return where, when, of what and in which form digests come, as markup."""
    plan, selection, look = subscription.plan, subscription.selection, subscription.look
    of = clip(escaped(feeds_in_words(selection, feeds)), 200)
    told = f"<#{plan.channel_id}> gets a digest {plan_in_words(plan)}, of {of}."
    if look != Look():
        told += (
            f"\nEach shows up to {counted(look.stories, 'story', 'stories')} with "
            f"{counted(look.claims, 'claim')} each, as {look.layout.value}."
        )
    if plan.role_id is not None:
        told += f"\nThe first message mentions <@&{plan.role_id}>."
    if plan.publishes:
        told += "\nIn an announcement channel, messages are published, at most ten an hour."
    if plan.says_when_empty:
        told += "\nIf nothing is new, it says so."
    if selection.filter:
        told += f"\nOnly articles that pass its filter are shown: {clip(escaped(selection.filter), 600)}"
    return told
