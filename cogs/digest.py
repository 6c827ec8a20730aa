"""`/digest`: the channels that get digests, and when."""

from dataclasses import replace
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot.client import HearsayBot
from bot.languages.translations import _, ngettext, pgettext
from bot.model.digests import LONGEST_FILTER, Subscription
from bot.services import filters
from bot.services.digest_wishes import ALL_FEEDS, ON_THE_WALL_CLOCK, DigestWish, plan_in_words
from bot.services.digests import digest_sample, post_now
from bot.services.feeds import feeds_of
from bot.services.subscriptions import (
    edit_subscription,
    stuck_subscriptions,
    subscribe,
    subscription_in,
    subscription_named,
    subscriptions_of,
    unsubscribe,
)
from bot.text.time_zones import time_there
from cogs.answering import Interaction, guild_id_of, suggestions, zone_suggestions
from cogs.digest_choices import (
    OPTIONS,
    CadenceName,
    Claims,
    DigestChannel,
    LayoutName,
    Minutes,
    PerHour,
    PostAs,
    PostsName,
    Stories,
    Weekday,
    WhenEmpty,
    channel_id_of,
    chosen_tags,
    digest_in_words,
    feed_suggestions,
    in_forum,
    matching_digests,
    postable_channel,
    require_givable,
    tag_suggestions,
    typed_wish,
)
from cogs.digest_filters import FilterCommands
from cogs.views.digests import DigestEvidenceButton, DigestsPageButton, RetryButton, digests_page, show_sample
from cogs.views.filters import FilterPageButton
from cogs.views.pings import PingButton
from cogs.views.stories import StoryPageButton, StorySelect


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class DigestCog(
    FilterCommands,
    commands.GroupCog,
    group_name="digest",
    group_description="Digests of the news, posted to channels.",
):
    """Subscribing channels to digests, for members who may manage the server."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Post digests of who said what to a channel, at the times you choose.")
    @app_commands.describe(**OPTIONS)
    @app_commands.rename(filter_text="filter")
    async def subscribe(
        self,
        interaction: Interaction,
        *,
        channel: DigestChannel | None = None,
        cadence: CadenceName | None = None,
        at: app_commands.Range[str, 1, 100] | None = None,
        weekday: Weekday | None = None,
        minutes: Minutes | None = None,
        per_hour: PerHour | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
        quiet: app_commands.Range[str, 1, 40] | None = None,
        when_empty: WhenEmpty | None = None,
        feed: app_commands.Range[str, 1, 500] | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
        filter_text: app_commands.Range[str, 1, LONGEST_FILTER] | None = None,
        stories: Stories | None = None,
        claims: Claims | None = None,
        layout: LayoutName | None = None,
        ping: discord.Role | None = None,
        ping_button: bool | None = None,
        publish: bool | None = None,
        posts: PostsName | None = None,
        tags: app_commands.Range[str, 1, 200] | None = None,
        post_as: PostAs | None = None,
    ) -> None:
        """Subscribe a channel, after checking that Hearsay may post there."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        channel_id = channel.id if channel else channel_id_of(interaction)
        wish = typed_wish(
            channel_id=channel_id,
            cadence=cadence,
            at=at,
            weekday=weekday,
            minutes=minutes,
            per_hour=per_hour,
            timezone=timezone,
            quiet=quiet,
            when_empty=when_empty,
            feed=feed,
            confidence=confidence,
            filter_text=filter_text,
            stories=stories,
            claims=claims,
            layout=layout,
            ping=ping,
            ping_button=ping_button,
            publish=publish,
            posts=posts,
            post_as=post_as,
        )
        there = postable_channel(interaction, channel_id, as_outlet=bool(wish.as_outlet))
        if ping_button:
            require_givable(interaction, wish.role_id)
        wish = replace(wish, in_forum=in_forum(there), tag_ids=chosen_tags(there, tags))
        services = self.bot.services
        made = await subscribe(services, guild_id, interaction.user.id, wish)
        feeds = {f.id: f for f in await feeds_of(services, guild_id)}
        lines = [digest_in_words(made, feeds)]
        lines.append(_("The first one comes now, if there is anything to show; `/digest edit` changes it."))
        if made.plan.cadence in ON_THE_WALL_CLOCK:
            there = _("It is {time} there now.", time=time_there(made.plan.timezone, services.clock()))
            if timezone is None and made.plan.timezone == "UTC":
                utc = _("This is UTC: choose the time zone of this server with `/settings timezone`.")
                there = f"{there} {utc}"
            lines.append(there)
        if not feeds:
            lines.append(_("This server has no feeds yet: add one with `/feed add`."))
        await interaction.edit_original_response(content="\n".join(lines))

    @app_commands.command(description="Change a digest: its channel, times, feeds or anything else.")
    @app_commands.describe(
        subscription="Which digest. Default: that of this channel.",
        no_ping="Mention no role any more.",
        **OPTIONS,
    )
    @app_commands.rename(filter_text="filter")
    async def edit(
        self,
        interaction: Interaction,
        *,
        subscription: app_commands.Range[str, 1, 100] | None = None,
        channel: DigestChannel | None = None,
        cadence: CadenceName | None = None,
        at: app_commands.Range[str, 1, 100] | None = None,
        weekday: Weekday | None = None,
        minutes: Minutes | None = None,
        per_hour: PerHour | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
        quiet: app_commands.Range[str, 1, 40] | None = None,
        when_empty: WhenEmpty | None = None,
        feed: app_commands.Range[str, 1, 500] | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
        filter_text: app_commands.Range[str, 1, LONGEST_FILTER] | None = None,
        stories: Stories | None = None,
        claims: Claims | None = None,
        layout: LayoutName | None = None,
        ping: discord.Role | None = None,
        ping_button: bool | None = None,
        publish: bool | None = None,
        posts: PostsName | None = None,
        tags: app_commands.Range[str, 1, 200] | None = None,
        post_as: PostAs | None = None,
        no_ping: Literal["nobody is pinged"] | None = None,
    ) -> None:
        """Change the given options, and keep the rest. What the channel was shown is not shown again."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        known = await filters.chosen_subscription(services, guild_id, subscription, channel_id_of(interaction))
        wish = typed_wish(
            channel_id=channel.id if channel else None,
            cadence=cadence,
            at=at,
            weekday=weekday,
            minutes=minutes,
            per_hour=per_hour,
            timezone=timezone,
            quiet=quiet,
            when_empty=when_empty,
            feed=feed,
            confidence=confidence,
            filter_text=filter_text,
            stories=stories,
            claims=claims,
            layout=layout,
            ping=ping,
            ping_button=ping_button,
            publish=publish,
            posts=posts,
            post_as=post_as,
            no_ping=no_ping is not None,
        )
        as_outlet = known.plan.as_outlet if wish.as_outlet is None else wish.as_outlet
        there = postable_channel(interaction, wish.channel_id or known.plan.channel_id, as_outlet=as_outlet)
        if ping_button or (known.plan.ping_button and wish.role_id):
            require_givable(interaction, wish.role_id or known.plan.role_id)
        chosen = chosen_tags(there, tags, known.plan.tag_ids)
        if wish != DigestWish() or chosen is not None:
            wish = replace(wish, in_forum=in_forum(there), tag_ids=chosen)
        edited = await edit_subscription(services, guild_id, known, wish)
        feeds = {f.id: f for f in await feeds_of(services, guild_id)}
        when = f"{format_dt(edited.next_at, 'F')} ({format_dt(edited.next_at, 'R')})"
        await interaction.edit_original_response(
            content=_(
                "Changed. {digest}\nThe next one comes {when}.", digest=digest_in_words(edited, feeds), when=when
            )
        )

    @subscribe.autocomplete("timezone")
    @edit.autocomplete("timezone")
    @suggestions
    async def _zones(self, _interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return zone_suggestions(current, self.bot.services.clock())

    @subscribe.autocomplete("feed")
    @suggestions
    async def _feeds(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await feed_suggestions(interaction, current)

    @edit.autocomplete("feed")
    @suggestions
    async def _feeds_or_all(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return [
            (pgettext("option", "All feeds of this server"), ALL_FEEDS),
            *await feed_suggestions(interaction, current),
        ]

    @subscribe.autocomplete("tags")
    @edit.autocomplete("tags")
    @suggestions
    async def _tags(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await tag_suggestions(interaction, current)

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
                content=_("No channel of this server gets digests yet. Start with `/digest subscribe`.")
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
        postable_channel(interaction, chosen.plan.channel_id, as_outlet=chosen.plan.as_outlet)
        posted = await post_now(services, chosen)
        if posted.digest is None:
            channel = f"<#{chosen.plan.channel_id}>"
            told = _("Nothing is new for {channel} since its last digest.", channel=channel)
            if chosen.selection.filter:
                told = _(
                    "Nothing is new for {channel} since its last digest that passes its filter.", channel=channel
                )
        else:
            told = ngettext(
                "A digest of {count} story is on its way to {channel}.",
                "A digest of {count} stories is on its way to {channel}.",
                len(posted.digest.stories),
                channel=f"<#{chosen.plan.channel_id}>",
            )
        lines = [told]
        if posted.waiting:
            lines.append(
                ngettext(
                    "{count} message of earlier digests could not be posted yet and will be tried again.",
                    "{count} messages of earlier digests could not be posted yet and will be tried again.",
                    posted.waiting,
                )
            )
        await interaction.edit_original_response(content=" ".join(lines))

    async def _show_sample(self, interaction: Interaction, guild_id: int) -> None:
        """Show a manager a preview for this channel, without its buttons: nothing is stored."""
        wish = DigestWish(channel_id=channel_id_of(interaction))
        digest = await digest_sample(self.bot.services, guild_id, wish)
        if digest is None:
            await interaction.edit_original_response(
                content=_(
                    "This channel has no digest yet, and there is nothing to preview. Add feeds with "
                    "`/feed add`, then `/digest subscribe`."
                )
            )
            return
        await interaction.edit_original_response(
            content=_("This channel has no digest yet. With `/digest subscribe` it would look like this:")
        )
        await show_sample(interaction, digest)

    @app_commands.command(description="Stop a digest.")
    @app_commands.describe(subscription="Which digest to stop. Pick it from the list.")
    async def unsubscribe(self, interaction: Interaction, subscription: app_commands.Range[str, 1, 100]) -> None:
        """Remove a subscription."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        removed = await unsubscribe(self.bot.services, guild_id, subscription)
        await interaction.edit_original_response(
            content=_(
                "<#{channel_id}> no longer gets a digest {plan}.",
                channel_id=removed.plan.channel_id,
                plan=plan_in_words(removed.plan),
            )
        )

    @now.autocomplete("subscription")
    @edit.autocomplete("subscription")
    @unsubscribe.autocomplete("subscription")
    @suggestions
    async def _known(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await matching_digests(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their buttons to the bot."""
    bot.add_dynamic_items(
        DigestEvidenceButton,
        DigestsPageButton,
        FilterPageButton,
        PingButton,
        RetryButton,
        StorySelect,
        StoryPageButton,
    )
    await bot.add_cog(DigestCog(bot))
