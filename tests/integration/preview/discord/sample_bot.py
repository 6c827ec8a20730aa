"""A bot that does a little of everything, by an unmodified discord.py."""

import asyncio
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

ACTORS = ("Jens Stoltenberg", "Ashton Carter")


class Rename(ui.Modal, title="Rename"):
    name: ui.TextInput["Rename"] = ui.TextInput(label="New name", custom_id="name", min_length=2)
    kind: ui.Label["Rename"] = ui.Label(
        text="Kind",
        component=ui.Select(
            custom_id="kind", options=[discord.SelectOption(label=one) for one in ("feed", "site")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        kind = self.kind.component
        assert isinstance(kind, ui.Select)
        await interaction.response.send_message(f"{self.name.value}, a {kind.values[0]}", ephemeral=True)


class Panel(ui.View):
    """Buttons and selects of every kind that the tests use."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Button(label="Source", url="https://example.org/"))

    @ui.button(label="Next", custom_id="next")
    async def next_page(self, interaction: discord.Interaction, _button: ui.Button["Panel"]) -> None:
        await interaction.response.edit_message(content="page 2")

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: discord.Interaction, _button: ui.Button["Panel"]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="page 3")

    @ui.button(label="Rename", custom_id="rename")
    async def rename(self, interaction: discord.Interaction, _button: ui.Button["Panel"]) -> None:
        await interaction.response.send_modal(Rename())

    @ui.button(label="Closed", custom_id="closed", disabled=True)
    async def closed(self, interaction: discord.Interaction, _button: ui.Button["Panel"]) -> None: ...

    @ui.select(
        custom_id="pick", options=[discord.SelectOption(label="A", value="a"), discord.SelectOption(label="B")]
    )
    async def pick(self, interaction: discord.Interaction, select: ui.Select["Panel"]) -> None:
        await interaction.response.send_message(f"picked {select.values[0]}", ephemeral=True)

    @ui.select(cls=ui.ChannelSelect, custom_id="where", placeholder="Where to?")
    async def where(self, interaction: discord.Interaction, select: ui.ChannelSelect["Panel"]) -> None:
        chosen = select.values[0]
        await interaction.response.send_message(f"to {chosen.name} {chosen.permissions.view_channel}")


class SampleBot(commands.AutoShardedBot):
    """Commands of every kind that the tests use; `errors` holds what went wrong in them."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", discord.Intents(guilds=True))
        super().__init__("!", intents=intents, help_command=None, guild_ready_timeout=0.05, **options)
        self.errors: list[Exception] = []
        self.ready = asyncio.Event()
        self.pace = asyncio.Event()
        _add_commands(self)

        @self.tree.error
        async def failed(_interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
            self.errors.append(error)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the server here does not mind several at a time."""

    async def setup_hook(self) -> None:
        self.add_view(Panel())
        await self.tree.sync()

    async def on_ready(self) -> None:
        self.ready.set()


def _add_commands(bot: SampleBot) -> None:
    tree = bot.tree

    @tree.command(description="Show the panel")
    async def panel(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("page 1", view=Panel())

    @tree.command(description="Who said what")
    async def said(interaction: discord.Interaction, actor: str, limit: app_commands.Range[int, 1, 9] = 3) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await bot.pace.wait()
        await interaction.edit_original_response(embed=discord.Embed(title=actor, description=str(limit)))
        await interaction.followup.send("and more", ephemeral=True)

    @said.autocomplete("actor")
    async def actors(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=one, value=one) for one in ACTORS if typed.lower() in one.lower()]

    @tree.command(description="Fill the deferred answer by a follow-up")
    @app_commands.allowed_installs(guilds=True, users=True)
    async def fill(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.followup.send("filled")

    @tree.command(description="Every option")
    @app_commands.choices(mood=[app_commands.Choice(name="Good", value="g")])
    async def every(
        interaction: discord.Interaction,
        where: discord.TextChannel,
        who: discord.Member,
        share: float,
        loud: bool,
        mood: str,
    ) -> None:
        await interaction.response.send_message(f"{where.name} {who.name} {share} {loud} {mood}")

    @tree.command(description="Wait too long")
    async def slow(interaction: discord.Interaction) -> None:
        await bot.pace.wait()
        await interaction.response.send_message("late")

    @tree.command(description="Take the answer back")
    async def vanish(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("here")
        await interaction.delete_original_response()

    feed = app_commands.Group(
        name="feed", description="Feeds", default_permissions=discord.Permissions(manage_guild=True)
    )
    nested = app_commands.Group(name="more", description="More", parent=feed)

    @feed.command(description="Add a feed")
    async def add(interaction: discord.Interaction, url: str) -> None:
        await interaction.response.send_message(f"added {url}", ephemeral=True)

    @nested.command(description="Deep down")
    async def deep(interaction: discord.Interaction, url: str) -> None:
        await interaction.response.send_message(f"deep {url}")

    tree.add_command(feed)

    @tree.context_menu(name="Who said this?")
    async def who_said(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"about: {message.content}", ephemeral=True)

    @tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"hello {member.name}", ephemeral=True)
