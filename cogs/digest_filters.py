"""`/digest filter`: which articles a digest shows."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.escape import escaped
from bot.languages.translations import N_, _
from bot.model.digests import LONGEST_FILTER, Subscription
from bot.services import filters
from bot.text.clipping import clip
from cogs.answering import Interaction, guild_id_of, suggestions
from cogs.digest_choices import FILTER_OPTION, channel_id_of, matching_digests
from cogs.views.filters import trial_page

FILTER_HELP = N_(
    'A filter can contain\n- words `dam`, beginnings `flood*` and phrases `"water '
    'level"`, in the headline or the text;\n- `outlet:courier`, `actor:"Elena Marsh"`, '
    "`topic:dam` (the headline or a claim), `feed:world`, `lang:en`;\n- `kind:` with "
    "statement, denial, question, demand, opinion, prediction or promise: a claim of "
    "that kind;\n- `and` (or just a space), `or`, `not` (or `-` right before a part) and "
    "parentheses.\nA filter selects articles: an article that passes is shown with all "
    "its claims."
)


class FilterCommands(commands.Cog):
    """The commands about filters, for the cog of digests."""

    bot: HearsayBot

    filters = app_commands.Group(
        name="filter",
        description="Which articles a digest shows: by words, outlets, actors, topics, languages.",
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
        filter_text: app_commands.Range[str, 1, LONGEST_FILTER],
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
            content=_(
                "The digest in <#{channel_id}> now shows only articles that pass: {filter}\n{passing} "
                "of the last {count} articles would; `/digest filter test` shows which, and why the "
                "others do not.",
                channel_id=changed.plan.channel_id,
                filter=clip(escaped(changed.selection.filter), 600),
                passing=trial.passing,
                count=len(trial.articles),
            )
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
        channel_id = chosen.plan.channel_id
        if chosen.selection.filter:
            told = _(
                "The digest in <#{channel_id}> shows only articles that pass: {filter}",
                channel_id=channel_id,
                filter=clip(escaped(chosen.selection.filter), 600),
            )
        else:
            told = _("The digest in <#{channel_id}> has no filter: it shows all articles.", channel_id=channel_id)
        await interaction.edit_original_response(content=f"{told}\n\n{_(FILTER_HELP)}")

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
            content=_("The digest in <#{channel_id}> shows all articles again.", channel_id=chosen.plan.channel_id)
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
        filter_text: app_commands.Range[str, 1, LONGEST_FILTER] | None = None,
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
                content=_("There are no articles to try it on yet. Add a feed with `/feed add`.")
            )
            return
        trial_id = await filters.kept_trial(services, guild_id, tried)
        embed, view = trial_page(trial, trial_id, 0)
        await interaction.edit_original_response(embed=embed, view=view)

    async def _chosen(self, interaction: Interaction, guild_id: int, named: str | None) -> Subscription:
        channel_id = channel_id_of(interaction)
        return await filters.chosen_subscription(self.bot.services, guild_id, named, channel_id)

    @filter_set.autocomplete("subscription")
    @filter_show.autocomplete("subscription")
    @filter_clear.autocomplete("subscription")
    @filter_test.autocomplete("subscription")
    @suggestions
    async def _filtered(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await matching_digests(interaction, current)
