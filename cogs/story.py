"""`/story`, `/disputes`: a story, and who contradicts whom; `/stories`: managers' changes to stories."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.disputes import disagreements_message
from bot.delivery.stories import story_message
from bot.errors import BadInput
from bot.languages.translations import N_, _
from bot.model.story_changes import StoryChangeKind
from bot.services.claims import kept_query
from bot.services.disputes import disagreements_in
from bot.services.told_stories import (
    matching_stories,
    merge_stories,
    split_story,
    story_query,
    story_told,
    undo_story_change,
)
from cogs.answering import Interaction, guild_id_of, suggestions
from cogs.permissions import correcting_guild_of
from cogs.views.payloads import sendable

UNDO = N_("What was posted stays as it is. `/stories undo` takes it back.")


class StoryCog(commands.Cog):
    """Questions about stories that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="A story: its title, its sources, and what happened on each day.")
    @app_commands.describe(story="Which story: pick one from the list.")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def story(self, interaction: Interaction, story: app_commands.Range[str, 1, 100]) -> None:
        """Show a story, visible only to the user."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        told = await story_told(services, guild_id, story_number(story))
        query = await story_query(services, guild_id, told.story_id)
        shown = story_message(told, await kept_query(services, guild_id, query))
        await interaction.edit_original_response(**sendable(shown))

    @app_commands.command(description="What the sources of a story disagree about: both sides, and no verdict.")
    @app_commands.describe(story="Which story: pick one from the list.")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def disputes(self, interaction: Interaction, story: app_commands.Range[str, 1, 100]) -> None:
        """List denials of what others claim, and differing figures, visible only to the user."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await disagreements_in(self.bot.services, guild_id, story_number(story))
        await interaction.edit_original_response(**sendable(disagreements_message(found)))

    @story.autocomplete("story")
    @disputes.autocomplete("story")
    @suggestions
    async def _stories(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await suggested_stories(self.bot, interaction, current)


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class StoriesCog(
    commands.GroupCog, group_name="stories", group_description="Put right what this server sees as one story."
):
    """Changes to stories, for those who may correct what their server sees."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="These are one: make two stories one, for this server.")
    @app_commands.describe(story="The story that becomes part of the other.", into="The story that stays.")
    async def merge(
        self,
        interaction: Interaction,
        story: app_commands.Range[str, 1, 100],
        into: app_commands.Range[str, 1, 100],
    ) -> None:
        """Merge two stories, and say how to undo it."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        await merge_stories(services, guild_id, story_number(story), story_number(into), interaction.user.id)
        told = story_message(await story_told(services, guild_id, story_number(into)))
        done = _("These are one story now, for this server.") + f" {_(UNDO)}"
        await interaction.edit_original_response(content=done, **sendable(told))

    @app_commands.command(description="Not the same story: take an article out of a story, for this server.")
    @app_commands.describe(
        story="The story.", article="The article that is about something else.", also="Another one about that."
    )
    async def split(
        self,
        interaction: Interaction,
        story: app_commands.Range[str, 1, 100],
        article: app_commands.Range[str, 1, 100],
        also: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Take one or two articles out of a story, and say how to undo it."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        parted = {story_number(article), *([story_number(also)] if also else [])}
        new = await split_story(services, guild_id, story_number(story), parted, interaction.user.id)
        told = story_message(await story_told(services, guild_id, new))
        done = _("This is a story of its own now, for this server.") + f" {_(UNDO)}"
        await interaction.edit_original_response(content=done, **sendable(told))

    @app_commands.command(description="Take back the newest change of a story in this server.")
    async def undo(self, interaction: Interaction) -> None:
        """Undo the newest merge or split."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        undone = await undo_story_change(self.bot.services, guild_id)
        told = _("The stories that were split are one again.")
        if undone.kind is StoryChangeKind.MERGE:
            told = _("The stories that were merged are two again.")
        await interaction.edit_original_response(content=told)

    @merge.autocomplete("story")
    @merge.autocomplete("into")
    @split.autocomplete("story")
    @suggestions
    async def _stories(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await suggested_stories(self.bot, interaction, current)

    @split.autocomplete("article")
    @split.autocomplete("also")
    @suggestions
    async def _articles(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        """Return the articles of the picked story whose headlines contain what was typed."""
        picked = str(getattr(interaction.namespace, "story", "") or "")
        if not picked.isdecimal():
            return []
        told = await story_told(self.bot.services, guild_id_of(interaction), int(picked))
        typed = current.casefold().strip()
        named = [
            (f"{article.printed[0].outlet}: {article.title}", str(article.article_id))
            for day in told.days
            for article in day.articles
        ]
        return [(shown, value) for shown, value in named if typed in shown.casefold()]


async def suggested_stories(bot: HearsayBot, interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    """Return the recent stories of a server whose headlines contain what was typed."""
    found = await matching_stories(bot.services, guild_id_of(interaction), typed)
    return [(title, str(story_id)) for story_id, title in found]


def story_number(picked: str) -> int:
    """Return the id picked from suggestions. Raises BadInput."""
    if not picked.isascii() or not picked.isdecimal() or len(picked) > 18:
        raise BadInput(_("Pick a story or an article from the list that appears while you type."))
    return int(picked)


async def setup(bot: HearsayBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(StoryCog(bot))
    await bot.add_cog(StoriesCog(bot))
