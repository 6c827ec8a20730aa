"""`/follow` and `/following`: what people and channels follow, with instant news or a daily letter."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.errors import BadInput
from bot.languages.translations import N_, _
from bot.model.follows import Follow, FollowRhythm, Subject
from bot.services import follows
from bot.services.follows import FollowWish
from bot.services.typed_ahead import AHEAD_WORDS
from cogs.answering import Interaction, guild_id_of, suggestions, suggestions_anywhere, zone_suggestions
from cogs.periods import period_suggestions
from cogs.questions import actor_suggestions, outlet_suggestions
from cogs.story import story_number, suggested_stories
from cogs.views.follows import (
    FollowButton,
    FollowChoice,
    FollowDigestButton,
    FollowingButton,
    FollowingPageButton,
    FollowSetButton,
    LetterEvidenceSelect,
    confirmation,
    following_page,
    kind_in_words,
    managed_guild,
    open_direct_messages,
)
from cogs.views.setup import lacking_in

RhythmName = Literal["at once", "daily letter"]
Channel = discord.TextChannel | discord.Thread
WHEN = "At once, or in one letter a day. Default: as before, else a daily letter."
AT = "When the daily letter comes: 08:00, 7:30 pm."
ZONE = "The time zone of that time. Default: as before, else that of the server."
CHANNEL = "Tell a channel instead of you. For members who may manage the server."
NOT_A_MANAGER = N_("Only members with the Manage Server permission can have a channel told. Leave out `channel`.")
FOLLOW = {"when": WHEN, "at": AT, "timezone": ZONE, "channel": CHANNEL}


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class FollowCog(
    commands.GroupCog, group_name="follow", group_description="Be told of actors, topics, outlets and stories."
):
    """What anybody in a server may follow. The news comes from the server's feeds."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Be told when somebody is reported to have said something.")
    @app_commands.describe(actor="Who: a person, organisation, country or group, by any name.", **FOLLOW)
    async def actor(
        self,
        interaction: Interaction,
        actor: app_commands.Range[str, 1, 200],
        when: RhythmName | None = None,
        at: app_commands.Range[str, 1, 100] | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
        channel: Channel | None = None,
    ) -> None:
        """Follow an actor."""
        guild_id = await self._asked(interaction, channel)
        subject = await follows.actor_subject(self.bot.services, guild_id, actor)
        await self._follow(interaction, guild_id, subject, (when, at, timezone, channel))

    @app_commands.command(description="Be told what is said about something.")
    @app_commands.describe(topic="About what: one or more words.", **FOLLOW)
    async def topic(
        self,
        interaction: Interaction,
        topic: app_commands.Range[str, 1, 200],
        when: RhythmName | None = None,
        at: app_commands.Range[str, 1, 100] | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
        channel: Channel | None = None,
    ) -> None:
        """Follow a topic."""
        guild_id = await self._asked(interaction, channel)
        await self._follow(interaction, guild_id, follows.topic_subject(topic), (when, at, timezone, channel))

    @app_commands.command(description="Be told who said what in one outlet.")
    @app_commands.describe(outlet="Which outlet of this server's feeds.", **FOLLOW)
    async def outlet(
        self,
        interaction: Interaction,
        outlet: app_commands.Range[str, 1, 200],
        when: RhythmName | None = None,
        at: app_commands.Range[str, 1, 100] | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
        channel: Channel | None = None,
    ) -> None:
        """Follow an outlet."""
        guild_id = await self._asked(interaction, channel)
        subject = await follows.outlet_subject(self.bot.services, guild_id, outlet)
        await self._follow(interaction, guild_id, subject, (when, at, timezone, channel))

    @app_commands.command(description="Be told how a story goes on.")
    @app_commands.describe(story="Which story: pick one from the list.", **FOLLOW)
    async def story(
        self,
        interaction: Interaction,
        story: app_commands.Range[str, 1, 100],
        when: RhythmName | None = None,
        at: app_commands.Range[str, 1, 100] | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
        channel: Channel | None = None,
    ) -> None:
        """Follow a story."""
        guild_id = await self._asked(interaction, channel)
        subject = await follows.story_subject(self.bot.services, guild_id, story_number(story))
        await self._follow(interaction, guild_id, subject, (when, at, timezone, channel))

    async def _asked(self, interaction: Interaction, channel: Channel | None) -> int:
        """Acknowledge the command; return the server. Raises BadInput if the user may not choose the channel."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if channel is not None:
            if not interaction.permissions.manage_guild:
                raise BadInput(_(NOT_A_MANAGER))
            if problem := lacking_in(interaction, channel.id):
                raise BadInput(problem)
        return guild_id

    async def _follow(
        self,
        interaction: Interaction,
        guild_id: int,
        subject: Subject,
        chosen: tuple[RhythmName | None, str | None, str | None, Channel | None],
    ) -> None:
        when, at, timezone, channel = chosen
        rhythm = None if when is None else FollowRhythm.AT_ONCE if when == "at once" else FollowRhythm.DAILY
        tag = interaction.guild_locale if channel is not None else interaction.locale
        wish = FollowWish(
            open_direct_messages(interaction),
            channel_id=channel.id if channel is not None else None,
            rhythm=rhythm,
            at=at,
            timezone=timezone,
            language=str(tag or ""),
        )
        made = await follows.follow(self.bot.services, guild_id, interaction.user.id, subject, wish)
        told, view = confirmation(made, self.bot.services.clock())
        await interaction.edit_original_response(content=told, view=view)

    @actor.autocomplete("actor")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await actor_suggestions(interaction, current)

    @outlet.autocomplete("outlet")
    @suggestions
    async def _outlets(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await outlet_suggestions(interaction, current)

    @story.autocomplete("story")
    @suggestions
    async def _stories(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await suggested_stories(self.bot, interaction, current)

    @actor.autocomplete("timezone")
    @topic.autocomplete("timezone")
    @outlet.autocomplete("timezone")
    @story.autocomplete("timezone")
    @suggestions
    async def _zones(self, _interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return zone_suggestions(current, self.bot.services.clock())


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class FollowingCog(
    commands.GroupCog, group_name="following", group_description="What you follow: list, mute, resume, remove."
):
    """Changes to what people follow, wherever they are."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(
        name="list", description="List what you follow, and in servers that you manage, what channels do."
    )
    async def list_(self, interaction: Interaction) -> None:
        """Show it, visible only to the user."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        known = await follows.following_of(self.bot.services, interaction.user.id, managed_guild(interaction))
        embed, view = following_page(known, 0, self.bot.services.clock())
        await interaction.edit_original_response(embed=embed, view=view)

    @app_commands.command(description="Be told nothing of it until a day, or until you resume it.")
    @app_commands.describe(
        follow="What: pick it from the list.",
        until="Until when: tomorrow, a week, Monday, 24 December. Default: until you resume it.",
    )
    async def mute(
        self,
        interaction: Interaction,
        follow: app_commands.Range[str, 1, 100],
        until: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Mute something."""
        known = await self._known(interaction, follow)
        muted = await follows.mute_follow(self.bot.services, known, until, str(interaction.locale))
        told, view = confirmation(muted, self.bot.services.clock())
        await interaction.edit_original_response(content=told, view=view)

    @app_commands.command(description="Be told of it again, after a pause or while it is muted.")
    @app_commands.describe(follow="What: pick it from the list.")
    async def resume(self, interaction: Interaction, follow: app_commands.Range[str, 1, 100]) -> None:
        """Resume something."""
        known = await follows.resume_follow(self.bot.services, await self._known(interaction, follow))
        self.bot.services.runner.wake()
        told, view = confirmation(known, self.bot.services.clock())
        await interaction.edit_original_response(content=told, view=view)

    @app_commands.command(description="Follow something no longer. It can be undone for a day.")
    @app_commands.describe(follow="What: pick it from the list.")
    async def remove(self, interaction: Interaction, follow: app_commands.Range[str, 1, 100]) -> None:
        """Remove something, with a button to undo it."""
        known = await follows.remove_follow(self.bot.services, await self._known(interaction, follow))
        told, view = confirmation(known, self.bot.services.clock(), removed=True)
        await interaction.edit_original_response(content=told, view=view)

    async def _known(self, interaction: Interaction, picked: str) -> Follow:
        """Acknowledge the command, and return the picked follow. Raises BadInput and NotFound."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not picked.isascii() or not picked.isdecimal() or len(picked) > 18:
            raise BadInput(_("Pick what you follow from the list that appears while you type."))
        services = self.bot.services
        return await follows.own_follow(services, int(picked), interaction.user.id, managed_guild(interaction))

    @mute.autocomplete("until")
    @suggestions_anywhere
    async def _days(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await period_suggestions(interaction, current, usual=AHEAD_WORDS, ahead=True)

    @mute.autocomplete("follow")
    @resume.autocomplete("follow")
    @remove.autocomplete("follow")
    @suggestions_anywhere
    async def _mine(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        """Return what the user follows that contains what was typed."""
        known = await follows.following_of(self.bot.services, interaction.user.id, managed_guild(interaction))
        typed = current.casefold()
        return [
            (f"{one.subject.name} · {kind_in_words(one.subject.kind)}", str(one.id))
            for one in known
            if typed in one.subject.name.casefold()
        ]


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their controls to the bot."""
    bot.add_dynamic_items(
        FollowButton,
        FollowChoice,
        FollowDigestButton,
        FollowSetButton,
        FollowingButton,
        FollowingPageButton,
        LetterEvidenceSelect,
    )
    await bot.add_cog(FollowCog(bot))
    await bot.add_cog(FollowingCog(bot))
