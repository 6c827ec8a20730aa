"""`/actors`: managers' changes to the actors of their server: merge, split, rename, hide, undo."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.actor_changes import (
    changed_message,
    changes_message,
    choice_label,
    in_words,
    split_message,
    undone,
)
from bot.errors import BadInput, NotFound
from bot.languages.translations import _
from bot.services.actor_changes import (
    actor_changes_of,
    actor_chosen,
    actor_name,
    actors_to_choose,
    articles_with,
    hide_actor,
    merge_actors,
    offer_split,
    rename_actor,
    undo_actor_change,
)
from cogs.answering import Interaction, guild_id_of, suggestions
from cogs.permissions import correcting_guild_of
from cogs.views.actors import SplitSelect, UndoActorButton
from cogs.views.payloads import sendable

if TYPE_CHECKING:
    from bot.model.actor_changes import ActorChange

Picked = app_commands.Range[str, 1, 200]
Name = app_commands.Range[str, 1, 100]
FEWEST_ARTICLES = 2


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class ActorsCog(
    commands.GroupCog, group_name="actors", group_description="Put right who is who, for this server."
):
    """Changes to actors, for those who may correct what their server sees."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="These are one: show two actors as one, under the name of the second.")
    @app_commands.describe(actor="The actor that becomes part of the other.", into="The actor that stays.")
    async def merge(self, interaction: Interaction, actor: Picked, into: Picked) -> None:
        """Merge two actors, and offer to undo it."""
        guild_id, actor_id, former = await self._changing(interaction, actor)
        services = self.bot.services
        into_id = await actor_chosen(services, guild_id, into)
        change = await merge_actors(services, guild_id, actor_id, into_id, interaction.user.id)
        await self._tell(interaction, change, former)

    @app_commands.command(description="Two people are mixed up: make an actor somebody else in some articles.")
    @app_commands.describe(
        actor="The actor that is two.", name="What the other one is called, such as “Ann Lee (runner)”."
    )
    async def split(self, interaction: Interaction, actor: Picked, name: Name) -> None:
        """Offer the articles to choose from."""
        guild_id, actor_id, former = await self._changing(interaction, actor)
        services = self.bot.services
        articles = await articles_with(services, guild_id, actor_id)
        if len(articles) < FEWEST_ARTICLES:
            raise BadInput(
                _("This actor speaks in one article only: there is nothing to split. Rename it instead.")
            )
        number = await offer_split(services, guild_id, actor_id, name)
        message = split_message(former, articles, number, name)
        await interaction.edit_original_response(content=message["content"], **sendable(message))

    @app_commands.command(description="Show an actor under another name. Its former names still find it.")
    @app_commands.describe(actor="The actor.", name="What it is called in this server from now on.")
    async def rename(self, interaction: Interaction, actor: Picked, name: Name) -> None:
        """Rename an actor, and offer to undo it."""
        guild_id, actor_id, former = await self._changing(interaction, actor)
        change = await rename_actor(self.bot.services, guild_id, actor_id, name, interaction.user.id)
        await self._tell(interaction, change, former)

    @app_commands.command(
        description="Show nothing that an actor says: it is no actor, or nobody wants to read it."
    )
    @app_commands.describe(actor="The actor.")
    async def hide(self, interaction: Interaction, actor: Picked) -> None:
        """Hide an actor, and offer to undo it."""
        guild_id, actor_id, former = await self._changing(interaction, actor)
        change = await hide_actor(self.bot.services, guild_id, actor_id, interaction.user.id)
        await self._tell(interaction, change, former)

    @app_commands.command(description="Take back a change of an actor, by default the newest.")
    @app_commands.describe(change="Which change: pick one from the list.")
    async def undo(self, interaction: Interaction, change: app_commands.Range[str, 1, 100] | None = None) -> None:
        """Undo a change."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if change is not None and not (change.isascii() and change.isdecimal() and len(change) < 19):
            raise NotFound(_("There is no such change of an actor to undo here."))
        number = int(change) if change is not None else None
        await interaction.edit_original_response(
            content=undone(await undo_actor_change(self.bot.services, guild_id, number))
        )

    @app_commands.command(name="list", description="List what was changed about actors in this server.")
    async def listed(self, interaction: Interaction) -> None:
        """List the changes, the newest first, visible only to the user."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        changes = await actor_changes_of(self.bot.services, guild_id)
        await interaction.edit_original_response(**sendable(changes_message(changes)))

    @merge.autocomplete("actor")
    @merge.autocomplete("into")
    @split.autocomplete("actor")
    @rename.autocomplete("actor")
    @hide.autocomplete("actor")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        found = await actors_to_choose(self.bot.services, guild_id_of(interaction), current)
        return [(choice_label(one), f"#{one.actor_id}") for one in found]

    @undo.autocomplete("change")
    @suggestions
    async def _changes(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        changes = await actor_changes_of(self.bot.services, guild_id_of(interaction))
        named = [(in_words(one).replace("**", ""), str(one.id)) for one in changes]
        return [(shown, value) for shown, value in named if current.casefold() in shown.casefold()]

    async def _changing(self, interaction: Interaction, picked: str) -> tuple[int, int, str]:
        """Acknowledge the command. Return the server, the picked actor and its name."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        actor_id = await actor_chosen(self.bot.services, guild_id, picked)
        return guild_id, actor_id, await actor_name(self.bot.services, guild_id, actor_id)

    async def _tell(self, interaction: Interaction, change: "ActorChange", former: str) -> None:
        message = changed_message(change, former)
        await interaction.edit_original_response(content=message["content"], **sendable(message))


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their controls to the bot."""
    bot.add_dynamic_items(UndoActorButton, SplitSelect)
    await bot.add_cog(ActorsCog(bot))
