"""`/feed`: the feeds that a server reads."""

import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.attachments import content_of
from bot.delivery.escape import escaped
from bot.languages.translations import _, ngettext
from bot.model.feeds import title_of
from bot.services import explanations, feed_choices
from bot.services.feeds import add_found, feeds_of, matching_feeds, remove_feed
from bot.services.health import choose_notices_channel, health_overview
from bot.text.clipping import clip
from cogs.answering import Interaction, guild_id_of, suggestions
from cogs.digest_choices import postable_channel
from cogs.turns import Dear, take_turn
from cogs.views.choices import FeedChoice, added_embed, choice
from cogs.views.feeds import FeedsPageButton, feeds_page
from cogs.views.health import CheckButton, HealthPageButton, check_shown, health_page


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class FeedCog(commands.GroupCog, group_name="feed", group_description="The feeds that this server reads."):
    """Adding, removing and listing feeds, for members who may manage the server."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Add a feed: paste its address, or the address of a site that has one.")
    @app_commands.describe(
        address="A feed, a site, an OPML list, a YouTube channel, a GitHub repository or a subreddit."
    )
    async def add(self, interaction: Interaction, address: app_commands.Range[str, 1, 500]) -> None:
        """Find the feeds at an address. Add it if there is only one, otherwise ask which."""
        guild_id = guild_id_of(interaction)
        await take_turn(interaction, Dear.SITE)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        found = await feed_choices.feeds_at(services, address)
        if len(found) > 1:
            offer_id = await feed_choices.offer(services, guild_id, found)
            embed, view = choice(found, offer_id)
            await interaction.edit_original_response(embed=embed, view=view)
            return
        feed = await add_found(services, guild_id, interaction.user.id, found[0])
        await interaction.edit_original_response(embed=added_embed(feed))

    @app_commands.command(
        name="import", description="Add all feeds of an OPML file exported from another feed reader."
    )
    @app_commands.describe(file="The OPML file, of at most 2 MB.")
    async def import_(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Add the feeds that a file lists, as many as fit."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        opml = await content_of(file, largest=feed_choices.LARGEST_LIST)
        services = self.bot.services
        done = await feed_choices.import_feeds(services, guild_id, interaction.user.id, opml)
        told = [ngettext("Added {count} feed.", "Added {count} feeds.", done.added)]
        if done.known:
            told.append(
                ngettext(
                    "This server had {count} feed of these already.",
                    "This server had {count} feeds of these already.",
                    done.known,
                )
            )
        if done.refused:
            told.append(
                ngettext(
                    "Left out {count} feed without a public web address.",
                    "Left out {count} feeds without a public web address.",
                    len(done.refused),
                )
            )
        if done.left:
            told.append(
                ngettext(
                    "Left out {count} feed: a server may have {most}.",
                    "Left out {count} feeds: a server may have {most}.",
                    done.left,
                    most=services.settings.feeds_per_server,
                )
            )
        await interaction.edit_original_response(content="\n".join(told))

    @app_commands.command(description="Get this server's feeds as an OPML file for other feed readers.")
    async def export(self, interaction: Interaction) -> None:
        """Send the feeds of this server as a file."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        opml = await feed_choices.export_feeds(self.bot.services, guild_id)
        await interaction.edit_original_response(attachments=[discord.File(io.BytesIO(opml), "feeds.opml")])

    @app_commands.command(description="Remove a feed from this server. Its articles are no longer shown here.")
    @app_commands.describe(feed="The feed to remove. Pick it from the list.")
    async def remove(self, interaction: Interaction, feed: app_commands.Range[str, 1, 500]) -> None:
        """Remove a feed from this server."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        removed = await remove_feed(self.bot.services, guild_id, feed)
        await interaction.edit_original_response(
            content=_(
                "Removed **{feed}**. To get it back with its articles, use `/feed add` with its address.",
                feed=escaped(clip(title_of(removed), 200)),
            )
        )

    @remove.autocomplete("feed")
    @suggestions
    async def _feeds(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await self._matching(interaction, current)

    async def _matching(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        feeds = await matching_feeds(self.bot.services, guild_id_of(interaction), current)
        return [(f"{clip(title_of(f), 60)} · {f.url}", str(f.id)) for f in feeds]

    @app_commands.command(name="list", description="List this server's feeds, with their state and what is wrong.")
    async def list_(self, interaction: Interaction) -> None:
        """Show the feeds of this server in pages."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        feeds = await feeds_of(self.bot.services, guild_id)
        if not feeds:
            await interaction.edit_original_response(
                content=_("This server has no feeds yet. Add one with `/feed add`.")
            )
            return
        embed, view = feeds_page(feeds, 0)
        await interaction.edit_original_response(embed=embed, view=view)

    @app_commands.command(
        name="health", description="Show which feeds fail: why, since when, and what happens next."
    )
    async def health_(self, interaction: Interaction) -> None:
        """Show the state of this server's feeds in pages, failing ones first."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        overview = await health_overview(self.bot.services, guild_id)
        if not overview.feeds:
            await interaction.edit_original_response(
                content=_("This server has no feeds yet. Add one with `/feed add`.")
            )
            return
        embed, view = health_page(overview, 0)
        await interaction.edit_original_response(embed=embed, view=view)

    @app_commands.command(
        description="Try a feed now and explain each step. A failed feed that works again is resumed."
    )
    @app_commands.describe(feed="A feed of this server from the list, or any address.")
    async def check(self, interaction: Interaction, feed: app_commands.Range[str, 1, 500]) -> None:
        """Try a feed, or an address that has not been added."""
        guild_id = guild_id_of(interaction)
        await take_turn(interaction, Dear.SITE)
        await interaction.response.defer(ephemeral=True, thinking=True)
        checked = await explanations.check_feed(self.bot.services, guild_id, feed)
        await interaction.edit_original_response(embed=check_shown(checked))

    @check.autocomplete("feed")
    @suggestions
    async def _checked(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await self._matching(interaction, current)

    @app_commands.command(description="Choose where managers are warned about failing feeds.")
    @app_commands.describe(channel="Where to post warnings. Default: nowhere.")
    async def notices(
        self, interaction: Interaction, channel: discord.TextChannel | discord.Thread | None = None
    ) -> None:
        """Set the channel for notices, after checking that Hearsay may post there, or turn notices off."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if channel is not None:
            postable_channel(interaction, channel.id)
        await choose_notices_channel(self.bot.services, guild_id, channel.id if channel else None)
        if channel is None:
            told = _("Warnings about failing feeds are off. `/feed health` still shows them.")
        else:
            told = _(
                "<#{channel_id}> gets a warning if a feed fails for days, and a notice if it is disabled.",
                channel_id=channel.id,
            )
        await interaction.edit_original_response(content=told)


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their buttons to the bot."""
    bot.add_dynamic_items(FeedChoice, FeedsPageButton, HealthPageButton, CheckButton)
    await bot.add_cog(FeedCog(bot))
