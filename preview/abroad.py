"""What a server sees that speaks another language: the welcome, the setup, a digest, and answers."""

from pathlib import Path
from typing import Any

from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking
from preview.discord import MANAGER, Json
from preview.page import page_of
from preview.play import CHANNEL, Show

FOUNDER, READER = "olga", "rita"
COMPARED = {"first": "Giles Penhallow", "second": "Dominic Farrar"}
PARTS = ("welcome", "digest", "said", "compare")
"""What is shown, in order. The welcome comes with the first page of the setup that its button opens."""


class Abroad(Show):
    """Invites the bot to a server in another language, and writes a page for each part into a folder."""

    def __init__(self, folder: Path, locale: str, *given: Any) -> None:
        """Take the folder, Discord's tag of the language, and what a show takes."""
        super().__init__(*given)
        self._folder = folder
        self._locale = locale

    async def run(self) -> None:
        """Show everything. Raises LocalDiscordError if something does not arrive."""
        discord = self._discord
        await discord.ready()
        guild = discord.add_guild("Abroad", (CHANNEL,), with_bot=False)
        guild.locale = self._locale
        self._channel = discord.channel(CHANNEL, guild)
        self.names[self._channel.id] = CHANNEL
        founder = discord.user(FOUNDER, permissions=MANAGER, guilds=[guild])
        reader = discord.user(READER, guilds=[guild])
        for person in (founder, reader):
            person.user.locale = self._locale
        discord.invite_bot(guild)
        welcome = await discord.wait_for_message(self._channel, matching="Hearsay")
        panel = await (await founder.click(welcome, "hearsay:setup")).done()
        self._write("welcome", welcome, panel.message)

        for _, url in self._newsroom.feeds:
            await self._command(founder, "feed add", address=url)
        await self._command(founder, "digest subscribe", cadence="daily", at="08:00", timezone="UTC")
        with self._console.status("Polling the feeds, reading the articles, finding who said what …"):
            await self._work()
        await self._command(founder, "digest now")
        await self._work()
        self._write("digest", self._channel.messages[-1])
        said = await self._command(reader, "said", actor="Penhallow")
        self._write("said", said.message)
        compared = await self._command(reader, "compare", **COMPARED)
        self._write("compare", compared.message)

    def _write(self, name: str, *messages: Json) -> None:
        with speaking(language_of(self._locale)):
            page = page_of(list(messages), names=self.names)
        (self._folder / f"{name}-{self._locale}.html").write_text(page, "utf-8")
