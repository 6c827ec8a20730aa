"""`/feed`: the feeds that a server reads."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.escape import clip, escaped, link
from bot.jobs import requests
from cogs.answering import COLOUR, Interaction, guild_id_of, suggestions
from cogs.views.feeds import FeedsPageButton, feeds_page


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class FeedCog(commands.GroupCog, group_name="feed", group_description="The feeds that this server reads."):
    """Adding, removing and listing feeds; for those who may manage the server."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Add a feed: paste its address, or that of a site that has one.")
    @app_commands.describe(address="Address of an RSS, Atom or JSON feed, or of a news site.")
    async def add(self, interaction: Interaction, address: app_commands.Range[str, 1, 500]) -> None:
        """Find the feed behind an address and let this server read it."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        feed = await requests.add_feed(self.bot.services, guild_id, interaction.user.id, address)
        title = link(clip(requests.title_of(feed), 200), feed.url)
        embed = discord.Embed(
            title="Feed added", description=f"**{title}**\n{clip(escaped(feed.url), 300)}", colour=COLOUR
        )
        embed.add_field(
            name="What comes next",
            value="It is being read now. Ask `/said` who said what, or let `/digest subscribe` post the news.",
        )
        await interaction.edit_original_response(embed=embed)

    @app_commands.command(description="Remove a feed from this server; what it brought is no longer shown here.")
    @app_commands.describe(feed="The feed to remove; pick it from the list.")
    async def remove(self, interaction: Interaction, feed: app_commands.Range[str, 1, 500]) -> None:
        """Take a feed from this server."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        removed = await requests.remove_feed(self.bot.services, guild_id, feed)
        await interaction.edit_original_response(
            content=f"Removed **{escaped(clip(requests.title_of(removed), 200))}**. "
            "`/feed add` with its address brings it back, and all that it brought."
        )

    @remove.autocomplete("feed")
    @suggestions
    async def _feeds(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        feeds = await requests.matching_feeds(self.bot.services, guild_id_of(interaction), current)
        return [(f"{clip(requests.title_of(f), 60)} · {f.url}", str(f.id)) for f in feeds]

    @app_commands.command(name="list", description="List this server's feeds: how each fares, and what is wrong.")
    async def list_(self, interaction: Interaction) -> None:
        """Show the feeds of this server in pages."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        feeds = await requests.feeds_of(self.bot.services, guild_id)
        if not feeds:
            await interaction.edit_original_response(
                content="This server has no feeds yet. Add one with `/feed add`."
            )
            return
        embed, view = feeds_page(feeds, 0)
        await interaction.edit_original_response(embed=embed, view=view)


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their buttons to the bot."""
    bot.add_dynamic_items(FeedsPageButton)
    await bot.add_cog(FeedCog(bot))
