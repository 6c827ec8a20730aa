"""`/digest`: the channels that get digests, and when."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot.client import HearsayBot
from bot.delivery.escape import escaped
from bot.delivery.permissions import missing
from bot.delivery.render import messages_of
from bot.digests.filters import LONGEST
from bot.errors import BadInput, ChannelGone
from bot.model.digests import Cadence, Subscription
from bot.model.feeds import title_of
from bot.services import filters
from bot.services.digests import digest_sample, post_now
from bot.services.feeds import feeds_of, matching_feeds
from bot.services.subscriptions import (
    DigestWish,
    plan_in_words,
    stuck_subscriptions,
    subscribe,
    subscription_in,
    subscription_named,
    subscriptions_of,
    unsubscribe,
)
from bot.services.typed_times import WEEKDAYS, clock_time
from bot.text.clipping import clip
from bot.text.counting import counted
from bot.text.time_zones import time_there
from cogs.answering import Interaction, guild_id_of, suggestions, zone_suggestions
from cogs.views.digests import DigestEvidenceButton, DigestsPageButton, digests_page, feeds_in_words
from cogs.views.filters import FilterPageButton, trial_page

FILTER_OPTION = 'Only articles that match, for example outlet:courier (dam or "water level") -kind:opinion.'
FILTER_HELP = """A filter can contain
- words `dam`, beginnings `flood*` and phrases `"water level"`, in the headline or the text;
- `outlet:courier`, `actor:"Elena Marsh"`, `topic:dam` (the headline or a claim), `feed:world`, `lang:en`;
- `kind:` with statement, denial, question, demand, opinion, prediction or promise: a claim of that kind;
- `and` (or just a space), `or`, `not` (or `-` right before a part) and parentheses.
A filter selects articles: an article that passes is shown with all its claims."""

Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class DigestCog(
    commands.GroupCog, group_name="digest", group_description="Digests of the news, posted to channels."
):
    """Subscribing channels to digests, for members who may manage the server."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Post digests of who said what to a channel, at the times you choose.")
    @app_commands.describe(
        channel="Where to post. Default: this channel.",
        cadence="How often. Default: daily.",
        at="Local time, such as 09:00 or 18:30. For hourly digests only the minute counts.",
        weekday="Day of a weekly digest.",
        timezone="A city, a country or hours from UTC: Berlin, India, UTC+2. Default: the server's.",
        feed="Only this feed. Default: all feeds of this server.",
        confidence="Show only claims that are at least this likely to be right, in percent.",
        filter_text=FILTER_OPTION,
    )
    @app_commands.rename(filter_text="filter")
    async def subscribe(
        self,
        interaction: Interaction,
        *,
        channel: discord.TextChannel | discord.Thread | None = None,
        cadence: Literal["daily", "weekly", "hourly"] | None = None,
        at: app_commands.Range[str, 1, 20] = "09:00",
        weekday: Weekday | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
        feed: app_commands.Range[str, 1, 500] | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
        filter_text: app_commands.Range[str, 1, LONGEST] | None = None,
    ) -> None:
        """Subscribe a channel, after checking that Hearsay may post there."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        wish = DigestWish(
            channel_id=channel.id if channel else channel_id_of(interaction),
            cadence=Cadence(cadence or ("weekly" if weekday else "daily")),
            at=clock_time(at),
            weekday=WEEKDAYS.index(weekday) if weekday else None,
            timezone=timezone,
            feed=feed,
            minimum_confidence=None if confidence is None else confidence / 100,
            filter=filter_text or "",
        )
        require_permissions(interaction, wish.channel_id)
        services = self.bot.services
        made = await subscribe(services, guild_id, interaction.user.id, wish)
        feeds = {f.id: f for f in await feeds_of(services, guild_id)}
        told = (
            f"<#{made.plan.channel_id}> gets a digest {plan_in_words(made.plan)}, of "
            f"{clip(escaped(feeds_in_words(made.selection, feeds)), 200)}.\n"
            f"The first one comes {format_dt(made.next_at, 'F')} ({format_dt(made.next_at, 'R')}); "
            "`/digest now` posts one now."
        )
        if made.selection.filter:
            told += f"\nOnly articles that pass its filter are shown: {clip(escaped(made.selection.filter), 600)}"
        if made.plan.cadence is not Cadence.HOURLY:
            told += f"\nIt is {time_there(made.plan.timezone, services.clock())} there now."
            if timezone is None and made.plan.timezone == "UTC":
                told += " This is UTC: choose the time zone of this server with `/settings timezone`."
        if not feeds:
            told += "\nThis server has no feeds yet: add one with `/feed add`."
        await interaction.edit_original_response(content=told)

    @subscribe.autocomplete("timezone")
    @suggestions
    async def _zones(self, _interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return zone_suggestions(current, self.bot.services.clock())

    @subscribe.autocomplete("feed")
    @suggestions
    async def _feeds(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        feeds = await matching_feeds(self.bot.services, guild_id_of(interaction), current)
        return [(f"{clip(title_of(f), 60)} · {f.url}", str(f.id)) for f in feeds]

    @app_commands.command(
        name="list", description="List this server's digests: where, when, and which are paused."
    )
    async def list_(self, interaction: Interaction) -> None:
        """Show the subscriptions of this server in pages."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        subscriptions = await subscriptions_of(services, guild_id)
        if not subscriptions:
            await interaction.edit_original_response(
                content="No channel of this server gets digests yet. Start with `/digest subscribe`."
            )
            return
        feeds = {feed.id: feed for feed in await feeds_of(services, guild_id)}
        stuck = await stuck_subscriptions(services, subscriptions)
        embed, view = digests_page(subscriptions, feeds, 0, stuck)
        await interaction.edit_original_response(embed=embed, view=view)

    @app_commands.command(description="Post a digest now. In a channel without one, show you a preview.")
    @app_commands.describe(subscription="Which digest. Default: that of this channel.")
    async def now(
        self, interaction: Interaction, subscription: app_commands.Range[str, 1, 100] | None = None
    ) -> None:
        """Post what is new since the last digest. The plan does not change."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        chosen: Subscription | None
        if subscription is not None:
            chosen = await subscription_named(services, guild_id, subscription)
        else:
            chosen = await subscription_in(services, guild_id, channel_id_of(interaction))
        if chosen is None:
            await self._show_sample(interaction, guild_id)
            return
        require_permissions(interaction, chosen.plan.channel_id)
        posted = await post_now(services, chosen)
        if posted.digest is None:
            wanted = " that passes its filter" if chosen.selection.filter else ""
            told = f"Nothing is new for <#{chosen.plan.channel_id}> since its last digest{wanted}."
        else:
            count = len(posted.digest.stories)
            stories = counted(count, "story", "stories")
            told = f"A digest of {stories} is on its way to <#{chosen.plan.channel_id}>."
        if posted.waiting:
            told += (
                f" {counted(posted.waiting, 'message')} of earlier digests could not be posted yet and "
                "will be tried again."
            )
        await interaction.edit_original_response(content=told)

    async def _show_sample(self, interaction: Interaction, guild_id: int) -> None:
        """Show a manager what this channel would get, without its buttons: nothing is stored."""
        wish = DigestWish(channel_id=channel_id_of(interaction))
        digest = await digest_sample(self.bot.services, guild_id, wish)
        if digest is None:
            await interaction.edit_original_response(
                content="This channel has no digest yet, and there is nothing to preview. "
                "Add feeds with `/feed add`, then `/digest subscribe`."
            )
            return
        await interaction.edit_original_response(
            content="This channel has no digest yet. With `/digest subscribe` it would look like this:"
        )
        for message in messages_of(digest, lambda part: f"sample{part}"):
            embeds = [discord.Embed.from_dict(embed) for embed in message["embeds"]]
            await interaction.followup.send(embeds=embeds, ephemeral=True)

    @app_commands.command(description="Stop a digest.")
    @app_commands.describe(subscription="Which digest to stop. Pick it from the list.")
    async def unsubscribe(self, interaction: Interaction, subscription: app_commands.Range[str, 1, 100]) -> None:
        """Remove a subscription."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        removed = await unsubscribe(self.bot.services, guild_id, subscription)
        await interaction.edit_original_response(
            content=f"<#{removed.plan.channel_id}> no longer gets a digest {plan_in_words(removed.plan)}."
        )

    filters = app_commands.Group(
        name="filter", description="Which articles a digest shows: by words, outlets, actors, topics, languages."
    )

    @filters.command(name="set", description="Show only articles in a digest that pass a filter.")
    @app_commands.describe(
        filter_text=FILTER_OPTION,
        subscription="Which digest. Default: that of this channel.",
    )
    @app_commands.rename(filter_text="filter")
    async def filter_set(
        self,
        interaction: Interaction,
        filter_text: app_commands.Range[str, 1, LONGEST],
        subscription: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Set the filter of a digest, and say how many of the latest articles pass it."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        chosen = await self._chosen(interaction, guild_id, subscription)
        changed = await filters.set_filter(services, chosen, filter_text)
        trial = await filters.tried_filter(services, changed.selection)
        await interaction.edit_original_response(
            content=f"The digest in <#{changed.plan.channel_id}> now shows only articles that pass: "
            f"{clip(escaped(changed.selection.filter), 600)}\n"
            f"{trial.passing} of the last {len(trial.articles)} articles would; "
            "`/digest filter test` shows which, and why the others do not."
        )

    @filters.command(name="show", description="Show the filter of a digest, and how to write one.")
    @app_commands.describe(subscription="Which digest. Default: that of this channel.")
    async def filter_show(
        self, interaction: Interaction, subscription: app_commands.Range[str, 1, 100] | None = None
    ) -> None:
        """Show the filter of a digest."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await self._chosen(interaction, guild_id, subscription)
        if chosen.selection.filter:
            told = f"shows only articles that pass: {clip(escaped(chosen.selection.filter), 600)}"
        else:
            told = "has no filter: it shows all articles."
        await interaction.edit_original_response(
            content=f"The digest in <#{chosen.plan.channel_id}> {told}\n\n{FILTER_HELP}"
        )

    @filters.command(name="clear", description="Remove the filter of a digest: show all articles again.")
    @app_commands.describe(subscription="Which digest. Default: that of this channel.")
    async def filter_clear(
        self, interaction: Interaction, subscription: app_commands.Range[str, 1, 100] | None = None
    ) -> None:
        """Remove the filter of a digest."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await self._chosen(interaction, guild_id, subscription)
        await filters.set_filter(self.bot.services, chosen, "")
        await interaction.edit_original_response(
            content=f"The digest in <#{chosen.plan.channel_id}> shows all articles again."
        )

    @filters.command(
        name="test", description="Show which of the last 50 articles pass a filter, and why the others do not."
    )
    @app_commands.describe(
        subscription="Which digest. Default: that of this channel.",
        filter_text="A filter to try. Default: the digest's own.",
    )
    @app_commands.rename(filter_text="filter")
    async def filter_test(
        self,
        interaction: Interaction,
        subscription: app_commands.Range[str, 1, 100] | None = None,
        filter_text: app_commands.Range[str, 1, LONGEST] | None = None,
    ) -> None:
        """Try a filter without changing anything."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        channel_id = channel_id_of(interaction)
        tried = await filters.selection_to_try(services, guild_id, channel_id, subscription, filter_text)
        trial = await filters.tried_filter(services, tried)
        if not trial.articles:
            await interaction.edit_original_response(
                content="There are no articles to try it on yet. Add a feed with `/feed add`."
            )
            return
        trial_id = await filters.kept_trial(services, guild_id, interaction.user.id, tried)
        embed, view = trial_page(trial, trial_id, 0)
        await interaction.edit_original_response(embed=embed, view=view)

    async def _chosen(self, interaction: Interaction, guild_id: int, named: str | None) -> Subscription:
        channel_id = channel_id_of(interaction)
        return await filters.chosen_subscription(self.bot.services, guild_id, named, channel_id)

    @filter_set.autocomplete("subscription")
    @filter_show.autocomplete("subscription")
    @filter_clear.autocomplete("subscription")
    @filter_test.autocomplete("subscription")
    @now.autocomplete("subscription")
    @suggestions
    async def _posted(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await self._matching(interaction, current)

    @unsubscribe.autocomplete("subscription")
    @suggestions
    async def _stopped(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await self._matching(interaction, current)

    async def _matching(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        """Return the subscriptions whose channel, plan or feeds contain what was typed."""
        guild_id = guild_id_of(interaction)
        services = self.bot.services
        feeds = {feed.id: feed for feed in await feeds_of(services, guild_id)}
        named: list[tuple[str, str]] = []
        for s in await subscriptions_of(services, guild_id):
            channel = interaction.guild.get_channel_or_thread(s.plan.channel_id) if interaction.guild else None
            where = f"#{channel.name}" if channel else "a deleted channel"
            shown = f"{where} · {plan_in_words(s.plan)} · {feeds_in_words(s.selection, feeds)}"
            if current.casefold().strip() in shown.casefold():
                named.append((shown, str(s.id)))
        return named


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


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their buttons to the bot."""
    bot.add_dynamic_items(DigestEvidenceButton, DigestsPageButton, FilterPageButton)
    await bot.add_cog(DigestCog(bot))
