"""Shared by the commands about digests: their options in words, and which digest and channel are meant."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import discord
from discord import app_commands

from bot.delivery.escape import escaped
from bot.delivery.forum_posts import TAGS_LIMIT
from bot.delivery.permissions import missing, role_problem
from bot.errors import BadInput, ChannelGone
from bot.languages.formats import listed
from bot.languages.translations import N_, _, ngettext, pgettext
from bot.model.digests import Cadence, ForumPosts, Layout, Look, Plan, Subscription
from bot.model.feeds import Feed, title_of
from bot.services.digest_wishes import DigestWish, QuietHours, plan_in_words
from bot.services.feeds import feeds_of, matching_feeds
from bot.services.subscriptions import subscriptions_of
from bot.services.typed_times import WEEKDAYS, clock_times, hours_between, quoted
from bot.text.clipping import clip
from bot.text.folding import fold
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
    "ping_button": "A button with which readers take that role, or give it back. Hearsay needs Manage Roles.",
    "publish": "In an announcement channel: publish to the servers that follow it, at most ten an hour.",
    "stories": "How many stories a digest shows. More wait for the next one.",
    "claims": "How many claims of each story it shows. The others are one click away.",
    "layout": "Embeds, cards (larger pictures), or plain text for screen readers.",
    "posts": "In a forum: a post for each day, or for each story.",
    "tags": "In a forum: tags of its posts, with commas. Else those that match; “matching” for these.",
    "post_as": "Who posts: Hearsay, or a webhook with the outlet's name, with a message for each story.",
}
"""The options of a digest, as Discord shows them. For the defaults, see docs/how-to."""
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CadenceName = Literal["every story", "minutes", "hourly", "daily", "weekdays", "weekly"]
WhenEmpty = Literal["skip", "say so"]
LayoutName = Literal["embeds", "cards", "text"]
PostsName = Literal["a day", "a story"]
PostAs = Literal["Hearsay", "the outlet"]
MATCHING = "matching"
Minutes = app_commands.Range[int, 5, 720]
PerHour = app_commands.Range[int, 1, 30]
Stories = app_commands.Range[int, 1, 10]
Claims = app_commands.Range[int, 1, 5]


class _DigestChannel(app_commands.Transformer):
    """Where digests can go: text and announcement channels, forums, and threads. Not media channels."""

    type = discord.AppCommandOptionType.channel
    channel_types = [  # noqa: RUF012 - as discord.py wants it
        discord.ChannelType.text,
        discord.ChannelType.news,
        discord.ChannelType.forum,
        discord.ChannelType.news_thread,
        discord.ChannelType.public_thread,
        discord.ChannelType.private_thread,
    ]

    async def transform(self, _interaction: Any, value: Any, /) -> Any:
        """Return the channel as the command has it: only its id is needed."""
        return value


DigestChannel = app_commands.Transform[discord.abc.Snowflake, _DigestChannel]
_CADENCES = {"every story": Cadence.STORY}


def channel_id_of(interaction: Interaction) -> int:
    """Return the channel that the user is in. Raises BadInput if Discord names none."""
    if interaction.channel_id is None:
        raise BadInput(_("Name the channel with the option `channel`."))
    return interaction.channel_id


def postable_channel(interaction: Interaction, channel_id: int, *, as_outlet: bool = False) -> Any:
    """Return a channel in which Hearsay may post; None for the user's own, if it is not known.

    `as_outlet` says that a webhook posts there. Raises BadInput, which lists the permissions that Hearsay lacks,
    or ChannelGone.
    """
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
    if names := missing(held, channel, as_outlet=as_outlet):
        raise BadInput(
            _(
                "Hearsay cannot post in <#{channel_id}>: it lacks {lacking} there. Grant that and try again.",
                channel_id=channel_id,
                lacking=listed(names),
            )
        )
    return channel


def in_forum(channel: object) -> bool | None:
    """Return whether a channel is a forum; None if it is not known."""
    return None if channel is None else isinstance(channel, discord.ForumChannel)


def chosen_tags(channel: object, typed: str | None, known: Sequence[int] = ()) -> tuple[int, ...] | None:
    """Return the tags of a forum that were typed, separated by commas; None if none were.

    `known` are those chosen before. Raises BadInput for unknown or too many tags, and if the forum requires one
    and none is chosen.
    """
    if not isinstance(channel, discord.ForumChannel):
        return None if typed is None else ()  # without a forum, the wish is refused
    tags = {fold(tag.name).strip(): tag for tag in channel.available_tags}
    chosen = None
    if typed is not None:
        names = [] if fold(typed).strip() == MATCHING else [one for one in typed.split(",") if one.strip()]
        unknown = [one.strip() for one in names if fold(one).strip() not in tags]
        if unknown:
            there = listed([escaped(tag.name) for tag in channel.available_tags]) or _("none yet")
            raise BadInput(
                _(
                    "This forum has no tag {name}. Its tags: {tags}.",
                    name=quoted(unknown[0]),
                    tags=clip(there, 800),
                )
            )
        if len(names) > TAGS_LIMIT:
            raise BadInput(_("A post has at most {limit} tags. Name fewer.", limit=TAGS_LIMIT))
        chosen = tuple(dict.fromkeys(tags[fold(one).strip()].id for one in names))
    there_now = {tag.id for tag in channel.available_tags}
    if channel.flags.require_tag and not there_now & set(known if chosen is None else chosen):
        raise BadInput(_("This forum requires a tag for each post. Choose one with `tags`."))
    return chosen


def require_givable(interaction: Interaction, role_id: int | None) -> None:
    """Raise BadInput if Hearsay cannot, or must not, give a role to anyone who asks."""
    guild = interaction.guild
    role = guild.get_role(role_id) if guild is not None and role_id is not None else None
    problem = role_problem(role, guild.me if guild else None) if role is not None else None
    if problem is not None:
        raise BadInput(problem)


async def tag_suggestions(interaction: Interaction, current: str) -> list[tuple[str, str]]:
    """Return the tags of the chosen forum, or of the digest's, that complete what was typed."""
    chosen = interaction.namespace.channel
    guild = interaction.guild
    channel_id = chosen.id if chosen is not None else 0
    if not channel_id and (named := str(getattr(interaction.namespace, "subscription", None) or "")).isdigit():
        subscriptions = await subscriptions_of(interaction.client.services, guild_id_of(interaction))
        channel_id = next((s.plan.channel_id for s in subscriptions if str(s.id) == named), 0)
    forum = guild.get_channel(channel_id) if guild else None
    if not isinstance(forum, discord.ForumChannel):
        return []
    before, _, last = current.rpartition(",")
    stem = f"{before}, " if before else ""
    names = [MATCHING] if not before else []
    names += [tag.name for tag in forum.available_tags if fold(last).strip() in fold(tag.name)]
    return [(clip(stem + name, 100), clip(stem + name, 100)) for name in names if name not in before]


async def matching_digests(interaction: Interaction, current: str) -> list[tuple[str, str]]:
    """Return the subscriptions with the typed text in their channel, plan or feeds: in words, with their ids."""
    guild_id = guild_id_of(interaction)
    services = interaction.client.services
    feeds = {feed.id: feed for feed in await feeds_of(services, guild_id)}
    named: list[tuple[str, str]] = []
    for s in await subscriptions_of(services, guild_id):
        channel = interaction.guild.get_channel_or_thread(s.plan.channel_id) if interaction.guild else None
        where = f"#{channel.name}" if channel else pgettext("option", "a deleted channel")
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
    ping_button: bool | None = None,
    posts: str | None = None,
    post_as: str | None = None,
    no_ping: bool = False,
) -> DigestWish:
    """Return a user's input as a wish. Raises BadInput for times that cannot be read, or for pinging everyone."""
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
        ping_button=ping_button,
        publishes=publish,
        posts={"a day": ForumPosts.DAY, "a story": ForumPosts.STORY}[posts] if posts else None,
        as_outlet=None if post_as is None else post_as != "Hearsay",
    )


def digest_in_words(subscription: Subscription, feeds: Mapping[int, Feed]) -> str:
    """Return where, when, of what and in which form digests come, as markup."""
    plan, selection, look = subscription.plan, subscription.selection, subscription.look
    of = clip(escaped(feeds_in_words(selection, feeds)), 200)
    lines = [
        _(
            "<#{channel_id}> gets a digest {plan}, of {feeds}.",
            channel_id=plan.channel_id,
            plan=plan_in_words(plan),
            feeds=of,
        )
    ]
    if look != Look():
        lines.append(
            _(
                "Each shows up to {stories} with {claims} each, as {layout}.",
                stories=ngettext("{count} story", "{count} stories", look.stories),
                claims=ngettext("{count} claim", "{count} claims", look.claims),
                layout=pgettext("choice", look.layout.value),
            )
        )
    lines += _form_in_words(plan)
    if selection.filter:
        passing = clip(escaped(selection.filter), 600)
        lines.append(_("Only articles that pass its filter are shown: {filter}", filter=passing))
    return "\n".join(lines)


_POSTS = {
    (ForumPosts.DAY, True): N_("Each day gets a post of its own, with the tags you chose."),
    (ForumPosts.DAY, False): N_("Each day gets a post of its own, with the tags that match."),
    (ForumPosts.STORY, True): N_("Each story gets a post of its own, with the tags you chose."),
    (ForumPosts.STORY, False): N_("Each story gets a post of its own, with the tags that match."),
}


def _form_in_words(plan: Plan) -> list[str]:
    """Return sentences about who is pinged by the messages of a digest, and their form."""
    lines = []
    if plan.role_id is not None:
        mentioned = _("The first message mentions <@&{role_id}>.", role_id=plan.role_id)
        button = _("Under it is a button with which readers take that role.")
        lines.append(f"{mentioned} {button}" if plan.ping_button else mentioned)
    if plan.posts is not None:
        lines.append(_(_POSTS[plan.posts, bool(plan.tag_ids)]))
    if plan.as_outlet:
        lines.append(_("Each story is a message under its outlet's name, posted by a webhook."))
    if plan.publishes:
        lines.append(_("In an announcement channel, messages are published, at most ten an hour."))
    if plan.says_when_empty:
        lines.append(_("If nothing is new, it says so."))
    return lines
